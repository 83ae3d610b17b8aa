CREATE INDEX ix_fake_report_store ON fake_report (store_id, id);
