-- Until then nobody wonders that the terminal is off; null while it should be on.
ALTER TABLE rollout_terminal ADD COLUMN rests_until DATETIME(6);
