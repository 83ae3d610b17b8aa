package dev.zhanggui.portal.tradinghours.packs;

/**
 * Where a version of a pack stands. Of the published ones the latest holds; the others held before it.
 *
 * <pre>
 *              ┌──▶ WITHDRAWN (by the proposer)
 * PROPOSED ────┼──▶ REJECTED  (by another)
 *              └──▶ PUBLISHED (by another)
 * </pre>
 */
public enum PackState {
    PROPOSED,
    PUBLISHED,
    REJECTED,
    WITHDRAWN
}
