package dev.zhanggui.portal.acceptance.internal;

import dev.zhanggui.portal.acceptance.Collection;

/**
 * Where a payer comes back to.
 *
 * @param publicUrl the portal as payers reach it, without a slash at the end
 */
record CashierAddresses(String publicUrl) {

    String of(Collection collection) {
        return publicUrl + "/cashier/" + collection.token();
    }
}
