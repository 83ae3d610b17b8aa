package dev.zhanggui.portal.account;

import dev.zhanggui.portal.shared.Phone;

/** A one-time code must reach its phone; published inside the transaction, listened to in it, stored nowhere in clear. */
public record CodeIssued(Phone phone, String code, int validMinutes) {

    @Override
    public String toString() {
        return "CodeIssued[" + phone + "]";
    }
}
