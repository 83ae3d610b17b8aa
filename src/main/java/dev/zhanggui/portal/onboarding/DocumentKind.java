package dev.zhanggui.portal.onboarding;

/** Photos that prove what was typed. */
public enum DocumentKind implements ApplicationPart {
    LICENCE,
    SHOP_FRONT,
    STALL;

    @Override
    public boolean asked(Branch branch) {
        return switch (this) {
            case LICENCE -> branch.licensed();
            case SHOP_FRONT -> branch.scene() == Scene.SHOP;
            case STALL -> branch.scene() == Scene.STALL;
        };
    }
}
