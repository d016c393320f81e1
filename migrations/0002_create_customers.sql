-- Relationships: customers.

create table relationships_customers (
    id text primary key,
    version bigint not null,
    key text not null unique,
    name text not null,
    kind text not null check (kind in ('unit', 'outside')),
    source_key text,
    manager_id text references access_people (id)
);
