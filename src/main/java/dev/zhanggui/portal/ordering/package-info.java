/** Orders: from approval to the machine in the merchant's hands. */
@NullMarked
package dev.zhanggui.portal.ordering;

import org.jspecify.annotations.NullMarked;
