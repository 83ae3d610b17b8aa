-- ALL, or whom it concerns: a region, a merchant, the stores with a terminal of a model.
ALTER TABLE fleet_mark ADD COLUMN scope_kind VARCHAR(8) NOT NULL DEFAULT 'ALL';
