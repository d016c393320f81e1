-- Portfolio: offerings with their service level targets, and price versions.

create table portfolio_offerings (
    id text primary key,
    version bigint not null,
    key text not null unique,
    service_id text not null references portfolio_services (id),
    name text not null,
    unit text not null,
    charging text not null check (charging in ('at cost', 'fixed', 'not charged')),
    source_key text
);
create index portfolio_offerings_service on portfolio_offerings (service_id);

create table portfolio_targets (
    id text primary key,
    version bigint not null,
    offering_id text not null references portfolio_offerings (id),
    measure text not null,
    level text not null,
    unit text,
    value text,
    unique (offering_id, measure)
);

create table portfolio_prices (
    id text primary key,
    version bigint not null,
    number text not null unique,
    offering_id text not null references portfolio_offerings (id),
    state text not null check (state in ('draft', 'submitted', 'approved', 'superseded')),
    per_unit text not null,
    currency text not null,
    from_day text not null,
    -- Everybody who wrote it, separated by blanks: none of them may approve it.
    editors text not null,
    approved_by text references access_people (id),
    approved_at text
);
create index portfolio_prices_offering on portfolio_prices (offering_id, from_day);
-- The price of a day is one.
create unique index portfolio_prices_in_force on portfolio_prices (offering_id, from_day) where state = 'approved';
