-- Since when frozen_reason holds; both are null for a merchant that may collect.
ALTER TABLE merchant ADD COLUMN frozen_at DATETIME(6);
