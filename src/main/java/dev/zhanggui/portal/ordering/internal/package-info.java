/** Rows and policies behind the orders. */
@NullMarked
package dev.zhanggui.portal.ordering.internal;

import org.jspecify.annotations.NullMarked;
