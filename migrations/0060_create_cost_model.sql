-- Charging: how cost pools reach services and services reach customers, and the runs that did it.

-- One row per version of a rule, written by one person, approved by another, in force from a period on.
create table charging_rules (
    id text primary key,
    version bigint not null,
    number bigint not null,
    rule_version bigint not null,
    state text not null check (state in ('draft', 'submitted', 'approved')),
    name text not null,
    -- A pool sends to services (or, skipping a layer by name, to customers); a service to services it
    -- enables and to customers.
    sender_kind text not null check (sender_kind in ('pool', 'service')),
    sender text not null,
    method text not null check (method in ('even', 'fixed', 'proportional', 'driver', 'agreed quantity', 'central')),
    driver text,
    -- JSON: [{"to":"VOICE","weight":"1988"}]; for even and proportional without weights.
    receivers text,
    effective_from text not null,
    why text,
    author_id text not null,
    approved_by text,
    unique (number, rule_version),
    check (approved_by is null or approved_by <> author_id)
);
create index charging_rules_sender on charging_rules (sender_kind, sender, effective_from);

-- How services share among themselves: one row per version, in force from a period on.
create table charging_sharing (
    id text primary key,
    version bigint not null,
    method text not null check (method in ('direct', 'step-down', 'reciprocal')),
    -- Keys in order, separated by blanks: step-down only.
    step_order text,
    effective_from text not null unique
);

create table charging_runs (
    id text primary key,
    version bigint not null,
    period text not null,
    state text not null check (state in ('draft', 'final', 'reversed')),
    run_at text not null,
    run_by text not null,
    -- Digest of everything it started from: run again on the same, it is the same.
    inputs text not null,
    currency text not null,
    ledger_total bigint not null,
    allocated bigint not null,
    unallocated bigint not null,
    lines bigint not null,
    check (ledger_total = allocated + unallocated)
);
create unique index charging_runs_live on charging_runs (period) where state <> 'reversed';

-- Every amount that went from one sender to one receiver, by the pool it came from. Rows of a draft
-- are replaced whole by the next run; rows of a final run are never changed.
create table charging_shares (
    run_id text not null references charging_runs (id),
    seq bigint not null,
    stage text not null,
    origin text not null,
    -- Set where ledger lines named the service themselves.
    origin_service text,
    sender text not null,
    receiver text not null,
    receiver_kind text not null check (receiver_kind in ('service', 'object', 'customer')),
    rule text not null,
    method text not null,
    numerator text not null,
    denominator text not null,
    driver text,
    unit text,
    quantity bigint,
    -- Millionths as text: beyond 64 bits where a driver is large.
    quantity_total text,
    amount bigint not null,
    primary key (run_id, seq)
);
create index charging_shares_receiver on charging_shares (run_id, receiver, sender);
create index charging_shares_sender on charging_shares (run_id, sender);

create table charging_residuals (
    run_id text not null references charging_runs (id),
    seq bigint not null,
    stage text not null,
    origin text not null,
    node text not null,
    reason text not null,
    says text not null,
    amount bigint not null,
    primary key (run_id, seq)
);
