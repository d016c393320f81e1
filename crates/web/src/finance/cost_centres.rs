//! Cost centres: which units of the organisation cost is booked to.

use access::{Action, Params};
use kernel::listing::{Asked, Filter, encode};
use kernel::{Period, Refused};
use parts::query::query;
use parts::{Fact, Field, Figure, HeadAction, ListPage, Markup, PageHead, Render, facts, html, summary_list};

use super::facts::offered;
use super::months;
use super::statements::total;
use crate::page::{Page, PageCx, text, version};
use crate::show::{happened_to, only};

/// Which units of the organisation is cost booked to?
pub(super) async fn list(page: &mut PageCx, _: &Params) -> Result<Page, Refused> {
    let listing = page.list_at("cost-centre list", &[]).await?;
    let add = HeadAction::link("Add a cost centre", "/money/cost-centres/new");
    let says = "There is no cost centre yet.";
    let (head, empty) = offered(page, Action::EditRules, add, "Which units is cost booked to?", says);
    let list = ListPage::new(&listing, "/money/cost-centres").empty(empty);
    Ok(Page { head: head.here("Cost centres"), body: ListPage { heading_hidden: true, ..list }.render() })
}

fn under_cost_centres(head: PageHead) -> PageHead {
    head.crumb("Money", "/money").crumb("Cost centres", "/money/cost-centres")
}

/// One cost centre, and what is booked to it.
pub(super) async fn show(page: &mut PageCx, params: &Params) -> Result<Page, Refused> {
    let key = params.get("key");
    let centre = page.record("cost-centre show", &[("key", key)]).await?;
    let period = months::asked(page).await?;
    let coded = encode(key);
    let mut head = under_cost_centres(PageHead::new(text(&centre, "name"))).here(key);
    if page.may(Action::EditRules) {
        head = head.action(HeadAction::link("Change", format!("/money/cost-centres/{coded}/edit")));
    }
    let past = happened_to(page, &[("cost centre", key)], 20).await?;
    let booked = booked(page, key, period).await?;
    let body = html! {
        (booked)
        (summary_list(&[("Code", html! { (key) })]))
        p .after-table {
            a href={ "/money/lines?period=" (period) "&cost_centre=" (coded) } { "Its ledger lines of " (period.label()) } " · "
            a href={ "/money/mapping?cost_centre=" (coded) } { "Mapping rules that ask for it" }
        }
        (past)
    };
    Ok(Page { head, body })
}

/// What cost is booked to it: in the month, and in the fiscal year up to it.
async fn booked(page: &mut PageCx, key: &str, period: Period) -> Result<Markup, Refused> {
    let calendar = page.cx.organisation.calendar;
    let first = calendar.first_of(calendar.year_of(period));
    let month = Asked { per: None, ..only(&[("kind", "cost"), ("cost_centre", key)]) };
    let mut year = month.clone();
    let span = [format!("period>={first}"), format!("period<={period}")];
    year.filters.extend(span.iter().filter_map(|text| Filter::parse(text)));
    let month = cost_of(page, &period.to_string(), month).await?;
    let year = cost_of(page, "all", year).await?;
    Ok(facts(&[Fact::new(period.label(), month), Fact::new("Year to date", year)]))
}

/// The total of these ledger lines; one row is read, since the total is of all.
async fn cost_of(page: &mut PageCx, period: &str, asked: Asked) -> Result<Figure, Refused> {
    let one = Asked { per: Some(1), ..asked.clone() };
    let listing = page.list_asked("line list", &[("period", period)], one).await?;
    let rows = query(&asked, &[("period".to_owned(), period.to_owned())]);
    Ok(Figure::sum(total(&listing, "amount"), "amount", format!("/money/lines{rows}")).spoken())
}

/// A new cost centre.
pub(super) async fn new(page: &mut PageCx, _: &Params) -> Result<Page, Refused> {
    let answers = &page.answers;
    let form = page
        .form("/money/cost-centres", None)
        .field(Field::short("key", "Code", 20).value(answers.or("key", "")))
        .field(Field::text("name", "Name").value(answers.or("name", "")))
        .submit("Add cost centre")
        .cancel("/money/cost-centres");
    let head = under_cost_centres(PageHead::new("Add a cost centre")).here("New");
    Ok(Page { head, body: form.render() })
}

/// Change a cost centre.
pub(super) async fn edit(page: &mut PageCx, params: &Params) -> Result<Page, Refused> {
    let key = params.get("key");
    let centre = page.record("cost-centre show", &[("key", key)]).await?;
    let at = format!("/money/cost-centres/{}", encode(key));
    let name = text(&centre, "name");
    let form = page
        .form(format!("{at}/edit"), version(&centre))
        .field(Field::text("name", "Name").value(page.answers.or("name", name)))
        .submit("Save")
        .cancel(at.clone());
    let head = under_cost_centres(PageHead::new(format!("Change {name}"))).crumb(key, at).here("Change");
    Ok(Page { head, body: page.merged(form, &[("Name", "name", name)]).render() })
}
