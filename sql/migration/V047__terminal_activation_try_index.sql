CREATE INDEX ix_terminal_activation_try ON terminal_activation_try (actor_kind, actor_id, tried_at);
