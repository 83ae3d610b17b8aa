CREATE TABLE zg_order_number (
  year_month_code CHAR(4) NOT NULL,
  last_number INT NOT NULL,
  CONSTRAINT pk_zg_order_number PRIMARY KEY (year_month_code)
);
