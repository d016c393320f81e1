-- Finance: cost objects.

-- What carries cost and is no service in the catalogue yet: its cost is kept central, by name.
create table finance_objects (
    id text primary key,
    version bigint not null,
    key text not null unique,
    name text not null
);
