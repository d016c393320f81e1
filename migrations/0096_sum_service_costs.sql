-- What each service cost in each run, and by how much of its driver or agreements it was shared: sums of
-- charging_shares, kept with the run, so that what is promised can be judged without reading every share.
create table charging_service_costs (
    run_id text not null references charging_runs (id),
    service text not null,
    amount bigint not null,
    -- Of the amount, what came from pools; the rest came from other services.
    from_pools bigint not null,
    -- Millionths as text; null where the service sends by no quantity.
    quantity_total text,
    primary key (run_id, service)
);

insert into charging_service_costs (run_id, service, amount, from_pools, quantity_total)
select received.run_id, received.service, received.amount, received.from_pools, sent.quantity_total
from (
    select run_id, receiver as service, cast(sum(amount) as bigint) as amount,
           cast(sum(case when stage = 'pools' then amount else 0 end) as bigint) as from_pools
    from charging_shares where receiver_kind = 'service' group by run_id, receiver
) received
left join (
    select run_id, sender, max(quantity_total) as quantity_total
    from charging_shares where stage <> 'pools' group by run_id, sender
) sent on sent.run_id = received.run_id and sent.sender = received.service;

-- What reached whom is added up from this index alone: a big month has tens of thousands of shares.
create index charging_shares_reached on charging_shares (run_id, receiver_kind, stage, origin, sender, receiver, amount);
