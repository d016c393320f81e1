-- Imports: files, batches with what became of every line, profiles.

create table imports_files (
    digest text primary key,
    size bigint not null,
    content blob not null
);

create table imports_batches (
    id text primary key,
    version bigint not null,
    number bigint not null unique,
    kind text not null,
    file_name text not null,
    file_digest text not null references imports_files (digest),
    -- How the file is read, as a profile file; and the name of the saved one it came from.
    profile text not null,
    profile_name text,
    -- Whether every question that only a person can answer was answered.
    settled boolean not null,
    state text not null check (state in ('uploaded', 'checked', 'written', 'reverted')),
    lines bigint not null,
    new_lines bigint not null,
    known_lines bigint not null,
    changed_lines bigint not null,
    rejected_lines bigint not null,
    written_lines bigint not null,
    -- The file's total as read, minor units; null where there is none or it has several currencies.
    total bigint,
    currency text,
    control_total text,
    period text,
    -- SHA-256 over the contents of all lines written, in their order: a line changed later shows.
    digest text,
    -- The batch whose rejected lines this one brings in mended.
    mends text references imports_batches (id),
    uploaded_by text not null,
    uploaded_at text not null,
    written_by text,
    written_at text,
    reverted_by text,
    reverted_at text,
    reason text
);

-- The report of the last check, as JSON: what the check page shows.
create table imports_reports (
    batch bigint primary key references imports_batches (number),
    report text not null
);

-- One row per line written. It stands while its batch is written and no later line replaced it.
create table imports_rows (
    batch bigint not null references imports_batches (number),
    line bigint not null,
    -- Digest of the line's values, and the how-many-th equal line it is.
    content text not null,
    occurrence bigint not null,
    -- Digest of the values that name the line, where it has such.
    identity text,
    record text,
    -- Whether it changed a record that was there.
    changes boolean not null,
    replaces_batch bigint,
    replaces_line bigint,
    replaced_by bigint,
    primary key (batch, line)
);
create index imports_rows_content on imports_rows (content);
create index imports_rows_identity on imports_rows (identity);

create table imports_rejects (
    batch bigint not null references imports_batches (number),
    line bigint not null,
    -- The cells as they stand in the file, as a JSON list.
    cells text not null,
    reason text not null,
    amount bigint,
    currency text,
    state text not null check (state in ('open', 'mended', 'set aside')),
    mended_by bigint,
    primary key (batch, line)
);

create table imports_profiles (
    id text primary key,
    version bigint not null,
    name text not null unique,
    kind text not null,
    content text not null
);

-- The last batch number given.
create table imports_counter (
    id bigint primary key check (id = 1),
    last bigint not null
);
insert into imports_counter (id, last) values (1, 0);
