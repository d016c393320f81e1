//! Cost objects: what carries cost and is no service yet.

use access::{Action, Params};
use kernel::listing::Asked;
use kernel::{Period, Refused};
use parts::{Fact, Field, Figure, HeadAction, Markup, PageHead, facts, html, summary_list};

use super::evidence::plain_list;
use super::months;
use super::statements::total;
use crate::page::{Page, PageCx, text, version};
use crate::show::{happened_to, only};

/// What is kept central?
pub(super) async fn list(page: &mut PageCx, _: &Params) -> Result<Page, Refused> {
    let says = "Nothing is kept central by name.";
    let asks = "What carries cost and is no service yet?";
    let shown = plain_list(page, "object list", "/money/objects", asks, "Cost objects", says).await?;
    if !page.may(Action::EditRules) {
        return Ok(shown);
    }
    let answers = &page.answers;
    let key = Field::short("key", "Key", 12).hint("2 to 12 capital letters and digits.");
    let form = page
        .form("/money/objects", None)
        .heading("Add one")
        .field(key.value(answers.or("key", "")))
        .field(Field::text("name", "Name").value(answers.or("name", "")))
        .submit("Add cost object");
    Ok(Page { body: html! { (shown.body) section { (form.render()) } }, ..shown })
}

fn under_objects(head: PageHead) -> PageHead {
    head.crumb("Money", "/money").crumb("Cost objects", "/money/objects")
}

/// One cost object, and what it carries.
pub(super) async fn show(page: &mut PageCx, params: &Params) -> Result<Page, Refused> {
    let key = params.get("key");
    let object = page.record("object show", &[("key", key)]).await?;
    let period = months::asked(page).await?;
    let mut head = under_objects(PageHead::new(text(&object, "name"))).here(key);
    if page.may(Action::EditRules) {
        head = head.action(HeadAction::link("Change", format!("/money/objects/{key}/edit")));
    }
    let past = happened_to(page, &[("cost object", key)], 20).await?;
    let kept = kept(page, key, period).await?;
    let body = html! {
        (kept)
        (summary_list(&[("Key", html! { (key) })]))
        p .after-table {
            a href={ "/money/residuals?period=" (period) } { "What is kept central in " (period.label()) } " · "
            a href="/money/rules" { "Rules that share cost" }
        }
        (past)
    };
    Ok(Page { head, body })
}

/// What stays with it in the month; words where nothing is allocated yet.
async fn kept(page: &mut PageCx, key: &str, period: Period) -> Result<Markup, Refused> {
    let one = Asked { per: Some(1), ..only(&[("node", key)]) };
    let label = format!("Kept central, {}", period.label());
    let fact = match page.list_asked("residual list", &[("period", &period.to_string())], one).await {
        Ok(listing) => {
            let at = format!("/money/residuals?period={period}&node={key}");
            Fact::new(label, Figure::sum(total(&listing, "amount"), "amount", at).spoken())
        }
        Err(Refused::Refusal(refusal)) if refusal.kind.code == "not_run" => {
            Fact::words(label, "not allocated yet")
        }
        Err(other) => return Err(other),
    };
    Ok(facts(&[fact]))
}

/// Change a cost object.
pub(super) async fn edit(page: &mut PageCx, params: &Params) -> Result<Page, Refused> {
    let key = params.get("key");
    let object = page.record("object show", &[("key", key)]).await?;
    let (at, name) = (format!("/money/objects/{key}"), text(&object, "name"));
    let form = page
        .form(format!("{at}/edit"), version(&object))
        .field(Field::text("name", "Name").value(page.answers.or("name", name)))
        .submit("Save")
        .cancel(at.clone());
    let head = under_objects(PageHead::new(format!("Change {name}"))).crumb(key, at).here("Change");
    Ok(Page { head, body: page.merged(form, &[("Name", "name", name)]).render() })
}
