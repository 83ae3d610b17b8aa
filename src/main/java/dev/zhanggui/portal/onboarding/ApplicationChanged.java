package dev.zhanggui.portal.onboarding;

/** Something about an application changed; published inside the changing transaction. */
public record ApplicationChanged(ApplicationNumber number) {}
