//! The trial balance as pages, API and command line read it.

use access::{Cx, Params, View};
use db::{Bind, ListQuery, page_of};
use kernel::Refused;
use kernel::listing::{Asked, Column, Kind};

use super::repo::{Filter, read_filter, sql};
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
        caption: caption(&filter),
        columns: columns(),
        sql,
        binds,
        currency: cx.organisation.currency,
        order: "code",
    };
    Ok(View::List(page_of(&mut cx.tx, &list, asked).await?))
}

/// Of which months it is: a file has no page that says it. A sheet is named after it, in at most 31 letters.
fn caption(filter: &Filter) -> String {
    match (filter.from, filter.to) {
        (None, None) => "Trial balance".to_owned(),
        (None, Some(to)) => format!("Trial balance to {}", to.label()),
        (Some(from), None) => format!("Trial balance from {}", from.label()),
        (Some(from), Some(to)) if from == to => format!("Trial balance {}", from.label()),
        (Some(from), Some(to)) => format!("Trial balance {}–{}", from.label(), to.label()),
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_caption_names_the_months_in_no_more_than_a_sheets_name_holds() {
        let of = |from: Option<&str>, to: Option<&str>| {
            let month = |text: Option<&str>| text.map(|text| text.parse().unwrap());
            caption(&Filter { from: month(from), to: month(to), ..Filter::default() })
        };
        assert_eq!(of(None, Some("2026-10")), "Trial balance to Oct 2026");
        assert_eq!(of(Some("2026-09"), Some("2026-09")), "Trial balance Sep 2026");
        assert_eq!(of(Some("2026-07"), Some("2026-09")), "Trial balance Jul 2026–Sep 2026");
        assert_eq!(of(Some("2026-07"), Some("2026-09")).chars().count(), 31);
        assert_eq!(of(Some("2026-07"), None), "Trial balance from Jul 2026");
        assert_eq!(of(None, None), "Trial balance");
    }
}
