package dev.zhanggui.portal.tradinghours;

public record RestrictionId(long value) {

    @Override
    public String toString() {
        return "restriction:" + value;
    }
}
