-- Grants that follow a name on a record, as its manager or owner. They end when somebody else is named there;
-- what an administrator gave does not.
create table access_grants_by_name (
    grant_id text primary key references access_grants (id)
);
