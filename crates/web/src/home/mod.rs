//! Home: the first steps of a new organisation, what needs the person today, four figures of their role, what
//! changed.
//!
//! | file | holds |
//! | --- | --- |
//! | `first_steps` | what a new organisation does first, in order, until it is done |
//! | `needs` | what waits for the person, each row a verb, its object, until when and what is at stake |
//! | `figures` | four figures of their role |
//! | `changed` | what changed of all that they may read, and what they did last |

mod changed;
mod figures;
mod first_steps;
mod needs;

use access::{Action, Params};
use kernel::Refused;
use kernel::listing::Listing;
use parts::{HeadAction, PageHead, facts, html, number, todo_list};

use crate::page::{Page, PageCx, PageRoute, page};

/// Its page.
pub(crate) static PAGES: &[PageRoute] = &[page!("/", UseQuarterdeck => home)];

/// What needs me today?
async fn home(page: &mut PageCx, _: &Params) -> Result<Page, Refused> {
    let today = number::date(page.cx.today());
    let mut promises = Promises::default();
    let groups = needs::of(page, &mut promises).await?;
    let first = first_steps::of(page).await?;
    let count: usize = groups.iter().map(|group| group.rows.len()).sum();
    let answer = match count {
        0 if !first.is_over() => html! { (today) ". " (first.told()) },
        0 => html! { (today) ". Nothing needs you." (changed::last_done(page).await?) },
        1 => html! { (today) ". One thing needs you." },
        n => html! { (today) ". " (n) " things need you." },
    };
    let figures = figures::of(page, &mut promises).await?;
    let changed = changed::shown(page).await?;
    let mut head = PageHead::new("What needs me today?").answer(answer);
    if let Some(next) = (count == 0 && first.is_over()).then(|| next(page)).flatten() {
        head = head.action(next);
    }
    let body = html! {
        (crate::show::refusal(page))
        (first.shown())
        @if !groups.is_empty() { (todo_list(&groups, true)) }
        @if !figures.is_empty() { (facts(&figures)) }
        (changed)
    };
    Ok(Page { head, body })
}

/// The promises, judged when the first part of the page asks for them: a judgement reads what every service cost.
#[derive(Default)]
struct Promises(Option<Listing>);

impl Promises {
    async fn judged(&mut self, page: &mut PageCx) -> Result<&Listing, Refused> {
        let judged = match self.0.take() {
            Some(judged) => judged,
            None => page.list("promise judged", &[]).await?,
        };
        Ok(self.0.insert(judged))
    }
}

/// Where to go on a day on which nothing waits: the page of the person's role.
fn next(page: &PageCx) -> Option<HeadAction> {
    let places = [
        (Action::AcceptStatement, "Statements", "/money/statements"),
        (Action::ConfirmOrder, "Relationships", "/customers"),
        (Action::ReadMoney, "Money", "/money"),
        (Action::ReadServices, "Services", "/services"),
        (Action::Administer, "People", "/records/people"),
    ];
    let place = places.into_iter().find(|(action, ..)| page.may(*action));
    place.map(|(_, label, href)| HeadAction::link(label, href))
}
