package dev.zhanggui.portal.configuration;

/** All terminals were counted anew by this process; told every ten seconds. */
public record FleetCounted() {}
