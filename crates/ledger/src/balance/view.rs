//! The trial balance as pages, API and command line read it.

use access::{Cx, Params, View};
use db::{Bind, ListQuery, page_of};
use kernel::listing::{Asked, Column, Kind};
use kernel::{Period, Refused};

use super::repo::{Filter, last_posted, read_filter, sql};
use crate::account::Class;

/// Every figure opens to its postings, with the same conditions.
const ROWS: &str = "/money/ledger/postings?account={code}&from={since}&to={until}&as_of={as_of}\
                    &cost_centre={cost_centre}&project={project}";
const ROWS_BEFORE: &str = "/money/ledger/postings?account={code}&before={since}&as_of={as_of}\
                           &cost_centre={cost_centre}&project={project}";
const ROWS_TO_END: &str = "/money/ledger/postings?account={code}&to={until}&as_of={as_of}\
                           &cost_centre={cost_centre}&project={project}";

/// The trial balance of a period, or of several; `*` in a hidden column stands for any.
pub async fn show(cx: &mut Cx, params: &Params, asked: &Asked) -> Result<View, Refused> {
    let filter = read_filter(params)?;
    let last = last_posted(&mut cx.tx, filter.as_of).await?;
    let (text, mut binds) = sql(&filter);
    let any = |value: Option<String>| value.unwrap_or_else(|| "*".to_owned());
    let echoed = [
        any(filter.from.map(|period| period.to_string())),
        any(filter.to.map(|period| period.to_string())),
        any(filter.as_of.map(|day| day.to_string())),
        any(filter.cost_centre.clone()),
        any(filter.project.clone()),
    ];
    let place = binds.len() + 1;
    binds.extend(echoed.map(Bind::from));
    let sql = format!(
        "select code, name, class, opening, movement, closing, cast(${} as text) as since, cast(${} as text) as until, \
         cast(${} as text) as as_of, cast(${} as text) as cost_centre, cast(${} as text) as project from ({text}) b",
        place,
        place + 1,
        place + 2,
        place + 3,
        place + 4
    );
    let list = ListQuery {
        name: "trial-balance",
        caption: format!("Trial balance {}", months(&filter, last)),
        columns: columns(),
        sql,
        binds,
        currency: cx.organisation.currency,
        order: "code",
    };
    Ok(View::List(page_of(&mut cx.tx, &list, asked).await?))
}

/// Which months it is of; where none is asked for, of all up to the last one posted in.
fn months(filter: &Filter, last: Option<Period>) -> String {
    match (filter.from, filter.to.or(last)) {
        (Some(from), Some(to)) if from == to => format!("of {}", from.label()),
        (Some(from), Some(to)) if from < to => format!("from {} to {}", from.label(), to.label()),
        (Some(from), _) => format!("from {} on", from.label()),
        (None, Some(to)) => format!("from the beginning to {}", to.label()),
        (None, None) => "from the beginning".to_owned(),
    }
}

fn columns() -> Vec<Column> {
    vec![
        Column::new("code", "Account", Kind::Code).linked("/money/ledger/accounts/{code}"),
        Column::new("name", "Name", Kind::Text),
        Column::new("class", "Class", Kind::State).of(Class::ALL.map(Class::word)),
        Column::new("opening", "Opening", Kind::Money).summed().linked(ROWS_BEFORE),
        Column::new("movement", "Movement", Kind::Money).summed().linked(ROWS),
        Column::new("closing", "Closing", Kind::Money).summed().linked(ROWS_TO_END),
        Column::new("since", "From", Kind::Text).hidden(),
        Column::new("until", "To", Kind::Text).hidden(),
        Column::new("as_of", "As of", Kind::Text).hidden(),
        Column::new("cost_centre", "Cost centre", Kind::Text).hidden(),
        Column::new("project", "Project", Kind::Text).hidden(),
    ]
}
