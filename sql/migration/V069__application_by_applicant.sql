CREATE INDEX ix_application_applicant ON application (applicant, id);
