/** Where the demo's own webhooks arrive. */
@NullMarked
package dev.zhanggui.portal.webhook.web;

import org.jspecify.annotations.NullMarked;
