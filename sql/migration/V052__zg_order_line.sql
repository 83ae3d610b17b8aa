CREATE TABLE zg_order_line (
  order_id BIGINT NOT NULL,
  line_no INT NOT NULL,
  model VARCHAR(40) NOT NULL,
  terminal_id BIGINT,
  serial VARCHAR(32),
  packed BOOLEAN NOT NULL,
  CONSTRAINT pk_zg_order_line PRIMARY KEY (order_id, line_no),
  CONSTRAINT fk_zg_order_line_order FOREIGN KEY (order_id) REFERENCES zg_order (id)
);
