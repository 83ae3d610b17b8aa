package dev.zhanggui.portal.notification;

import dev.zhanggui.portal.account.AccountId;

/** Somebody got a notice or read one; published inside the changing transaction. */
public record NoticesChanged(AccountId account) {}
