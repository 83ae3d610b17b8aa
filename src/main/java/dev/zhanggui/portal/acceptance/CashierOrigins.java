package dev.zhanggui.portal.acceptance;

import java.util.Set;

/** Where a payers' page may send somebody who wants to pay. */
public interface CashierOrigins {

    /** Sources for the {@code form-action} of a Content-Security-Policy: {@code 'self'} and the acquirers' origins. */
    Set<String> forms();
}
