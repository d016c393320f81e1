-- Charging: what a customer is charged per period. One statement per customer and period; its lines are
-- replaced whole until it is issued, never after.

create table charging_counters (
    name text primary key,
    last bigint not null
);
insert into charging_counters (name, last) values ('statement', 0);

create table charging_statements (
    id text primary key,
    version bigint not null,
    -- STM-7.
    number text not null unique,
    period text not null,
    customer_id text not null references relationships_customers (id),
    state text not null check (state in ('draft', 'issued', 'accepted')),
    currency text not null,
    -- Sum of its lines, minor units; and of the month before: null where that month had no statements.
    total bigint not null,
    previous_total bigint,
    -- How many lines, and SHA-256 over all of them: they have no history of their own.
    lines bigint not null,
    digest text not null,
    issued_by text references access_people (id),
    issued_at text,
    -- The last day of the window: after it, it is accepted by lapse of time.
    accept_by text,
    accepted_by text references access_people (id),
    accepted_at text,
    -- Nobody said yes; the window passed.
    lapsed boolean not null,
    note text,
    unique (period, customer_id),
    check ((state = 'draft') = (issued_at is null)),
    check ((state = 'accepted') = (accepted_at is not null)),
    check (not lapsed or (state = 'accepted' and accepted_by is null))
);
create index charging_statements_customer on charging_statements (customer_id, period);
