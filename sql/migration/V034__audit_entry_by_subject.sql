CREATE INDEX ix_audit_entry_subject ON audit_entry (subject, id);
