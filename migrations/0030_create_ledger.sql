-- Ledger: accounts, transactions and postings. Double entry, append-only: a correction is a reversal.

create table ledger_accounts (
    id text primary key,
    version bigint not null,
    code text not null unique,
    name text not null,
    class text not null check (class in ('cost', 'income', 'asset', 'balance'))
);

create table ledger_transactions (
    id text primary key,
    version bigint not null check (version = 1),
    number bigint not null unique,
    kind text not null,
    period text not null,
    day text not null,
    note text not null,
    source_kind text not null,
    source_id text not null,
    -- A reversal names what it reverses; one transaction is reversed at most once.
    reverses text unique references ledger_transactions (id),
    -- The period this one corrects, where it is not its own.
    corrects text,
    posted_by text not null,
    posted_at text not null,
    -- Of its postings: how many, the sum of the debits, SHA-256 over all of them. They stand in the
    -- history with the rest of the row, so a posting that is changed behind our back shows.
    postings bigint not null check (postings > 1),
    debit bigint not null check (debit >= 0),
    digest text not null
);
create index ledger_transactions_period on ledger_transactions (period, number);
create index ledger_transactions_source on ledger_transactions (source_kind, source_id);
-- append-only: ledger_transactions

create table ledger_postings (
    transaction_id text not null references ledger_transactions (id),
    line bigint not null,
    account_id text not null references ledger_accounts (id),
    cost_centre text,
    project text,
    -- Minor units of the reporting currency: debit positive, credit negative.
    amount bigint not null,
    original_amount bigint not null,
    original_currency text not null,
    -- How the one became the other, in words with source and date; null where both are one currency.
    rate text,
    primary key (transaction_id, line)
);
create index ledger_postings_account on ledger_postings (account_id, cost_centre);
-- append-only: ledger_postings

-- The last number given.
create table ledger_counter (
    id bigint primary key check (id = 1),
    last bigint not null
);
insert into ledger_counter (id, last) values (1, 0);
