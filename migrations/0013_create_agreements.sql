-- Relationships: contacts, agreements with their quantities by day, orders.

-- Running numbers: CON-n, AGR-n, ORD-n.
create table relationships_counters (
    name text primary key,
    last bigint not null
);
insert into relationships_counters (name, last) values ('contact', 0), ('agreement', 0), ('order', 0);

create table relationships_contacts (
    id text primary key,
    version bigint not null,
    number text not null unique,
    customer_id text not null references relationships_customers (id),
    name text not null,
    email text,
    role text not null,
    influence text not null check (influence in ('high', 'medium', 'low')),
    source_key text
);
create index relationships_contacts_customer on relationships_contacts (customer_id);
create unique index relationships_contacts_source on relationships_contacts (customer_id, source_key)
    where source_key is not null;

create table relationships_agreements (
    id text primary key,
    version bigint not null,
    number text not null unique,
    customer_id text not null references relationships_customers (id),
    offering_id text not null references portfolio_offerings (id),
    from_day text not null,
    to_day text,
    notice_days bigint not null,
    settlement text not null check (settlement in ('memo', 'recharge')),
    -- The latest quantity agreed and its first day, so that the history of the agreement tells it.
    quantity bigint not null,
    quantity_from text not null,
    source_key text unique
);
create index relationships_agreements_customer on relationships_agreements (customer_id, offering_id);
create index relationships_agreements_offering on relationships_agreements (offering_id);

create table relationships_agreement_quantities (
    id text primary key,
    version bigint not null,
    agreement_id text not null references relationships_agreements (id),
    from_day text not null,
    quantity bigint not null check (quantity > 0),
    unique (agreement_id, from_day)
);

create table relationships_orders (
    id text primary key,
    version bigint not null,
    number text not null unique,
    customer_id text not null references relationships_customers (id),
    offering_id text not null references portfolio_offerings (id),
    quantity bigint not null check (quantity > 0),
    from_day text not null,
    note text,
    state text not null check (state in ('asked', 'confirmed', 'refused')),
    asked_by text not null references access_people (id),
    asked_at text not null,
    answered_by text references access_people (id),
    answered_at text,
    reason text,
    agreement_id text references relationships_agreements (id),
    check (answered_by is null or answered_by <> asked_by)
);
create index relationships_orders_customer on relationships_orders (customer_id);

-- Who takes a service, by offering and quantity: what portfolio may know of the agreements above it.
-- One row per quantity; it holds from quantity_from to the day before next_from.
create view portfolio_takers as
select a.id as agreement_id, a.number, a.customer_id, c.key as customer_key, c.name as customer_name,
    o.service_id, a.offering_id, o.key as offering_key, o.unit, a.from_day, a.to_day, q.quantity,
    q.from_day as quantity_from,
    lead(q.from_day) over (partition by q.agreement_id order by q.from_day) as next_from
from relationships_agreements a
join relationships_customers c on c.id = a.customer_id
join portfolio_offerings o on o.id = a.offering_id
join relationships_agreement_quantities q on q.agreement_id = a.id;
