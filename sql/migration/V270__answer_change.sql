-- What may make a scan page's answer another one: one row for each store concerned, in the transaction that changes it, written
-- last; store_id NULL for all stores. Portals read the latest rows several times a second; nobody reads a row of a minute ago, so
-- they are removed. Its time is the database's own clock, whatever the portals' clocks say.
CREATE TABLE answer_change (
    id       BIGINT      NOT NULL,
    store_id BIGINT,
    at       DATETIME(6) NOT NULL,
    CONSTRAINT pk_answer_change PRIMARY KEY (id)
);
