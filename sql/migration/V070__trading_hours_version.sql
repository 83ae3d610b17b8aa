CREATE TABLE trading_hours_version (
  store_id BIGINT NOT NULL,
  version INT NOT NULL,
  document LONGTEXT NOT NULL,
  changed_at DATETIME(6) NOT NULL,
  changed_by_kind VARCHAR(12) NOT NULL,
  changed_by_id BIGINT NOT NULL,
  changed_by_label VARCHAR(120) NOT NULL,
  reason VARCHAR(200),
  CONSTRAINT pk_trading_hours_version PRIMARY KEY (store_id, version),
  CONSTRAINT fk_trading_hours_version_store FOREIGN KEY (store_id) REFERENCES store (id)
);
