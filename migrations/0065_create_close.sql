-- Charging: the close of a period. The steps themselves are computed from the facts whenever they are
-- read; here stands only what people said.

-- How much is to be explained, and whether that blocks. No row: the defaults of the code.
create table charging_policy (
    id text primary key,
    version bigint not null,
    -- Minor units of the reporting currency, and a share of the budget (0.02): both must be reached.
    variance_amount bigint not null check (variance_amount >= 0),
    variance_share text not null,
    variances_block boolean not null,
    set_by text not null
);

create table charging_closes (
    id text primary key,
    version bigint not null,
    period text not null unique,
    -- Why there is no detail (bill, payroll, asset file) to reconcile.
    no_detail text,
    no_detail_by text,
    no_detail_at text,
    -- The digest of the inputs of the run that was signed: another digest, and the signature is void.
    signed_inputs text,
    signed_by text,
    signed_at text,
    closed_by text,
    closed_at text,
    reopen_why text,
    reopen_by text,
    reopen_at text,
    check ((signed_inputs is null) = (signed_by is null)),
    check ((closed_by is null) = (closed_at is null))
);

-- Rejected lines a period is closed without, by batch and with their amount.
create table charging_close_exceptions (
    id text primary key,
    version bigint not null,
    period text not null,
    batch text not null,
    -- What was open when it was recorded: 4 lines, €1,234.00. More rejects, and it no longer covers them.
    about text not null,
    amount bigint not null,
    reason text not null,
    recorded_by text not null,
    recorded_at text not null,
    unique (period, batch)
);
