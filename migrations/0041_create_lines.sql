-- Finance: the lines of the general ledger as they came, one row per line of a file. Amounts are never
-- changed: a line that another batch changes is superseded (in a closed period it stays, and a reversal
-- stands in the open one); the lines of an undone batch stay with `reverted` set.
-- Read them through finance_live_lines; their sum is the ledger total.

create table finance_lines (
    id text primary key,
    batch_id text not null,
    -- Null for a line that no file holds: exchange rounding.
    file_line bigint,
    origin text not null check (origin in ('file', 'reversal', 'exchange rounding')),
    -- The period it is counted in, and the closed one it belongs to where it came late.
    period text not null,
    corrects text,
    posted_on text not null,
    period_assumed boolean not null,
    -- Balance: lines of a whole ledger that are neither; kept so that every row of a file is accounted for.
    kind text not null check (kind in ('cost', 'income', 'asset', 'balance')),
    account_code text not null,
    cost_centre text,
    cost_element text,
    supplier text,
    document text,
    document_line text,
    description text,
    service_key text,
    customer_key text,
    estimate boolean not null,
    -- As the source wrote it, in minor units of its own currency.
    original bigint not null,
    original_currency text not null,
    -- How it was converted here; null where the source converted it or there was nothing to convert.
    rate text,
    rate_kind text,
    rate_source text,
    -- In minor units of the reporting currency. Both amounts: debit positive, credit negative, whatever the kind.
    amount bigint not null,
    -- Where the mapping puts it; rewritten only while the period is open or in review.
    pool_key text,
    mapping_rule text,
    -- The line a reversal takes back; the batch whose line took the place of this one.
    reverses text,
    superseded_by text,
    reverted boolean not null
);
-- Holds every column that totals ask for, so that half a million lines are summed from the index alone.
create index finance_lines_sums on finance_lines
    (period, kind, pool_key, service_key, account_code, cost_element, amount, reverted, superseded_by);
create index finance_lines_posted on finance_lines (period, posted_on, id);
create index finance_lines_batch on finance_lines (batch_id, file_line);
create index finance_lines_superseded on finance_lines (superseded_by) where superseded_by is not null;

create view finance_live_lines as select * from finance_lines where not reverted and superseded_by is null;
