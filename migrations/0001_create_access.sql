-- Access: the organisation, people and how they come in, the history and the idempotency of requests.
-- Written once for both engines (see db/src/migrate.rs).

create table access_organisation (
    id bigint primary key check (id = 1),
    name text not null,
    currency text not null,
    first_month bigint not null check (first_month between 1 and 12),
    open_book boolean not null,
    -- The demo's own clock: what it showed, and the machine's time then.
    demo_story_at text,
    demo_loaded_at text
);

create table access_people (
    id text primary key,
    version bigint not null,
    username text not null unique,
    name text not null,
    email text,
    state text not null check (state in ('invited', 'active', 'disabled')),
    password_hash text
);

create table access_grants (
    id text primary key,
    version bigint not null,
    person_id text not null references access_people (id),
    role text not null,
    scope_kind text not null check (scope_kind in ('organisation', 'customer', 'service')),
    scope_id text,
    state text not null check (state in ('asked', 'active', 'ended')),
    granted_by text not null,
    confirmed_by text,
    check (granted_by <> person_id),
    check (confirmed_by is null or confirmed_by <> person_id)
);
create index access_grants_person on access_grants (person_id);

create table access_sessions (
    id text primary key,
    token_digest text not null unique,
    person_id text not null references access_people (id),
    form_token text not null,
    signed_in_at text not null,
    seen_at text not null,
    expires_at text not null
);

create table access_invitations (
    token_digest text primary key,
    person_id text not null references access_people (id),
    expires_at text not null,
    used_at text
);

create table access_tokens (
    id text primary key,
    version bigint not null,
    person_id text not null references access_people (id),
    name text not null,
    token_digest text not null unique,
    reading_only boolean not null,
    expires_at text not null,
    revoked_at text
);

create table access_history (
    seq bigint primary key,
    at text not null,
    person_id text not null,
    via text not null,
    noun text not null,
    record_id text not null,
    record_key text not null,
    action text not null,
    why text,
    customer_id text,
    changes text not null,
    state_digest text not null,
    previous text not null,
    digest text not null
);
create index access_history_record on access_history (noun, record_id, seq);
-- append-only: access_history

create table access_history_head (
    id bigint primary key check (id = 1),
    seq bigint not null,
    digest text not null
);
insert into access_history_head (id, seq, digest) values (1, 0, '');

-- Values of personal fields, apart from the chain so that they can be erased.
create table access_personal_values (
    reference text primary key,
    value text not null
);

create table access_idempotency (
    person_id text not null,
    key text not null,
    request_digest text not null,
    response text,
    claimed_at text not null,
    primary key (person_id, key)
);

-- Addresses that moved redirect for ever.
create table access_moved (
    old_path text primary key,
    new_path text not null
);

-- Things to tell others about, written with what they tell.
create table access_outbox (
    id text primary key,
    at text not null,
    topic text not null,
    body text not null,
    sent_at text
);
