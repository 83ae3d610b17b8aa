CREATE INDEX ix_application_field_blind ON application_field (blind, application_id);
