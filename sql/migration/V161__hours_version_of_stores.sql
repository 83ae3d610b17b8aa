INSERT INTO hours_version (scope_kind, scope_id, version, document, changed_at, changed_by_kind, changed_by_id, changed_by_label, reason)
SELECT 'STORE', store_id, version, document, changed_at, changed_by_kind, changed_by_id, changed_by_label, reason
FROM trading_hours_version;
