-- Order codes carry no plate number: they are shown once, on a screen.
ALTER TABLE qr_code MODIFY COLUMN number INT NULL;
