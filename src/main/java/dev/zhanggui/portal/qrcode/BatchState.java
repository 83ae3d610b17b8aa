package dev.zhanggui.portal.qrcode;

/**
 * Where a batch stands.
 *
 * <pre>
 * RUNNING ── the last code issued ──> DONE
 *    └────── somebody stops it ─────> CANCELLED   what was issued stays
 * </pre>
 */
public enum BatchState {
    RUNNING,
    DONE,
    CANCELLED
}
