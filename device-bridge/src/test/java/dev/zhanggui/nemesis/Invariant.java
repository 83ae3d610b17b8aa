package dev.zhanggui.nemesis;

/** What the bridge promises whatever breaks; {@link Checker} has the rule of each. */
public enum Invariant {
    I1("only authentic configuration is activated"),
    I2("the number of what runs never goes down, except to last-known-good"),
    I3("when faults stop, every reachable terminal runs the latest permitted configuration"),
    I4("no committed edit is lost"),
    I5("nothing uncommitted reaches a terminal"),
    I6("the portal says APPLIED only if the terminal's own log proves it"),
    I7("duplicates activate once"),
    I8("nothing leaks between terminals or merchants"),
    I9("memory, queues and tables stay bounded"),
    I10("one large chain cannot starve a single shop"),
    I11("the terminal always trades on last-known-good"),
    I12("damage never exceeds the current roll-out group");

    private final String promise;

    Invariant(String promise) {
        this.promise = promise;
    }

    public String promise() {
        return promise;
    }
}
