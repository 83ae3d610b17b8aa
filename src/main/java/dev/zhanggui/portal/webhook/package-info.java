/** Tells a merchant's own systems what happened, by webhooks signed as Standard Webhooks. */
@NullMarked
package dev.zhanggui.portal.webhook;

import org.jspecify.annotations.NullMarked;
