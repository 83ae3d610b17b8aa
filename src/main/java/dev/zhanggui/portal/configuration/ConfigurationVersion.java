package dev.zhanggui.portal.configuration;

import java.util.Comparator;

/**
 * The version of one terminal's configuration. It only grows: an operator's return to older content is a new generation.
 *
 * @param epoch grows when the numbering itself starts anew, such as after a restore that lost generations
 * @param generation from 1; 0 before the first
 */
public record ConfigurationVersion(long epoch, long generation) implements Comparable<ConfigurationVersion> {

    public static final ConfigurationVersion NONE = new ConfigurationVersion(1, 0);

    private static final Comparator<ConfigurationVersion> ORDER =
            Comparator.comparingLong(ConfigurationVersion::epoch).thenComparingLong(ConfigurationVersion::generation);

    public boolean isNone() {
        return generation == 0;
    }

    public boolean isAheadOf(ConfigurationVersion other) {
        return compareTo(other) > 0;
    }

    public ConfigurationVersion next() {
        return new ConfigurationVersion(epoch, generation + 1);
    }

    @Override
    public int compareTo(ConfigurationVersion other) {
        return ORDER.compare(this, other);
    }
}
