/** The page on which a merchant connects its own systems. */
@NullMarked
package dev.zhanggui.portal.webhook.ui;

import org.jspecify.annotations.NullMarked;
