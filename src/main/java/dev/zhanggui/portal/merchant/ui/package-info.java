/** Which store the person is looking at, for every page about one store. */
@NullMarked
package dev.zhanggui.portal.merchant.ui;

import org.jspecify.annotations.NullMarked;
