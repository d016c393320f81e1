-- Where there is no ledger a bill stands as its own source: the batch by which it became the ledger line it explains.
alter table usage_reconciliations add column own_source text;
