-- Portfolio: baseline promises and what was measured where the ledger does not say it.

create table portfolio_promises (
    id text primary key,
    version bigint not null,
    number text not null unique,
    service_id text not null references portfolio_services (id),
    origin text not null check (origin in ('take-over')),
    name text not null,
    measure text not null check (measure in ('unit cost', 'yearly cost', 'project cost', 'service level', 'date')),
    source text not null check (source in ('cost of service', 'imported cost', 'imported level', 'milestone')),
    -- FY26, 2026-09, 2026-12-31, or “monthly from 2025-10”.
    due text not null,
    -- The last day of what is promised; none where every month is its own.
    due_on text,
    unit text,
    currency text,
    direction text not null check (direction in ('lower', 'higher', 'date')),
    -- A decimal, or a day where direction is date.
    promised text not null,
    -- Shares (0.02) of the promised value, or whole months where direction is date.
    watch text not null,
    off_track text not null,
    state text not null check (state in ('active', 'withdrawn')),
    source_key text
);
create index portfolio_promises_service on portfolio_promises (service_id);
create unique index portfolio_promises_source on portfolio_promises (service_id, source_key) where source_key is not null;

create table portfolio_measurements (
    id text primary key,
    version bigint not null,
    promise_id text not null references portfolio_promises (id),
    -- The month or day it is about: 2026-09 or 2026-09-30, and its last day.
    about text not null,
    about_day text not null,
    basis text not null check (basis in ('actual', 'expected')),
    value text not null,
    -- How it stands against the promise, before it is due.
    standing text not null check (standing in ('on track', 'watch', 'off track')),
    -- Days late or early for a date; else adverse share of the promised value.
    slip_days bigint,
    adverse text,
    source text not null,
    unique (promise_id, about_day)
);
