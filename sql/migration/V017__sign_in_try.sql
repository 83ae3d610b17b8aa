-- What the throttle counts: one row per request or try and bucket (keyed hash of a phone, a login name, an address).
CREATE TABLE sign_in_try (
  id BIGINT NOT NULL,
  bucket BINARY(32) NOT NULL,
  at DATETIME(6) NOT NULL,
  CONSTRAINT pk_sign_in_try PRIMARY KEY (id)
);
