CREATE TABLE store (
  id BIGINT NOT NULL,
  public_id CHAR(26) NOT NULL,
  merchant_id BIGINT NOT NULL,
  name VARCHAR(120) NOT NULL,
  name_en VARCHAR(120),
  region_code CHAR(6) NOT NULL,
  address VARCHAR(200) NOT NULL,
  zone VARCHAR(40) NOT NULL,
  industry VARCHAR(40) NOT NULL,
  created_at DATETIME(6) NOT NULL,
  version INT NOT NULL,
  CONSTRAINT pk_store PRIMARY KEY (id),
  CONSTRAINT uq_store_public_id UNIQUE (public_id),
  CONSTRAINT fk_store_merchant FOREIGN KEY (merchant_id) REFERENCES merchant (id)
);
