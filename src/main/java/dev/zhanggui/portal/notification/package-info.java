/** Messages to people: SMS and e-mail ports with a visible outbox and a delivery log. */
@NullMarked
package dev.zhanggui.portal.notification;

import org.jspecify.annotations.NullMarked;
