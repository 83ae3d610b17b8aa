package dev.zhanggui.portal.account;

/** What a person may be. Applicant and the merchant's three roles belong to customers, the others to staff. */
public enum Role {
    APPLICANT,
    OWNER,
    MANAGER,
    CASHIER,
    SERVICE,
    REVIEWER,
    WAREHOUSE,
    ADMIN,
    AUDITOR;

    public boolean isStaff() {
        return ordinal() >= SERVICE.ordinal();
    }

    /** True for OWNER, MANAGER and CASHIER, which are held in one merchant each. */
    public boolean isMembership() {
        return this == OWNER || this == MANAGER || this == CASHIER;
    }

    /** Among memberships: OWNER covers MANAGER, MANAGER covers CASHIER. */
    public boolean covers(Role least) {
        return isMembership() && least.isMembership() && ordinal() <= least.ordinal();
    }

    /** The authority in Spring Security. */
    public String authority() {
        return "ROLE_" + name();
    }

    /** The names as constants, for annotations. */
    public static final class Names {
        public static final String APPLICANT = "APPLICANT";
        public static final String OWNER = "OWNER";
        public static final String MANAGER = "MANAGER";
        public static final String CASHIER = "CASHIER";
        public static final String SERVICE = "SERVICE";
        public static final String REVIEWER = "REVIEWER";
        public static final String WAREHOUSE = "WAREHOUSE";
        public static final String ADMIN = "ADMIN";
        public static final String AUDITOR = "AUDITOR";

        private Names() {}
    }
}
