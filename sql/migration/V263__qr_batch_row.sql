-- One line of the file. Its id is the id of the code that it becomes: no line can become two. What is refused has an error and no chunk.
CREATE TABLE qr_batch_row (
    id         BIGINT       NOT NULL,
    batch_id   BIGINT       NOT NULL,
    line       INT          NOT NULL,
    chunk      INT,
    store_text VARCHAR(200) NOT NULL,
    store_id   BIGINT,
    place      VARCHAR(200) NOT NULL,
    holder     VARCHAR(200) NOT NULL,
    error      VARCHAR(20),
    other_line INT,
    CONSTRAINT pk_qr_batch_row PRIMARY KEY (id),
    CONSTRAINT uq_qr_batch_row_line UNIQUE (batch_id, line),
    CONSTRAINT ck_qr_batch_row_error CHECK ((error IS NULL) = (chunk IS NOT NULL))
);
