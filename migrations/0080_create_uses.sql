-- What names a record, in words: whoever takes an import back may remove a record only where nothing does.
-- A context reads its own view and need not know who stands above it.

create view portfolio_service_uses as
select s.key as service_key, 'offering ' || o.key as what
    from portfolio_services s join portfolio_offerings o on o.service_id = s.id
union all
select s.key, 'promise ' || p.number
    from portfolio_services s join portfolio_promises p on p.service_id = s.id
union all
select s.key, 'a relation to another service'
    from portfolio_services s join portfolio_relations r on s.id in (r.service_id, r.other_id)
union all
select s.key, 'a grant'
    from portfolio_services s join access_grants g on g.scope_kind = 'service' and g.scope_id = s.id
union all
select service_key, 'a ledger line' from finance_live_lines where service_key is not null
union all
select service_key, 'a driver quantity' from finance_live_quantities where service_key is not null
union all
select sender, 'an allocation rule' from charging_rules where sender_kind = 'service'
union all
select s.key, 'an allocation rule'
    from portfolio_services s join charging_rules r on r.receivers like '%"to":"' || s.key || '"%'
union all
select receiver, 'a run of the allocation' from charging_shares where receiver_kind = 'service'
union all
select service_key, 'a statement' from charging_statement_lines where service_key is not null;

create view portfolio_offering_uses as
select o.key as offering_key, 'agreement ' || a.number as what
    from portfolio_offerings o join relationships_agreements a on a.offering_id = o.id
union all
select o.key, 'order ' || r.number
    from portfolio_offerings o join relationships_orders r on r.offering_id = o.id
union all
select o.key, 'price ' || p.number
    from portfolio_offerings o join portfolio_prices p on p.offering_id = o.id
union all
select o.key, 'a service level target'
    from portfolio_offerings o join portfolio_targets t on t.offering_id = o.id
union all
select offering_key, 'a statement' from charging_statement_lines where offering_key is not null;

create view relationships_customer_uses as
select c.id as customer_id, c.key as customer_key, 'contact ' || t.number as what
    from relationships_customers c join relationships_contacts t on t.customer_id = c.id
union all
select c.id, c.key, 'agreement ' || a.number
    from relationships_customers c join relationships_agreements a on a.customer_id = c.id
union all
select c.id, c.key, 'order ' || o.number
    from relationships_customers c join relationships_orders o on o.customer_id = c.id
union all
select c.id, c.key, 'a grant'
    from relationships_customers c join access_grants g on g.scope_kind = 'customer' and g.scope_id = c.id
union all
select c.id, c.key, 'a ledger line'
    from relationships_customers c join finance_live_lines l on l.customer_key = c.key
union all
select c.id, c.key, 'a driver quantity'
    from relationships_customers c join finance_live_quantities q on q.customer_key = c.key
union all
select c.id, c.key, 'an allocation rule'
    from relationships_customers c join charging_rules r on r.receivers like '%"to":"' || c.key || '"%'
union all
select c.id, c.key, 'a run of the allocation'
    from relationships_customers c join charging_shares s on s.receiver_kind = 'customer' and s.receiver = c.key
union all
select c.id, c.key, 'statement ' || s.number
    from relationships_customers c join charging_statements s on s.customer_id = c.id;

create view relationships_agreement_uses as
select o.agreement_id, 'order ' || o.number as what from relationships_orders o where o.agreement_id is not null
union all
select a.id, 'a statement'
    from relationships_agreements a
    join portfolio_offerings o on o.id = a.offering_id
    join charging_statement_lines l on l.customer_id = a.customer_id and l.offering_key = o.key;
