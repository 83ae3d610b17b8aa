/** Merchants, their stores, members and settlement accounts. */
@NullMarked
package dev.zhanggui.portal.merchant;

import org.jspecify.annotations.NullMarked;
