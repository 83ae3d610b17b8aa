package dev.zhanggui.portal.account;

import java.time.Instant;

/**
 * A person in a merchant.
 *
 * @param phoneMasked 138****6688
 */
public record Member(AccountId account, String phoneMasked, Role role, Instant since, int version) {}
