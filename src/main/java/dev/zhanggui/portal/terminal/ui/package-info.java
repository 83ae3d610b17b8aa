/** Pages of the stock. */
@NullMarked
package dev.zhanggui.portal.terminal.ui;

import org.jspecify.annotations.NullMarked;
