-- Schedules: what is due on which day, asked for once whatever number of processes share the database.

create table app_schedule_runs (
    schedule text not null,
    due_on text not null,
    job_id text not null references app_jobs (id),
    primary key (schedule, due_on)
);

-- Each time something expired was removed: how many rows of each kind.
create table app_clearings (
    id text primary key,
    version bigint not null,
    cleared_at text not null,
    sessions bigint not null,
    invitations bigint not null,
    retries bigint not null,
    answers bigint not null
);
