-- What the scope was called when it was planned, for lists: names of merchants, stores and places may change later.
ALTER TABLE trading_restriction ADD COLUMN scope_label VARCHAR(200) NOT NULL DEFAULT '';
