-- Counts those of one binding, under its lock: which is older must not depend on the clocks of two portals.
ALTER TABLE terminal_certificate ADD COLUMN issue INT NOT NULL DEFAULT 0;
