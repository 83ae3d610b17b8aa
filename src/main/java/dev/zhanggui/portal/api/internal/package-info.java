/** Where keys and remembered answers are kept. */
@NullMarked
package dev.zhanggui.portal.api.internal;

import org.jspecify.annotations.NullMarked;
