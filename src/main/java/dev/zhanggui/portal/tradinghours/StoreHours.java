package dev.zhanggui.portal.tradinghours;

/** What is known of a store among many: one whose hours cannot be read must not hide the others. */
public sealed interface StoreHours {

    /** Ready to answer. */
    record Known(HoursEvaluator evaluator) implements StoreHours {}

    /**
     * Something that was kept cannot be read.
     *
     * @param whose the store itself, or its merchant
     */
    record Unreadable(HoursScope whose) implements StoreHours {}
}
