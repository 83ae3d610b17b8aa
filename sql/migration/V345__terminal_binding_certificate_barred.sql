-- Staff withdrew its certificate for good: this binding is given no other one.
ALTER TABLE terminal_binding ADD COLUMN certificate_barred_at DATETIME(6);
