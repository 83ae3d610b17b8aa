package dev.zhanggui.portal.acceptance;

/** Identifies a collection inside the portal; outside it is known by its ULID. */
public record CollectionId(long value) {

    @Override
    public String toString() {
        return "collection:" + value;
    }
}
