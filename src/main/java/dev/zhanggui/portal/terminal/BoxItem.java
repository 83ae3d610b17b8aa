package dev.zhanggui.portal.terminal;

/** A thing packed with a terminal. */
public record BoxItem(LocalText name, int count) {}
