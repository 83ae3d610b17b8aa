package dev.zhanggui.portal.tradinghours;

/**
 * A restriction was planned, changed or ended; published inside the transaction. One that begins or ends by the clock needs no
 * word: terminals hold its moments already.
 */
public record RestrictionChanged(RestrictionTarget target, Restriction.Kind kind) {}
