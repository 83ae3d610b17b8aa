CREATE INDEX ix_audit_entry_action ON audit_entry (action, id);
