-- What a store does when something fails; a row per version, kept for ever. Contacts are JSON, encrypted.
CREATE TABLE contingency_plan (
  store_id BIGINT NOT NULL,
  trigger_kind VARCHAR(20) NOT NULL,
  version INT NOT NULL,
  steps VARCHAR(3000) NOT NULL,
  alternatives VARCHAR(300) NOT NULL,
  owner VARCHAR(60) NOT NULL,
  contacts VARBINARY(4000) NOT NULL,
  review_on DATE NOT NULL,
  changed_at DATETIME(6) NOT NULL,
  changed_by_kind VARCHAR(12) NOT NULL,
  changed_by_id BIGINT NOT NULL,
  changed_by_label VARCHAR(120) NOT NULL,
  CONSTRAINT pk_contingency_plan PRIMARY KEY (store_id, trigger_kind, version),
  CONSTRAINT fk_contingency_plan_store FOREIGN KEY (store_id) REFERENCES store (id),
  CONSTRAINT ck_contingency_plan_trigger CHECK (trigger_kind IN ('POS_FAULT', 'NETWORK', 'POWER', 'TILL_CLOSED'))
);
