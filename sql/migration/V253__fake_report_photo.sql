-- The photo of a report, drawn anew and encrypted; apart from the row that lists read.
CREATE TABLE fake_report_photo (
    report_id BIGINT   NOT NULL,
    secret    LONGBLOB NOT NULL,
    CONSTRAINT pk_fake_report_photo PRIMARY KEY (report_id),
    CONSTRAINT fk_fake_report_photo FOREIGN KEY (report_id) REFERENCES fake_report (id)
);
