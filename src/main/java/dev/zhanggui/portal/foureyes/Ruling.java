package dev.zhanggui.portal.foureyes;

/** What deciding led to. */
public sealed interface Ruling<V extends Version> {

    record Decided<V extends Version>(V version) implements Ruling<V> {}

    /** The proposer does not decide, and whoever can make keys does not decide what a key proposed. */
    record OwnProposal<V extends Version>() implements Ruling<V> {}

    /** Somebody was faster. */
    record NotWaiting<V extends Version>(V now) implements Ruling<V> {}

    /** A rejection says why; the reason is missing or too long. */
    record ReasonNeeded<V extends Version>() implements Ruling<V> {}
}
