package dev.zhanggui.portal.onboarding;

/** A stored photo in clear. */
public record DocumentContent(String mediaType, byte[] bytes) {}
