CREATE INDEX ix_fake_report_state ON fake_report (state, id);
