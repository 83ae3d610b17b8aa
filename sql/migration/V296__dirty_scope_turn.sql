-- turn: its place in its lane. after_terminal: how far a large store has been worked off.
ALTER TABLE dirty_scope ADD (lane SMALLINT NOT NULL DEFAULT 1, turn BIGINT NOT NULL DEFAULT 0, after_terminal BIGINT NOT NULL DEFAULT 0);
