/** Persistence and policies of notification. */
@NullMarked
package dev.zhanggui.portal.notification.internal;

import org.jspecify.annotations.NullMarked;
