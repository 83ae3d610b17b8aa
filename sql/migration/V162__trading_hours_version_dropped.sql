DROP TABLE trading_hours_version;
