-- What may be set for the whole organisation after it was founded: one row, once somebody set something.
create table access_settings (
    id text primary key,
    version bigint not null,
    -- The time zone whose days and months hold where a source writes moments; UTC where none is set.
    zone text,
    -- Whether customers also see total quantity and cost of a service with three or more customers.
    open_book boolean not null
);
