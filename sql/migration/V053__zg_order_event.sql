CREATE TABLE zg_order_event (
  id BIGINT NOT NULL,
  order_id BIGINT NOT NULL,
  state VARCHAR(20) NOT NULL,
  happened_at DATETIME(6) NOT NULL,
  actor_label VARCHAR(100) NOT NULL,
  note VARCHAR(300),
  CONSTRAINT pk_zg_order_event PRIMARY KEY (id),
  CONSTRAINT fk_zg_order_event_order FOREIGN KEY (order_id) REFERENCES zg_order (id)
);
