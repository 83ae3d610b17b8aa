CREATE INDEX ix_trading_restriction_scope ON trading_restriction (scope_kind, scope_value, from_at);
