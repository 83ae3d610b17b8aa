CREATE INDEX ix_fleet_alert_cleared ON fleet_alert (cleared_at, id);
