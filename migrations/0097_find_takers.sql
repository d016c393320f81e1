-- The takers of one service or one customer are found by the indexes of the agreements: a window over all
-- quantities had to be reckoned whole before any row was chosen.
drop view portfolio_takers;

create view portfolio_takers as
select a.id as agreement_id, a.number, a.customer_id, c.key as customer_key, c.name as customer_name,
    o.service_id, a.offering_id, o.key as offering_key, o.unit, a.from_day, a.to_day, q.quantity,
    q.from_day as quantity_from,
    (select min(later.from_day) from relationships_agreement_quantities later
        where later.agreement_id = q.agreement_id and later.from_day > q.from_day) as next_from
from relationships_agreements a
join relationships_customers c on c.id = a.customer_id
join portfolio_offerings o on o.id = a.offering_id
join relationships_agreement_quantities q on q.agreement_id = a.id;
