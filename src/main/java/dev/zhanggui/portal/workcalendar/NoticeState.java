package dev.zhanggui.portal.workcalendar;

/**
 * Where a version of a year's notice stands.
 *
 * <pre>
 *             ┌──▶ WITHDRAWN (by the proposer)
 * WAITING ────┼──▶ REJECTED  (by another)
 *             └──▶ APPROVED  (by another) ──▶ SUPERSEDED (a newer version was approved)
 * </pre>
 */
public enum NoticeState {
    WAITING,
    APPROVED,
    SUPERSEDED,
    REJECTED,
    WITHDRAWN
}
