CREATE INDEX ix_dirty_scope_turn ON dirty_scope (lane, turn, id);
