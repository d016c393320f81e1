-- What moved on each account in each month, per cost centre and project: sums of ledger_postings, kept with
-- every posting, so that a trial balance does not read them all. Empty text where a posting names none.
create table ledger_sums (
    account_id text not null references ledger_accounts (id),
    period text not null,
    cost_centre text not null,
    project text not null,
    amount bigint not null,
    primary key (account_id, period, cost_centre, project)
);

insert into ledger_sums (account_id, period, cost_centre, project, amount)
select p.account_id, t.period, coalesce(p.cost_centre, ''), coalesce(p.project, ''), cast(sum(p.amount) as bigint)
from ledger_postings p join ledger_transactions t on t.id = p.transaction_id
group by p.account_id, t.period, coalesce(p.cost_centre, ''), coalesce(p.project, '');

-- Lists compare texts without case.
create index finance_lines_supplier on finance_lines (lower(supplier));
