package dev.zhanggui.portal.foureyes;

/**
 * What becomes of a version that waits.
 *
 * <pre>
 *           ┌──▶ WITHDRAWN (by the proposer)
 * waits ────┼──▶ REJECTED  (by another, who says why)
 *           └──▶ APPROVED  (by another)
 * </pre>
 */
public enum Verdict {
    APPROVED,
    REJECTED,
    WITHDRAWN
}
