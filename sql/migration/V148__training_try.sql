-- A quiz that somebody answered; append-only. The mark says which text it was about.
CREATE TABLE training_try (
  id BIGINT NOT NULL,
  merchant_id BIGINT NOT NULL,
  account_id BIGINT NOT NULL,
  material_version INT NOT NULL,
  material_mark VARCHAR(16) NOT NULL,
  right_count INT NOT NULL,
  question_count INT NOT NULL,
  passed BOOLEAN NOT NULL,
  tried_at DATETIME(6) NOT NULL,
  CONSTRAINT pk_training_try PRIMARY KEY (id),
  CONSTRAINT fk_training_try_merchant FOREIGN KEY (merchant_id) REFERENCES merchant (id),
  CONSTRAINT fk_training_try_account FOREIGN KEY (account_id) REFERENCES account (id)
);
