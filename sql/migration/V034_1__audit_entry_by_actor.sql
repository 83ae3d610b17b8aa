CREATE INDEX ix_audit_entry_actor ON audit_entry (actor_label, id);
