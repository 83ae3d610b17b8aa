/** The demo outbox for scripts. */
@NullMarked
package dev.zhanggui.portal.notification.web;

import org.jspecify.annotations.NullMarked;
