ALTER TABLE store_closure DROP CONSTRAINT ck_store_closure_kind;
