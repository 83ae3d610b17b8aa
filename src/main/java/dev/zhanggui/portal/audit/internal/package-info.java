/** Persistence and policies of audit. */
@NullMarked
package dev.zhanggui.portal.audit.internal;

import org.jspecify.annotations.NullMarked;
