-- When it said last that it began to run it.
ALTER TABLE rollout_terminal ADD COLUMN proved_at DATETIME(6);
