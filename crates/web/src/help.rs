//! Help: the keys, who may do what (from the table itself), the words of the command line.

use access::{Action, Params};
use kernel::Refused;
use parts::{PageHead, html};

use crate::page::{Page, PageCx, PageRoute, page};

/// Its page.
pub(crate) static PAGES: &[PageRoute] = &[page!("/help", UseQuarterdeck => help)];

const KEYS: [(&str, &str); 7] = [
    ("/", "search"),
    ("j, k", "next and previous row"),
    ("Enter", "open the row"),
    ("e", "act on the row"),
    ("g h, g m, g c", "go home, to money, to customers"),
    ("?", "show the keys"),
    ("Esc", "close what is open"),
];

const READING: [(&str, &str); 5] = [
    ("A number with a thin blue line", "opens to the rows that make it; their sum is the number."),
    ("– , n/k, nothing", "zero, no data, does not apply: three different things."),
    ("▲ ▼ with a word", "favourable or adverse: never by colour alone."),
    (
        "Draft, in review, soft-closed, closed",
        "how final a month is. A closed one never changes; corrections come later.",
    ),
    (
        "Incomplete",
        "a service that carries cost, but is not charged and not shown to customers until it has what is missing.",
    ),
];

async fn help(page: &mut PageCx, _: &Params) -> Result<Page, Refused> {
    let mine = |action: &Action| page.may(*action);
    let body = html! {
        h2 { "How to read a page" }
        dl .summary { @for (what, means) in READING { dt { (what) } dd { (means) } } }
        h2 { "Keys" }
        p { "Everything works without them, and without JavaScript." }
        dl .summary { @for (key, does) in KEYS { dt { kbd { (key) } } dd { (does) } } }
        h2 { "Who may do what" }
        table .table {
            caption .muted { "What is not listed is refused. Yours are marked." }
            thead { tr { th scope="col" { "May" } th scope="col" { "Roles" } th scope="col" { "You" } } }
            tbody {
                @for action in Action::ALL {
                    tr {
                        td { (action.words()) }
                        td { (action.roles().iter().map(|role| role.word()).collect::<Vec<_>>().join(", ")) }
                        td { @if mine(action) { "yes" } @else { "no" } }
                    }
                }
            }
        }
        h2 { "Scripts" }
        p { "Whatever a page can do, the " a href="/api" { "JSON API" } " and the command line can: "
            code { "quarterdeck help" } ". What either may refuse: " a href="/help/errors" { "refusals" } "." }
    };
    Ok(Page { head: PageHead::new("How does this work?"), body })
}
