-- Finance: the months money is counted in, cost pools, cost centres.

create table finance_periods (
    id text primary key,
    version bigint not null,
    period text not null unique,
    fiscal_year bigint not null,
    state text not null check (state in ('future', 'open', 'in review', 'soft-closed', 'closed')),
    -- The accounts of its year are signed: nothing of that year is ever re-opened.
    locked boolean not null,
    check (not locked or state = 'closed')
);

create table finance_pools (
    id text primary key,
    version bigint not null,
    key text not null unique,
    name text not null,
    spend text not null check (spend in ('operating', 'capital')),
    behaviour text not null check (behaviour in ('fixed', 'variable')),
    purpose text check (purpose in ('run', 'grow', 'transform'))
);

create table finance_cost_centres (
    id text primary key,
    version bigint not null,
    key text not null unique,
    name text not null
);
