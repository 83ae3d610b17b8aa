/** Where endpoints and deliveries are kept, and how deliveries are made. */
@NullMarked
package dev.zhanggui.portal.webhook.internal;

import org.jspecify.annotations.NullMarked;
