package dev.zhanggui.nemesis;

import org.jspecify.annotations.Nullable;

/**
 * A manifest by name: its number, and the digest of its bytes.
 *
 * @param digest empty when nobody knows it
 */
public record Version(long epoch, long gen, String digest) implements Comparable<Version> {

    /** By number alone: two manifests may carry the same one, which is a fault. */
    @Override
    public int compareTo(Version other) {
        int order = Long.compare(epoch, other.epoch);
        return order != 0 ? order : Long.compare(gen, other.gen);
    }

    public boolean isOlderThan(Version other) {
        return compareTo(other) < 0;
    }

    static String words(@Nullable Version version) {
        return version == null ? "nothing" : version.toString();
    }

    @Override
    public String toString() {
        return epoch + "/" + gen
                + (digest.isEmpty() ? "" : " (" + digest.substring(0, Math.min(6, digest.length())) + "…)");
    }
}
