-- A campaign that is entered by scanning: its codes are good inside the window only, and inside trading hours. The window may be
-- changed; stopped_at is the kill switch and stays.
CREATE TABLE promotion (
    id          BIGINT       NOT NULL,
    public_id   CHAR(26)     NOT NULL,
    merchant_id BIGINT       NOT NULL,
    title       VARCHAR(40)  NOT NULL,
    discount    VARCHAR(120) NOT NULL,
    valid_from  DATETIME(6)  NOT NULL,
    valid_until DATETIME(6)  NOT NULL,
    cap_fen     BIGINT,
    created_at  DATETIME(6)  NOT NULL,
    stopped_at  DATETIME(6),
    version     INT          NOT NULL,
    CONSTRAINT pk_promotion PRIMARY KEY (id),
    CONSTRAINT uq_promotion_public_id UNIQUE (public_id),
    CONSTRAINT ck_promotion_window CHECK (valid_from < valid_until),
    CONSTRAINT ck_promotion_cap CHECK (cap_fen IS NULL OR cap_fen > 0)
);
