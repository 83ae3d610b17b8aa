package dev.zhanggui.portal.account;

import java.time.Instant;
import java.util.Set;

/** A staff account as the administrator sees it. */
public record StaffAccount(
        AccountId id,
        String login,
        String label,
        Set<Role> roles,
        boolean secondFactor,
        boolean disabled,
        Instant createdAt,
        int version) {}
