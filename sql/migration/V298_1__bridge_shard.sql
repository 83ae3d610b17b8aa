-- Of the terminals behind a broker that several bridges share: who listens to them. Null: nobody.
CREATE TABLE bridge_shard (
  shard SMALLINT NOT NULL,
  life BIGINT,
  moved_at DATETIME(6) NOT NULL,
  CONSTRAINT pk_bridge_shard PRIMARY KEY (shard)
);
