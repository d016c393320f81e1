-- Usage: cloud bills as they were read, and how each comes together with the ledger lines it explains. A bill never
-- adds to cost: it says how the cost of its ledger lines is shared over services.

create table usage_bills (
    id text primary key,
    version bigint not null,
    number bigint not null unique,
    supplier text not null,
    -- The month it is of, and the month it counts in: another one where its own was closed before it came.
    belongs text not null,
    lands text not null,
    -- The how-many-th of its supplier and month.
    edition bigint not null,
    state text not null check (state in ('live', 'replaced', 'reverted')),
    basis text not null check (basis in ('billed', 'effective')),
    unmatched text not null check (unmatched in ('spread', 'keep')),
    rows_read bigint not null,
    first_day text not null,
    last_day text not null,
    -- Exact, in its own currency; the same rounded once to its minor unit.
    total text not null,
    currency text not null,
    invoiced bigint not null,
    -- In minor units of the reporting currency, with how it came there; and the part of it that counts in `lands`.
    amount bigint not null,
    rate text,
    rate_source text,
    counted bigint not null,
    -- JSON: which column stood for what; rows refused with reasons; the rules, whole.
    columns_found text not null,
    refused text not null,
    rules text not null,
    rules_digest text not null,
    -- SHA-256 over everything its sums come from and over the sums: the same bill is known again.
    digest text not null,
    replaced_by text,
    imported_by text not null,
    imported_at text not null,
    reverted_by text,
    reverted_at text,
    reason text,
    check ((state = 'replaced') = (replaced_by is not null))
);
create unique index usage_bills_live on usage_bills (supplier, belongs, lands) where state = 'live';
create index usage_bills_lands on usage_bills (lands, supplier);

create table usage_bill_files (
    bill_id text not null references usage_bills (id),
    line bigint not null,
    name text not null,
    digest text not null,
    rows_read bigint not null,
    primary key (bill_id, line)
);
create index usage_bill_files_digest on usage_bill_files (digest);

-- A bill by service; the service is empty for what no rule matched.
create table usage_bill_services (
    bill_id text not null references usage_bills (id),
    service text not null,
    total text not null,
    rows_read bigint not null,
    amount bigint not null,
    counted bigint not null,
    primary key (bill_id, service)
);

-- Per month and supplier: which ledger lines its bill explains, and what else stands between the two.
create table usage_reconciliations (
    id text primary key,
    version bigint not null,
    supplier text not null,
    period text not null,
    -- Lines that carry all of these; at least one is said.
    ledger_supplier text,
    account text,
    cost_centre text,
    tax bigint not null,
    credits bigint not null,
    accrual bigint not null,
    note text,
    unique (supplier, period),
    check (coalesce(ledger_supplier, account, cost_centre) is not null)
);

create table usage_counter (
    id bigint primary key check (id = 1),
    last bigint not null
);
insert into usage_counter (id, last) values (1, 0);

-- The ledger lines that bills explain. A line that two suppliers claim is the first one's, so that it counts once.
create view usage_explained_lines as
select l.id as line_id, l.period, min(r.supplier) as supplier
from usage_reconciliations r
join finance_live_lines l on l.period = r.period and l.kind = 'cost'
    and (r.ledger_supplier is null or l.supplier = r.ledger_supplier)
    and (r.account is null or l.account_code = r.account)
    and (r.cost_centre is null or l.cost_centre = r.cost_centre)
where exists (select 1 from usage_bills b where b.supplier = r.supplier and b.lands = r.period and b.state = 'live')
group by l.id, l.period;

-- The same, for the context of the lines, which is below.
create view finance_line_bills as select line_id, supplier from usage_explained_lines;
