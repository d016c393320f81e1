-- Portfolio: services, their states by day, what is missing for a complete take-over, relations.

-- Running numbers: PRC-n, PRM-n.
create table portfolio_counters (
    name text primary key,
    last bigint not null
);
insert into portfolio_counters (name, last) values ('price', 0), ('promise', 0);

create table portfolio_services (
    id text primary key,
    version bigint not null,
    key text not null unique,
    name text not null,
    state text not null check (state in ('operational', 'retiring', 'retired')),
    -- The day it reached that state.
    state_from text not null,
    kind text check (kind in ('core', 'enhancing', 'supporting')),
    value_proposition text,
    for_whom text,
    owner_id text references access_people (id),
    -- The relationship manager: whom customers speak to about it.
    manager_id text references access_people (id),
    first_day text,
    last_day text,
    -- Said to have no successor; a successor is a relation “replaces”.
    no_successor boolean not null,
    -- Cost kept central, charged to nobody.
    central boolean not null,
    source text,
    source_key text
);

-- What state a service was in on a day: that of the latest row not after it.
create table portfolio_service_states (
    service_id text not null references portfolio_services (id),
    from_day text not null,
    state text not null,
    primary key (service_id, from_day)
);

-- Derived by the rule `service::rules::missing` whenever something it asks for changes.
create table portfolio_completeness (
    service_id text primary key references portfolio_services (id),
    complete boolean not null,
    missing text not null
);

create table portfolio_relations (
    id text primary key,
    version bigint not null,
    service_id text not null references portfolio_services (id),
    kind text not null check (kind in ('replaces', 'depends on', 'enables')),
    other_id text not null references portfolio_services (id),
    from_day text not null,
    to_day text,
    check (service_id <> other_id)
);
create index portfolio_relations_service on portfolio_relations (service_id);
create index portfolio_relations_other on portfolio_relations (other_id);
