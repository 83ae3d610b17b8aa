-- What a merchant's staff must know, with its quiz as JSON; a row per version, kept for ever. Without a row the platform's holds.
CREATE TABLE training_material (
  merchant_id BIGINT NOT NULL,
  version INT NOT NULL,
  title VARCHAR(100) NOT NULL,
  body VARCHAR(8000) NOT NULL,
  quiz LONGTEXT NOT NULL,
  changed_at DATETIME(6) NOT NULL,
  changed_by_kind VARCHAR(12) NOT NULL,
  changed_by_id BIGINT NOT NULL,
  changed_by_label VARCHAR(120) NOT NULL,
  CONSTRAINT pk_training_material PRIMARY KEY (merchant_id, version),
  CONSTRAINT fk_training_material_merchant FOREIGN KEY (merchant_id) REFERENCES merchant (id)
);
