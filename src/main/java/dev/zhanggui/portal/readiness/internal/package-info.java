/** Persistence and policies of readiness. */
@NullMarked
package dev.zhanggui.portal.readiness.internal;

import org.jspecify.annotations.NullMarked;
