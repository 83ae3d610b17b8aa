CREATE INDEX ix_bridge_certificate_end ON bridge_certificate (not_after, id);
