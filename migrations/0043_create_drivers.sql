-- Finance: drivers and their quantities per period and receiver.

create table finance_drivers (
    id text primary key,
    version bigint not null,
    key text not null unique,
    name text not null,
    unit text not null,
    source text not null
);

-- Receiver: a service, a customer, or a customer of a service where both are given.
create table finance_driver_quantities (
    id text primary key,
    batch_id text not null,
    file_line bigint,
    driver_key text not null references finance_drivers (key),
    period text not null,
    service_key text,
    customer_key text,
    -- Millionths of the driver's unit.
    quantity bigint not null,
    superseded_by text,
    reverted boolean not null,
    check (service_key is not null or customer_key is not null)
);
create unique index finance_driver_quantities_live
    on finance_driver_quantities (driver_key, period, coalesce(service_key, ''), coalesce(customer_key, ''))
    where not reverted and superseded_by is null;
create index finance_driver_quantities_batch on finance_driver_quantities (batch_id);
create index finance_driver_quantities_superseded on finance_driver_quantities (superseded_by) where superseded_by is not null;

create view finance_live_quantities as
    select * from finance_driver_quantities where not reverted and superseded_by is null;
