-- request_hash: of bridge, key, hosts and the authority's key, so that the same request is given the same certificate.
CREATE TABLE bridge_certificate (
  id BIGINT NOT NULL,
  request_hash BINARY(32) NOT NULL,
  bridge VARCHAR(64) NOT NULL,
  certificate VARBINARY(4000) NOT NULL,
  issued_at DATETIME(6) NOT NULL,
  renew_at DATETIME(6) NOT NULL,
  not_after DATETIME(6) NOT NULL,
  CONSTRAINT pk_bridge_certificate PRIMARY KEY (id),
  CONSTRAINT uq_bridge_certificate_request UNIQUE (request_hash)
);
