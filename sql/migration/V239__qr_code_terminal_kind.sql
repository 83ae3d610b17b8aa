ALTER TABLE qr_code ADD CONSTRAINT ck_qr_code_terminal CHECK ((kind = 'TERMINAL') = (terminal_id IS NOT NULL));
