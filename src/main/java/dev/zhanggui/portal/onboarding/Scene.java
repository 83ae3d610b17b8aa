package dev.zhanggui.portal.onboarding;

/** Where the applicant collects; it decides which photos are asked for. */
public enum Scene {
    SHOP,
    STALL,
    ONLINE
}
