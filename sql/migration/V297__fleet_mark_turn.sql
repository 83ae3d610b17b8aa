-- Helpings worked off, counted from where the others stood when it came.
ALTER TABLE fleet_mark ADD COLUMN turn BIGINT NOT NULL DEFAULT 0;
