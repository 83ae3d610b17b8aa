-- What came of each attempt; answer holds at most the first 1,024 bytes of what the receiver said.
CREATE TABLE webhook_attempt (
  id BIGINT NOT NULL,
  delivery_id BIGINT NOT NULL,
  attempted_at DATETIME(6) NOT NULL,
  took_millis INT NOT NULL,
  status INT,
  error VARCHAR(20),
  answer VARCHAR(1024),
  CONSTRAINT pk_webhook_attempt PRIMARY KEY (id)
);
