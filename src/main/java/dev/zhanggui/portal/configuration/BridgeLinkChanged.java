package dev.zhanggui.portal.configuration;

/** The bridge went away or came back; see {@link BridgeLink#state()}. Published outside transactions. */
public record BridgeLinkChanged() {}
