CREATE INDEX ix_trading_restriction_from ON trading_restriction (from_at, id);
