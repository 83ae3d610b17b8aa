-- The answer to a POST with an Idempotency-Key, kept for a day; answered_at is null while the first one is still at work.
CREATE TABLE api_answer (
    api_key_id      BIGINT       NOT NULL,
    idempotency_key VARCHAR(100) NOT NULL,
    request_digest  BINARY(32)   NOT NULL,
    started_at      DATETIME(6)  NOT NULL,
    answered_at     DATETIME(6),
    status          INT,
    content_type    VARCHAR(100),
    location        VARCHAR(300),
    body            MEDIUMBLOB,
    CONSTRAINT pk_api_answer PRIMARY KEY (api_key_id, idempotency_key)
);
