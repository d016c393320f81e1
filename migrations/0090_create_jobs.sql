-- Jobs: commands asked for now and done when their turn comes, by whichever process claims them.

create table app_jobs (
    id text primary key,
    version bigint not null,
    -- Name of the command in the registry.
    command text not null,
    -- Who asked. No row of people need have it: what the schedule asks for, nobody does.
    person_id text not null,
    via text not null check (via in ('session', 'token', 'command line', 'schedule')),
    state text not null check (state in ('asked', 'done', 'refused', 'failed', 'cancelled')),
    asked_at text not null,
    ended_at text,
    -- Why it was not done: the code of the refusal, or the reference of the fault in the log.
    code text,
    check ((state = 'asked') = (ended_at is null))
);
create index app_jobs_person on app_jobs (person_id, asked_at);

-- What a job needs to be run. Removed when it ends: nobody reads it, and a file is long.
create table app_job_work (
    job_id text primary key references app_jobs (id),
    -- The token it was asked with, which must still be good when it runs.
    token_id text references access_tokens (id),
    signed_in_at text,
    expected bigint,
    params text not null,
    body text not null
);

-- Who runs it, and until when nobody else may. There is a row from asking until the end, and no longer:
-- whoever can remove it in the transaction of the effect has the effect.
create table app_job_runs (
    job_id text primary key references app_jobs (id),
    owner text,
    lease_until text,
    attempts bigint not null,
    label text not null,
    done bigint not null,
    total bigint,
    unit text not null
);

-- What came of it, as JSON. Kept as long as answers for retries are.
create table app_job_answers (
    job_id text primary key references app_jobs (id),
    at text not null,
    answer text not null
);
