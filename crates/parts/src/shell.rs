//! The document around every page: rail, top bar, banners, landmarks. Complete without a script;
//! nothing inline, so that the content security policy can be strict.

use maud::{DOCTYPE, Markup, html};

use crate::assets;
use crate::form::PostAction;
use crate::number;
use crate::page_head::{PageHead, page_head};
use crate::past::{DayPick, PastDay};
use crate::state::{State, Tone};
use crate::theme::Theme;
use crate::top_bar::{nav, organisation, top_bar};

/// What every page of one person has in common.
#[derive(Clone, Default)]
pub struct Shell {
    /// Whose Quarterdeck it is.
    pub organisation: String,
    /// Whether it is a demo: said by a tag and a banner.
    pub demo: bool,
    /// What the person may open, in groups; none leaves the rail away.
    pub nav: Vec<NavGroup>,
    /// The period looked at.
    pub period: Option<PeriodPick>,
    /// What was searched for.
    pub search: String,
    /// How many things wait for the person, and where they are.
    pub todo: Option<(i64, String)>,
    /// Where help is.
    pub help: Option<String>,
    /// Who is signed in.
    pub account: Option<Account>,
    /// The past day the page is shown as of.
    pub as_of: Option<PastDay>,
    /// The choice of one, where the page can be shown as of it.
    pub day: Option<DayPick>,
    /// How the page is printed.
    pub paper: Option<Paper>,
    /// What the last request did.
    pub flash: Option<Flash>,
    /// Light, dark or as the machine is set.
    pub theme: Theme,
    /// The double-submit token of every form.
    pub csrf: String,
    /// Language of the page; `en` where empty.
    pub lang: String,
}

/// How a page is printed: a script opens the browser's dialog; without one the page is shown as it will be
/// on paper.
#[derive(Clone)]
pub enum Paper {
    /// The link to the page as it will be printed.
    Link(String),
    /// This is that page; the link back.
    Shown(String),
}

/// A group of the rail.
#[derive(Clone, Default)]
pub struct NavGroup {
    /// Strategy, Portfolio, Money, Customers, Records.
    pub label: String,
    /// The page that leads to all of the group, where there is one; current where none of its items is.
    pub hub: Option<NavItem>,
    /// At most four.
    pub items: Vec<NavItem>,
}

/// A page of the rail.
#[derive(Clone, Default)]
pub struct NavItem {
    /// Its name.
    pub label: String,
    /// Its address.
    pub href: String,
    /// Whether it, or a page below it, is shown.
    pub current: bool,
}

impl NavGroup {
    /// A group of `(label, address)`; the one with the longest address that `path` starts with is
    /// current.
    pub fn of(label: &str, items: &[(&str, &str)], path: &str) -> NavGroup {
        let under =
            |href: &str| path == href || path.strip_prefix(href).is_some_and(|rest| rest.starts_with('/'));
        let nearest =
            items.iter().map(|item| item.1).filter(|href| under(href)).max_by_key(|href| href.len());
        let items = items.iter().map(|(label, href)| NavItem {
            label: (*label).to_owned(),
            href: (*href).to_owned(),
            current: nearest == Some(*href),
        });
        NavGroup { label: label.to_owned(), hub: None, items: items.collect() }
    }

    /// Led by the page at `href`, which stands for every page below it that is no item of the group.
    pub fn with_hub(mut self, href: &str, path: &str) -> NavGroup {
        let under = path == href || path.strip_prefix(href).is_some_and(|rest| rest.starts_with('/'));
        let current = under && !self.items.iter().any(|item| item.current);
        self.hub = Some(NavItem { label: self.label.clone(), href: href.to_owned(), current });
        self
    }
}

/// The period looked at, and others to look at.
#[derive(Clone, Default)]
pub struct PeriodPick {
    /// `Sep 2026 (FY26 P12)`
    pub label: String,
    /// Its state.
    pub state: Option<State>,
    /// Where it leads if there is nothing to choose: its close.
    pub href: String,
    /// Other periods: label and the address of this page in that period.
    pub others: Vec<(String, String)>,
}

/// Who is signed in.
#[derive(Clone, Default)]
pub struct Account {
    /// `Tomás Abara, CIO`
    pub name: String,
    /// Pages of their own: label and address.
    pub links: Vec<(String, String)>,
    /// Where signing out is posted to.
    pub sign_out: String,
    /// Where the choice of light or dark is posted to, as `theme`.
    pub theme_action: Option<String>,
}

/// What the last request did.
#[derive(Clone, Default)]
pub struct Flash {
    /// One sentence: what happened.
    pub says: String,
    /// Its tone; `Ok` for success.
    pub tone: Tone,
    /// The way to take it back: label and what is posted.
    pub undo: Option<(String, PostAction)>,
}

/// A whole page: the shell around `head` and `body`.
pub fn page(shell: &Shell, head: PageHead, body: Markup) -> Markup {
    let railed = !shell.nav.is_empty();
    document(
        shell,
        &head,
        html! {
            div .app .no-rail[!railed] {
                @if railed {
                    aside .rail { (organisation(shell)) nav aria-label="Main" { (nav(shell)) } }
                }
                div .column {
                    (top_bar(shell, railed))
                    main #main .page tabindex="-1" {
                        (banners(shell))
                        (page_head(&head))
                        (body)
                        (page_foot(shell))
                    }
                }
            }
        },
    )
}

pub(crate) fn document(shell: &Shell, head: &PageHead, body: Markup) -> Markup {
    let lang = if shell.lang.is_empty() { "en" } else { &shell.lang };
    let shown_on_paper = matches!(shell.paper, Some(Paper::Shown(_)));
    let theme = if shown_on_paper { Theme::Light } else { shell.theme };
    let theme = (theme != Theme::Auto).then(|| theme.word());
    html! {
        (DOCTYPE)
        html lang=(lang) data-theme=[theme] {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                @if let Some(seconds) = head.refresh {
                    // With a script the page asks how far the job is instead.
                    noscript { meta http-equiv="refresh" content=(seconds); }
                }
                title { (head.document_title(&shell.organisation)) }
                link rel="icon" type="image/svg+xml" href=(assets::address("/assets/favicon.svg"));
                link rel="stylesheet" href=(assets::address("/assets/quarterdeck.css"));
                @let paper = if shown_on_paper { "all" } else { "print" };
                link rel="stylesheet" media=(paper) href=(assets::address("/assets/paper.css"));
                script defer src=(assets::address("/assets/quarterdeck.js")) {}
            }
            body {
                a .skip href="#main" { "Skip to the page" }
                (body)
            }
        }
    }
}

/// What one may do with any page: look at it as of a past day, print it. Nothing where it is shown on paper.
fn page_foot(shell: &Shell) -> Markup {
    let print = match &shell.paper {
        Some(Paper::Link(href)) => Some(href),
        Some(Paper::Shown(_)) => return html! {},
        None => None,
    };
    html! {
        @if print.is_some() || shell.day.is_some() {
            footer .page-foot {
                @if let Some(pick) = &shell.day { (pick.form()) }
                @if let Some(href) = print { a href=(href) data-print rel="nofollow" { "Print" } }
            }
        }
    }
}

fn banners(shell: &Shell) -> Markup {
    html! {
        @if let Some(Paper::Shown(back)) = &shell.paper {
            div .banner .no-print role="status" {
                p { "As it will be on paper. Print it with your browser (Ctrl P). " a href=(back) { "Back to the page" } }
            }
        }
        @if let Some(past) = &shell.as_of {
            div .banner .(Tone::Warn.class()) role="status" {
                p { "As of " (number::date(&past.day)) ", as it was known then. " a href=(past.today) { "Back to today" } }
            }
        }
        @if let Some(flash) = &shell.flash {
            div .banner .(flash.tone.class()) role="status" {
                p { (flash.says) }
                @if let Some((label, action)) = &flash.undo {
                    (action.form(html! { button .link type="submit" { (label) } }))
                }
            }
        }
    }
}
