/** The page on which a merchant makes and revokes keys for its software. */
@NullMarked
package dev.zhanggui.portal.api.ui;

import org.jspecify.annotations.NullMarked;
