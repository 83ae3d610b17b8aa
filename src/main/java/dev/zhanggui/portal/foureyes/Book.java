package dev.zhanggui.portal.foureyes;

import org.jspecify.annotations.Nullable;

/** Where versions of one kind are kept, and what is said of them. All but {@link #follow} run inside the transaction. */
public interface Book<V extends Version> {

    /** {@link dev.zhanggui.portal.shared.NotFoundException} when there is none. */
    V version(long id);

    long id(V version);

    /** Writes the verdict; what held before holds no longer when it is APPROVED. False when the version no longer waits. */
    boolean decide(V version, Verdict verdict, Stamp by, @Nullable String reason);

    /** What the audit record files it under, such as {@code calendar:2027}. */
    String subject(V version);

    /** The audit record's word for what happened; null stands for the proposal. */
    String action(@Nullable Verdict verdict);

    /** What holds now where the version wants to hold, as JSON; null if nothing. */
    @Nullable
    String holds(V version);

    /** What the version says, as JSON; null if it takes something back. */
    @Nullable
    String says(V version);

    /** Tells listeners that it was proposed ({@code verdict} null) or decided. */
    void tell(V version, @Nullable Verdict verdict);

    /** Takes up what was committed, before any listener hears of it. */
    void follow();
}
