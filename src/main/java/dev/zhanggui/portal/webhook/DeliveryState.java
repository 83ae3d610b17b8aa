package dev.zhanggui.portal.webhook;

/**
 * How far a delivery is.
 *
 * <pre>
 * WAITING ── 2xx ────────────────────────────> DELIVERED ─┐
 *    │ └──── anything else: WAITING, later                │
 *    ├────── three days of tries, or endpoint stopped ──> STOPPED
 *    ^                                                    │
 *    └─────────────────── replay ─────────────────────────┘
 * </pre>
 */
public enum DeliveryState {
    WAITING,
    DELIVERED,
    STOPPED
}
