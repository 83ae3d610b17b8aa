/** Persistence and policies of merchant. */
@NullMarked
package dev.zhanggui.portal.merchant.internal;

import org.jspecify.annotations.NullMarked;
