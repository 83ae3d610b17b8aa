-- due_rank: its place among the work of its lane, while it waits for a bridge. life: which bridge has its connection. shard: of 256.
ALTER TABLE terminal_configuration ADD (due_rank BIGINT, life BIGINT, shard SMALLINT);
