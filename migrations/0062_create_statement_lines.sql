-- Charging: lines of statements.

create table charging_statement_lines (
    id text primary key,
    statement_id text not null references charging_statements (id),
    customer_id text not null references relationships_customers (id),
    period text not null,
    -- Null: cost that pools send to the customer directly, past any service.
    service_key text,
    -- Null: the customer takes no offering of the service, its cost reached them all the same.
    offering_key text,
    -- The allocation rule's version behind its cost (R-14 v3), and the price version behind its amount.
    rule text,
    price_number text,
    model text not null check (model in ('at cost', 'fixed', 'not charged')),
    -- The service was taken over incomplete: it carries cost, is charged to nobody, shown to no customer.
    incomplete boolean not null,
    settlement text not null check (settlement in ('memo', 'recharge')),
    -- Millionths; null where nothing was counted.
    quantity bigint,
    unit text,
    -- At cost it follows from the amount, to four decimals; else the price.
    unit_price text,
    amount bigint not null,
    cost bigint not null,
    -- By what the cost of a service is split over the offerings a customer takes of it.
    weight bigint not null,
    -- It stands for a line of the month before that is no more.
    gone boolean not null,
    -- Why it differs from the month before; they add up. Null where that month had no statements.
    by_volume bigint,
    by_price bigint,
    by_cost bigint,
    by_rule bigint,
    by_new bigint,
    by_gone bigint,
    check (model = 'fixed' or price_number is null),
    check (model <> 'not charged' or (amount = 0 and settlement = 'memo')),
    check (not incomplete or model = 'not charged')
);
create index charging_statement_lines_statement on charging_statement_lines (statement_id);
create index charging_statement_lines_period on charging_statement_lines (period, service_key);
