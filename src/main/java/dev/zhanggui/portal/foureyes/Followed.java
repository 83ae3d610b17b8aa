package dev.zhanggui.portal.foureyes;

import java.util.function.Supplier;

/**
 * What holds, as this process knows it. Questions are answered from an immutable snapshot; the database is looked at beside them,
 * never by them, so that what was known keeps holding without a database.
 */
public final class Followed<S> {

    private final Supplier<String> stamp;
    private final Supplier<S> reader;
    private volatile Kept<S> kept;

    private record Kept<S>(String stamp, S holds) {}

    /**
     * Reads at once.
     *
     * @param stamp another text after every change, by one small query
     */
    public Followed(Supplier<String> stamp, Supplier<S> reader) {
        this.stamp = stamp;
        this.reader = reader;
        this.kept = read(stamp, reader);
    }

    public S now() {
        return kept.holds();
    }

    /** Reads again when there is something new. */
    public void refresh() {
        if (!stamp.get().equals(kept.stamp())) {
            replace();
        }
    }

    /** One at a time: of two readers the one who read last must be the one who stays. */
    private synchronized void replace() {
        kept = read(stamp, reader);
    }

    /** The stamp first: what is written between the two reads is read again at the next look. */
    private static <S> Kept<S> read(Supplier<String> stamp, Supplier<S> reader) {
        var seen = stamp.get();
        return new Kept<>(seen, reader.get());
    }
}
