CREATE TABLE fleet_alert (
  id BIGINT NOT NULL,
  rule_id VARCHAR(32) NOT NULL,
  open_rule VARCHAR(32),
  since DATETIME(6) NOT NULL,
  raised_at DATETIME(6),
  cleared_at DATETIME(6),
  value_milli BIGINT NOT NULL,
  worst_milli BIGINT NOT NULL,
  taken_by VARCHAR(120),
  taken_at DATETIME(6),
  CONSTRAINT pk_fleet_alert PRIMARY KEY (id),
  CONSTRAINT uq_fleet_alert_open UNIQUE (open_rule)
);
