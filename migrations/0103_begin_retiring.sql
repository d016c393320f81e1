-- The day a service began to retire, kept once it is retired: a service never goes from operational to retired.
alter table portfolio_services add column retiring_from text;
