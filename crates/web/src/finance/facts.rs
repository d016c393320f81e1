//! Facts the cost model stands on: pools, drivers and their quantities, rates.

use access::{Action, Params};
use kernel::Refused;
use parts::{
    Choice, Empty, Field, FilterControl, Form, HeadAction, ListPage, PageHead, Render, html, summary_list,
};

use super::months;
use crate::filters;
use crate::page::{Page, PageCx, text, version};
use crate::show::{happened_to, sentence};

/// Into which pools does cost fall?
pub(super) async fn pools(page: &mut PageCx, _: &Params) -> Result<Page, Refused> {
    let listing = page.list_at("pool list", &[]).await?;
    let add = HeadAction::link("Add a cost pool", "/money/pools/new");
    let says = "There is no cost pool yet: pools are the first layer of the cost model.";
    let (head, empty) = offered(page, Action::EditRules, add, "Into which pools does cost fall?", says);
    let list = ListPage { heading_hidden: true, ..ListPage::new(&listing, "/money/pools").empty(empty) };
    Ok(Page { head: head.here("Cost pools"), body: list.render() })
}

/// A head and an empty state that offer the same action to who may.
pub(super) fn offered(
    page: &PageCx,
    may: Action,
    add: HeadAction,
    asks: &str,
    says: &str,
) -> (PageHead, Empty) {
    let (mut head, mut empty) = (PageHead::new(asks).crumb("Money", "/money"), Empty::new(says));
    if page.may(may) {
        empty = empty.action(add.clone());
        head = head.action(add.primary());
    }
    (head, empty)
}

/// One cost pool and what it holds this month.
pub(super) async fn pool(page: &mut PageCx, params: &Params) -> Result<Page, Refused> {
    let key = params.get("key");
    let pool = page.record("pool show", &[("key", key)]).await?;
    let period = months::asked(page).await?;
    let mut head =
        PageHead::new(text(&pool, "name")).crumb("Money", "/money").crumb("Cost pools", "/money/pools");
    head = head.here(key);
    if page.may(Action::EditRules) {
        head = head.action(HeadAction::link("Change", format!("/money/pools/{key}/edit")));
    }
    let purpose = match text(&pool, "purpose") {
        "" => "not said",
        word => word,
    };
    let rows = [
        ("Key", html! { (key) }),
        ("Spend", html! { (text(&pool, "spend")) }),
        ("Behaviour", html! { (text(&pool, "behaviour")) }),
        ("Purpose", html! { (purpose) }),
    ];
    let lines = format!("/money/lines?period={period}&kind=cost&pool={key}");
    let past = happened_to(page, &[("pool", key)], 20).await?;
    let body = html! {
        (summary_list(&rows))
        p .after-table { a href=(lines) { "Its ledger lines of " (period.label()) } " · "
            a href={ "/money/mapping?pool=" (key) } { "Mapping rules into it" } " · "
            a href={ "/money/rules?sender=" (key) } { "Rules that share it" } }
        (past)
    };
    Ok(Page { head, body })
}

/// A new cost pool.
pub(super) async fn new_pool(page: &mut PageCx, _: &Params) -> Result<Page, Refused> {
    let form = page.form("/money/pools", None).field(key_field(page));
    let form =
        pool_questions(page, form, &serde_json::Value::Null).submit("Add cost pool").cancel("/money/pools");
    let head = PageHead::new("Add a cost pool").crumb("Money", "/money").crumb("Cost pools", "/money/pools");
    Ok(Page { head: head.here("New"), body: form.render() })
}

fn key_field(page: &PageCx) -> Field {
    let key = Field::short("key", "Key", 12).hint("2 to 12 capital letters and digits. It never changes.");
    key.value(page.answers.or("key", ""))
}

/// Change a cost pool.
pub(super) async fn edit_pool(page: &mut PageCx, params: &Params) -> Result<Page, Refused> {
    let key = params.get("key");
    let pool = page.record("pool show", &[("key", key)]).await?;
    let at = format!("/money/pools/{key}");
    let form = page.form(format!("{at}/edit"), version(&pool));
    let form = pool_questions(page, form, &pool).submit("Save").cancel(at.clone());
    let head = PageHead::new(format!("Change {}", text(&pool, "name"))).crumb("Money", "/money");
    let head = head.crumb("Cost pools", "/money/pools").crumb(key, at).here("Change");
    let stored = [("Name", "name"), ("Spend", "spend"), ("Behaviour", "behaviour"), ("Purpose", "purpose")]
        .map(|(label, name)| (label, name, text(&pool, name)));
    Ok(Page { head, body: page.merged(form, &stored).render() })
}

fn pool_questions(page: &PageCx, form: Form, pool: &serde_json::Value) -> Form {
    let spend = words(&["operating", "capital"]);
    let behaviour = words(&["fixed", "variable"]);
    let purpose = words(&["run", "grow", "transform"]);
    let stored = |name: &str| page.answers.or(name, text(pool, name)).to_owned();
    form.field(Field::text("name", "Name").value(stored("name")))
        .field(Field::radios("spend", "Spend", spend).value(stored("spend")))
        .field(Field::radios("behaviour", "Behaviour", behaviour).value(stored("behaviour")))
        .field(Field::radios("purpose", "Purpose", purpose).optional().value(stored("purpose")))
}

fn words(words: &[&str]) -> Vec<Choice> {
    words.iter().map(|word| Choice::new(*word, sentence(word))).collect()
}

/// By what is cost shared?
pub(super) async fn drivers(page: &mut PageCx, _: &Params) -> Result<Page, Refused> {
    let listing = page.list_at("driver list", &[]).await?;
    let add = HeadAction::link("Add a driver", "/money/drivers/new");
    let says = "There is no driver yet: a driver is the measured quantity by which a cost is shared.";
    let (head, empty) = offered(page, Action::ImportMoney, add, "By which quantities is cost shared?", says);
    let list = ListPage { heading_hidden: true, ..ListPage::new(&listing, "/money/drivers").empty(empty) };
    Ok(Page { head: head.here("Drivers"), body: list.render() })
}

/// One driver with its quantities of the month.
pub(super) async fn driver(page: &mut PageCx, params: &Params) -> Result<Page, Refused> {
    let key = params.get("key");
    let driver = page.record("driver show", &[("key", key)]).await?;
    let period = months::asked(page).await?;
    let mut asked = kernel::listing::Asked { page: 1, ..Default::default() };
    asked.filters.extend(kernel::listing::Filter::parse(&format!("period={period}")));
    let listing = page.list_asked("quantity list", &[("driver", key)], asked).await?;
    let mut head =
        PageHead::new(text(&driver, "name")).crumb("Money", "/money").crumb("Drivers", "/money/drivers");
    head = head.here(key);
    if page.may(Action::ImportMoney) {
        head = head.action(HeadAction::link("Change", format!("/money/drivers/{key}/edit")));
    }
    let rows = [
        ("Key", html! { (key) }),
        ("Unit", html! { (text(&driver, "unit")) }),
        ("Source", html! { (text(&driver, "source")) }),
    ];
    let mut empty = Empty::new(format!("It has no quantity for {}.", period.label()));
    if page.may(Action::ImportMoney) {
        empty = empty.action(HeadAction::link("Import quantities", "/records/batches/new?kind=drivers"));
    }
    let unfiltered = kernel::listing::Asked { page: 1, ..Default::default() };
    let listing = kernel::listing::Listing {
        asked: unfiltered,
        caption: format!("Quantities of {}", period.label()),
        ..listing
    };
    let list = ListPage::new(&listing, "/money/quantities").rows_named("quantity", "quantities");
    let list = list.keep("driver", key).keep("period", period.to_string()).empty(empty);
    let told = [("driver", key)];
    Ok(Page {
        head,
        body: html! { section { (summary_list(&rows)) } (list) (happened_to(page, &told, 20).await?) },
    })
}

/// A new driver.
pub(super) async fn new_driver(page: &mut PageCx, _: &Params) -> Result<Page, Refused> {
    let form = page.form("/money/drivers", None).field(key_field(page));
    let unit = Field::short("unit", "Unit", 20).hint("What is counted: seats, GB, hours. It never changes.");
    let form =
        driver_questions(page, form, &serde_json::Value::Null).field(unit.value(page.answers.or("unit", "")));
    let form = form.submit("Add driver").cancel("/money/drivers");
    let head =
        PageHead::new("Add a driver").crumb("Money", "/money").crumb("Drivers", "/money/drivers").here("New");
    Ok(Page { head, body: form.render() })
}

/// Change a driver.
pub(super) async fn edit_driver(page: &mut PageCx, params: &Params) -> Result<Page, Refused> {
    let key = params.get("key");
    let driver = page.record("driver show", &[("key", key)]).await?;
    let at = format!("/money/drivers/{key}");
    let form = page.form(format!("{at}/edit"), version(&driver));
    let form = driver_questions(page, form, &driver).submit("Save").cancel(at.clone());
    let head = PageHead::new(format!("Change {}", text(&driver, "name"))).crumb("Money", "/money");
    let head = head.crumb("Drivers", "/money/drivers").crumb(key, at).here("Change");
    let stored =
        [("Name", "name"), ("Source", "source")].map(|(label, name)| (label, name, text(&driver, name)));
    Ok(Page { head, body: page.merged(form, &stored).render() })
}

fn driver_questions(page: &PageCx, form: Form, driver: &serde_json::Value) -> Form {
    let stored = |name: &str| page.answers.or(name, text(driver, name)).to_owned();
    let source =
        Field::text("source", "Source").hint("Where its quantities come from: HR headcount, monitoring.");
    form.field(Field::text("name", "Name").value(stored("name"))).field(source.value(stored("source")))
}

/// Quantities of drivers.
pub(super) async fn quantities(page: &mut PageCx, _: &Params) -> Result<Page, Refused> {
    let listing = page.list_at("quantity list", &[]).await?;
    let mut empty = Empty::new("No driver has a quantity yet.");
    if page.may(Action::ImportMoney) {
        empty = empty.action(HeadAction::link("Import quantities", "/records/batches/new?kind=drivers"));
    }
    let driver = page.asked("driver").to_owned();
    let (months, customers) = (filters::month(page).await?, filters::customer(page).await?);
    let mut list = ListPage::new(&listing, "/money/quantities")
        .rows_named("quantity", "quantities")
        .filter(months)
        .filter(FilterControl::typed("service", "Service"))
        .filter(customers)
        .empty(empty);
    if driver.is_empty() {
        list = list.filter(FilterControl::typed("driver", "Driver"));
    } else {
        list = list.keep("driver", driver.clone());
    }
    let mut head =
        PageHead::new("How much was counted?").crumb("Money", "/money").crumb("Drivers", "/money/drivers");
    if !driver.is_empty() {
        head = head.crumb(driver.clone(), format!("/money/drivers/{driver}"));
    }
    Ok(Page { head: head.here("Quantities"), body: ListPage { heading_hidden: true, ..list }.render() })
}
