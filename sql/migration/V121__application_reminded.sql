ALTER TABLE application ADD COLUMN reminded_at DATETIME(6);
