package dev.zhanggui.portal.tradinghours.packs;

/** Identifies one kept version of a pack; 0 is the version that comes with the program, which is kept nowhere else. */
public record PackVersionId(long value) {

    public static final PackVersionId BUILT_IN = new PackVersionId(0);

    @Override
    public String toString() {
        return "industry-pack:" + value;
    }
}
