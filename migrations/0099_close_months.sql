-- The months that are closed, for the contexts below money: what was charged in them stays as it was charged.
create view portfolio_closed_months as
select period from finance_periods where state in ('soft-closed', 'closed');
