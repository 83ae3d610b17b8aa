/** The demo's outbox. */
@NullMarked
package dev.zhanggui.portal.notification.ui;

import org.jspecify.annotations.NullMarked;
