-- The records a grant may be for, by the key people know them by. Access stands below both and reads only this.
create view access_scopes as
select 'customer' as kind, id, key, name from relationships_customers
union all
select 'service', id, key, name from portfolio_services;
