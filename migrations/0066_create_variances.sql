-- Charging: why a pool's actual differs from its budget, by one person, confirmed by another.

create table charging_variances (
    id text primary key,
    version bigint not null,
    period text not null,
    -- Key of a pool; “income”, or “unmapped” for cost without a pool.
    pool text not null,
    cause text not null check (cause in ('rate', 'price', 'volume', 'timing', 'one-off', 'other')),
    note text not null,
    -- The variance it explains, minor units: where the actual changed since, it is to be confirmed anew.
    amount bigint not null,
    state text not null check (state in ('proposed', 'confirmed')),
    proposed_by text not null,
    proposed_at text not null,
    confirmed_by text,
    confirmed_at text,
    unique (period, pool),
    check ((state = 'confirmed') = (confirmed_by is not null)),
    check (confirmed_by is null or confirmed_by <> proposed_by)
);
