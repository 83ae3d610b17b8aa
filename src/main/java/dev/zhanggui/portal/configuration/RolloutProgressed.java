package dev.zhanggui.portal.configuration;

/** A rollout was proposed, decided, moved on or counted anew; published after the commit. */
public record RolloutProgressed(RolloutId rollout) {}
