package dev.zhanggui.portal.tradinghours.packs;

/** A version of the industry's pack was proposed, decided or withdrawn; published inside the transaction, for pages that show it. */
public record PackMoved(String industry) {}
