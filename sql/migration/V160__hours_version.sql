CREATE TABLE hours_version (
  scope_kind VARCHAR(8) NOT NULL,
  scope_id BIGINT NOT NULL,
  version INT NOT NULL,
  document LONGTEXT NOT NULL,
  changed_at DATETIME(6) NOT NULL,
  changed_by_kind VARCHAR(12) NOT NULL,
  changed_by_id BIGINT NOT NULL,
  changed_by_label VARCHAR(120) NOT NULL,
  reason VARCHAR(200),
  CONSTRAINT pk_hours_version PRIMARY KEY (scope_kind, scope_id, version),
  CONSTRAINT ck_hours_version_scope CHECK (scope_kind IN ('TERMINAL', 'STORE', 'MERCHANT'))
);
