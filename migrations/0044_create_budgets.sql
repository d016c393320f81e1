-- Finance: budget versions and their amounts.

create table finance_budgets (
    id text primary key,
    version bigint not null,
    -- 2027-original, 2027-forecast-1.
    key text not null unique,
    fiscal_year bigint not null,
    -- original, revised, forecast 1, forecast 2 …
    name text not null,
    state text not null check (state in ('draft', 'submitted', 'approved')),
    author_id text not null,
    submitted_by text,
    approved_by text,
    check (approved_by is null or (approved_by <> author_id and approved_by <> submitted_by))
);

-- By pool, or by cost centre and cost element; the mapping gives the latter their pool.
create table finance_budget_amounts (
    id text primary key,
    budget_id text not null references finance_budgets (id),
    batch_id text not null,
    file_line bigint,
    -- Who entered it: may not approve the version.
    raised_by text not null,
    period text not null,
    kind text not null check (kind in ('cost', 'income')),
    pool_key text,
    cost_centre text,
    cost_element text,
    mapping_rule text,
    -- Minor units of the reporting currency: more cost and more income both positive.
    amount bigint not null,
    superseded_by text,
    reverted boolean not null,
    check (kind = 'income' or pool_key is not null or cost_centre is not null or cost_element is not null)
);
create index finance_budget_amounts_budget on finance_budget_amounts (budget_id, period, pool_key);
create index finance_budget_amounts_batch on finance_budget_amounts (batch_id);
create index finance_budget_amounts_superseded on finance_budget_amounts (superseded_by) where superseded_by is not null;

create view finance_live_budget_amounts as
    select * from finance_budget_amounts where not reverted and superseded_by is null;
