package dev.zhanggui.portal.onboarding;

/** What an applicant types or chooses. */
public enum Field implements ApplicationPart {
    /** The number we call; the sign-in phone unless changed. */
    CONTACT_PHONE(true, 20),
    KIND(false, 20),
    LEGAL_NAME(true, 50),
    RESIDENT_ID(true, 30),
    /** Name on the business licence. */
    BUSINESS_NAME(false, 100),
    USCC(false, 30),
    SCENE(false, 20),
    /** Name customers know, printed on codes and shown on screens. */
    STORE_NAME(false, 40),
    INDUSTRY(false, 40),
    /** Six-digit code of a county, GB/T 2260. */
    REGION(false, 6),
    /** Street and number; not asked of who sells online only. */
    ADDRESS(true, 120),
    /** Address of the online shop. */
    WEB_LINK(false, 200),
    /** A {@link dev.zhanggui.portal.shared.DeviceClass} name, or {@link #ADVISE}; what the applicant would like, not what is decided. */
    DEVICE(false, 20),
    /** The applicant's own debit card. */
    BANK_CARD(true, 40),
    /** A company's own account, 8 to 32 digits. */
    CORPORATE_ACCOUNT(true, 40);

    /** The wish of whoever leaves the choice of the machine to us. */
    public static final String ADVISE = "ADVISE";

    private final boolean personal;
    private final int maxLength;

    Field(boolean personal, int maxLength) {
        this.personal = personal;
        this.maxLength = maxLength;
    }

    /** Personal data: encrypted at rest, masked on screen, read in clear only with a reason. */
    public boolean personal() {
        return personal;
    }

    /** Longest text that is kept, in characters. */
    public int maxLength() {
        return maxLength;
    }

    @Override
    public boolean asked(Branch branch) {
        return switch (this) {
            case CONTACT_PHONE, KIND, LEGAL_NAME, RESIDENT_ID, SCENE, STORE_NAME, INDUSTRY, REGION, ADDRESS, DEVICE ->
                true;
            case BUSINESS_NAME, USCC -> branch.licensed();
            case WEB_LINK -> branch.scene() == Scene.ONLINE;
            case BANK_CARD -> branch.kind() != null && !branch.corporate();
            case CORPORATE_ACCOUNT -> branch.corporate();
        };
    }
}
