-- A plan that was tried: when, by whom, and what was learnt; append-only. Names of people are encrypted.
CREATE TABLE contingency_drill (
  id BIGINT NOT NULL,
  store_id BIGINT NOT NULL,
  trigger_kind VARCHAR(20) NOT NULL,
  plan_version INT NOT NULL,
  held_on DATE NOT NULL,
  participants VARBINARY(1000) NOT NULL,
  learnt VARCHAR(1000) NOT NULL,
  recorded_at DATETIME(6) NOT NULL,
  recorded_by_kind VARCHAR(12) NOT NULL,
  recorded_by_id BIGINT NOT NULL,
  recorded_by_label VARCHAR(120) NOT NULL,
  CONSTRAINT pk_contingency_drill PRIMARY KEY (id),
  CONSTRAINT fk_contingency_drill_plan FOREIGN KEY (store_id, trigger_kind, plan_version)
    REFERENCES contingency_plan (store_id, trigger_kind, version)
);
