-- The newest events, of however long a history.
create index access_history_newest on access_history (at desc, seq desc);

-- Which batches a month is counted from, without reading its lines.
create index finance_lines_batches on finance_lines (period, batch_id) where not reverted and superseded_by is null;
create index finance_driver_quantities_month on finance_driver_quantities (period, batch_id, driver_key)
    where not reverted and superseded_by is null;

-- What each node of a run passed on and received, summed as the index is ordered.
drop index charging_shares_sender;
drop index charging_shares_receiver;
create index charging_shares_sent on charging_shares (run_id, sender, stage, amount);
create index charging_shares_received on charging_shares (run_id, receiver, sender, receiver_kind, amount);
