package dev.zhanggui.portal.shared;

/** The number of an account that money is settled to. */
public sealed interface AccountNumber permits BankCard, CorporateAccount {

    /** Digits only. */
    String number();

    /** As it may be shown, in its real grouping. */
    String masked();
}
