-- Keys of programs. Only a digest is kept: the key itself is shown once.
CREATE TABLE api_key (
    id          BIGINT       NOT NULL,
    key_digest  BINARY(32)   NOT NULL,
    hint        VARCHAR(12)  NOT NULL,
    label       VARCHAR(60)  NOT NULL,
    merchant_id BIGINT,
    roles       VARCHAR(100) NOT NULL,
    scopes      VARCHAR(400) NOT NULL,
    created_at  DATETIME(6)  NOT NULL,
    revoked_at  DATETIME(6),
    CONSTRAINT pk_api_key PRIMARY KEY (id),
    CONSTRAINT uq_api_key_digest UNIQUE (key_digest)
);
