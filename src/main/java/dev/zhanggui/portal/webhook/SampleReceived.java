package dev.zhanggui.portal.webhook;

/** Something came to the {@link SampleReceiver}. */
public record SampleReceived() {}
