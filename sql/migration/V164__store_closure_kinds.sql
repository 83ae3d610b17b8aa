ALTER TABLE store_closure ADD CONSTRAINT ck_store_closure_kinds CHECK (kind IN ('EMERGENCY_STOP', 'CLOSE_NOW', 'OPEN_NOW'));
