-- Finance: exchange rates. A rate is never changed: a newer batch supersedes it, an undone one is reverted.

create table finance_rates (
    id text primary key,
    batch_id text,
    -- One unit of `base` against `currency`: 'per base' = currency for 1 base (1.1106 USD per 1 EUR),
    -- 'base per' = base for 1 unit of currency (1.07 EUR per 1 USD).
    currency text not null,
    base text not null,
    quoted text not null check (quoted in ('per base', 'base per')),
    kind text not null check (kind in ('budget', 'transaction', 'average', 'closing')),
    -- A day for transaction rates, a period for the others.
    valid_for text not null,
    rate text not null,
    source text not null,
    superseded_by text,
    reverted boolean not null
);
create unique index finance_rates_live on finance_rates (currency, base, kind, valid_for)
    where not reverted and superseded_by is null;
create index finance_rates_batch on finance_rates (batch_id);
create index finance_rates_superseded on finance_rates (superseded_by) where superseded_by is not null;

create view finance_live_rates as select * from finance_rates where not reverted and superseded_by is null;
