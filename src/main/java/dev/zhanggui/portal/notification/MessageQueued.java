package dev.zhanggui.portal.notification;

/** A message stands in the outbox; published inside the transaction that wrote it. */
public record MessageQueued(long id) {}
