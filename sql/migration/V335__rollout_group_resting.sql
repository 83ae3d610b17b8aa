-- Terminals of closed shops: neither proved nor failed until their shop opens.
ALTER TABLE rollout_group ADD COLUMN resting INT NOT NULL DEFAULT 0;
