-- Finance: which lines belong to which cost pool. One row per version of a rule, written by one person,
-- approved by another, in force from a period on. The first rule by priority that fits a line wins.

create table finance_mapping_rules (
    id text primary key,
    version bigint not null,
    number bigint not null,
    rule_version bigint not null,
    state text not null check (state in ('draft', 'submitted', 'approved')),
    priority bigint not null,
    -- Conditions: null is any. Codes may end in * for all that start so.
    account text,
    cost_centre text,
    cost_element text,
    supplier text,
    description_prefix text,
    service_present boolean,
    -- Null ends the rule from that period on.
    pool_key text references finance_pools (key),
    effective_from text not null,
    author_id text not null,
    approved_by text,
    unique (number, rule_version),
    check (approved_by is null or approved_by <> author_id)
);
