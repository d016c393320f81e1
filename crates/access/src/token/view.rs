//! One's own tokens; all of them for an administrator.

use db::{Bind, ListQuery, page_of};
use kernel::Refused;
use kernel::listing::{Asked, Column, Kind};

use crate::{Action, Cx, Params, Reach, View};

/// Tokens without their secrets, which nobody has.
pub async fn list(cx: &mut Cx, _: &Params, asked: &Asked) -> Result<View, Refused> {
    let own = cx.who.reach(Action::Administer) != Reach::All;
    let list = ListQuery {
        name: "token",
        caption: "API tokens".into(),
        columns: vec![
            Column::new("name", "For", Kind::Text),
            Column::new("username", "Person", Kind::Code),
            Column::new("may", "May", Kind::Text).of(["read", "all"]),
            Column::new("expires_at", "Good until", Kind::Time),
            Column::new("revoked_at", "Revoked", Kind::Time),
            Column::new("id", "Id", Kind::Code).hidden(),
        ],
        sql: format!(
            "select t.id, t.name, p.username, case when t.reading_only then 'read' else 'all' end as may, \
             t.expires_at, t.revoked_at from access_tokens t join access_people p on p.id = t.person_id \
             where {}",
            if own { "t.person_id = $1" } else { "t.person_id is not null or $1 = ''" }
        ),
        binds: vec![Bind::from(cx.person())],
        currency: cx.organisation.currency,
        order: "expires_at, id",
    };
    Ok(View::List(page_of(&mut cx.tx, &list, asked).await?))
}
