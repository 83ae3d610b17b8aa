package dev.zhanggui.portal.tradinghours;

/**
 * The published packs as this process knows them. {@link IndustryPacks} answers from memory and learns of a publication made by
 * another portal within about a second; whoever must not act on less than what is committed now asks to look first.
 */
public interface PackSnapshot {

    /** One small query; reads the packs again when there is something new. */
    void refresh();
}
