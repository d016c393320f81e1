-- The supplier by whose bill a share of a pool was made; its cost is that of the ledger lines the bill explains.
alter table charging_shares add column origin_supplier text;
