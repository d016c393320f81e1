-- An order can be taken back by who asked for it, while it waits. What a column may hold cannot be changed in
-- place on both engines, so the table is written anew, with the views that name it.
drop view portfolio_offering_uses;
drop view relationships_customer_uses;
drop view relationships_agreement_uses;

create table relationships_orders_new (
    id text primary key,
    version bigint not null,
    number text not null unique,
    customer_id text not null references relationships_customers (id),
    offering_id text not null references portfolio_offerings (id),
    quantity bigint not null check (quantity > 0),
    from_day text not null,
    note text,
    state text not null check (state in ('asked', 'confirmed', 'refused', 'withdrawn')),
    asked_by text not null references access_people (id),
    asked_at text not null,
    answered_by text references access_people (id),
    answered_at text,
    reason text,
    agreement_id text references relationships_agreements (id),
    check (answered_by is null or answered_by <> asked_by),
    check (state not in ('asked', 'withdrawn') or answered_by is null)
);
insert into relationships_orders_new (id, version, number, customer_id, offering_id, quantity, from_day, note, state,
    asked_by, asked_at, answered_by, answered_at, reason, agreement_id)
select id, version, number, customer_id, offering_id, quantity, from_day, note, state,
    asked_by, asked_at, answered_by, answered_at, reason, agreement_id from relationships_orders;
drop table relationships_orders;
alter table relationships_orders_new rename to relationships_orders;
create index relationships_orders_customer on relationships_orders (customer_id);

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
