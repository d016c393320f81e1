-- How services share is stated by one person and approved by another, as a rule is; what was stated may be
-- stated anew for the same period while that is open. Rows of before have no number and no state: they hold as
-- they were stated.
create table charging_sharing_before (
    id text primary key,
    version bigint not null,
    method text not null,
    step_order text,
    effective_from text not null
);
insert into charging_sharing_before (id, version, method, step_order, effective_from)
    select id, version, method, step_order, effective_from from charging_sharing;
drop table charging_sharing;
create table charging_sharing (
    id text primary key,
    version bigint not null,
    method text not null check (method in ('direct', 'step-down', 'reciprocal')),
    -- Keys in order, separated by blanks: step-down only.
    step_order text,
    effective_from text not null,
    number bigint unique,
    state text check (state in ('submitted', 'approved')),
    author_id text,
    approved_by text,
    check (approved_by is null or approved_by <> author_id)
);
insert into charging_sharing (id, version, method, step_order, effective_from)
    select id, version, method, step_order, effective_from from charging_sharing_before;
drop table charging_sharing_before;
