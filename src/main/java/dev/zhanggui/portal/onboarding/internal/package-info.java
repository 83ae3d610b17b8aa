/** How applications are kept and judged: tables, policies, documents, regions. */
@NullMarked
package dev.zhanggui.portal.onboarding.internal;

import org.jspecify.annotations.NullMarked;
