-- Whose stores a change concerns; null for all.
ALTER TABLE fleet_mark ADD COLUMN industry VARCHAR(40);
