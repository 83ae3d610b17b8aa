-- What strangers sent is forgotten some time after a report was closed.
CREATE INDEX ix_fake_report_closed ON fake_report (closed_at);
