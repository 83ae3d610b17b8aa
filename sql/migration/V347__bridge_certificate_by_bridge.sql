CREATE INDEX ix_bridge_certificate_bridge ON bridge_certificate (bridge, issued_at);
