//! The first steps of a new organisation, in order, until all are done: whoever administers it sees them all and
//! who does each; others see their own until a month is being closed.

use std::collections::BTreeSet;

use access::{Action, Reach, Role};
use app::first_steps::{There, held, there};
use kernel::Refused;
use parts::state::{State, Thing};
use parts::{HeadAction, Markup, Step, html, number};

use crate::list::is_open;
use crate::page::PageCx;
use crate::show::sentence;

/// A step: what is there once it is done (nothing for what founding did), whose it is, and where it is done.
struct First {
    there: Option<There>,
    name: &'static str,
    needs: &'static str,
    action: Action,
    /// What its button says, and where it leads.
    does: (&'static str, &'static str),
}

static STEPS: [First; 9] = [
    First {
        there: Some(There::Roles),
        name: "People",
        needs: "Somebody is invited and holds a role",
        action: Action::Administer,
        does: ("Invite", "/records/people/new"),
    },
    First {
        there: None,
        name: "Currency and fiscal year",
        needs: "Set when the organisation was founded",
        action: Action::Administer,
        does: ("Open", "/records/organisation"),
    },
    First {
        there: Some(There::Services),
        name: "Services",
        needs: "What you offer and what it is made of, from a file or one by one",
        action: Action::ImportServices,
        does: ("Import services", "/records/batches/new?kind=services"),
    },
    First {
        there: Some(There::Customers),
        name: "Customers",
        needs: "Who takes them, from a file or one by one",
        action: Action::ImportCustomers,
        does: ("Import customers", "/records/batches/new?kind=customers"),
    },
    First {
        there: Some(There::Months),
        name: "Months",
        needs: "A month is open: ledger lines need one to land in",
        action: Action::PrepareClose,
        does: ("Open months", "/money/periods/new"),
    },
    First {
        there: Some(There::Lines),
        name: "Ledger lines",
        needs: "What was spent, from the general ledger",
        action: Action::ImportMoney,
        does: ("Import ledger lines", "/records/batches/new?kind=gl"),
    },
    First {
        there: Some(There::Mapping),
        name: "Mapping",
        needs: "An approved rule says which lines belong to which cost pool",
        action: Action::EditRules,
        does: ("Map", "/money/mapping"),
    },
    First {
        there: Some(There::Rules),
        name: "Allocation rules",
        needs: "An approved rule says how a cost pool reaches services or customers",
        action: Action::EditRules,
        does: ("Write rules", "/money/rules"),
    },
    First {
        there: Some(There::Run),
        name: "First run",
        needs: "The allocation of a month was run, from the month's own page",
        action: Action::ImportMoney,
        does: ("Choose the month", "/money/close"),
    },
];

/// The steps as the reader sees them; none where there is nothing left to do.
#[derive(Default)]
pub(super) struct FirstSteps {
    steps: Vec<Step>,
    done: usize,
}

impl FirstSteps {
    /// Whether there is nothing to show.
    pub(super) fn is_over(&self) -> bool {
        self.steps.is_empty()
    }

    /// How far it is, in a sentence.
    pub(super) fn told(&self) -> String {
        match self.done {
            0 => "Quarterdeck is new here: begin with the first step.".to_owned(),
            done => format!("{done} of {} first steps are done.", self.steps.len()),
        }
    }

    /// The steps as a checklist.
    pub(super) fn shown(&self) -> Markup {
        html! {
            @if !self.is_over() {
                section { h2 { "First steps" } (parts::steps("First steps", &self.steps)) }
            }
        }
    }
}

/// The reader's first steps.
pub(super) async fn of(page: &mut PageCx) -> Result<FirstSteps, Refused> {
    let all = page.may(Action::Administer);
    // A file of services or customers is not brought in by whoever stands for one of them.
    let mine = |page: &PageCx, first: &First| page.reach(first.action) == Reach::All;
    let theirs: Vec<&First> = STEPS.iter().filter(|first| all || mine(page, first)).collect();
    if theirs.is_empty() {
        return Ok(FirstSteps::default());
    }
    let found = there(&mut page.cx.tx).await?;
    let is_done = |first: &First| first.there.is_none_or(|wanted| found.contains(&wanted));
    if theirs.iter().all(|first| is_done(first)) || (!all && found.contains(&There::Close)) {
        return Ok(FirstSteps::default());
    }
    let roles = if all { held(&mut page.cx.tx).await? } else { BTreeSet::new() };
    let mut next_is_here = false;
    let mut steps = Vec::new();
    for first in &theirs {
        let (done, may) = (is_done(first), mine(page, first));
        let current = !done && may && !next_is_here;
        next_is_here |= current;
        let who = if done || may { None } else { Some(whose(first, &roles)) };
        steps.push(step(page, first, done, who, current));
    }
    let done = theirs.iter().filter(|first| is_done(first)).count();
    Ok(FirstSteps { steps, done })
}

/// Whose a step is that the reader may not do, and whether there is somebody.
fn whose(first: &First, held: &BTreeSet<Role>) -> (String, String) {
    let roles = first.action.roles();
    let words: Vec<&str> = roles.iter().map(|role| role.word()).collect();
    let nobody = !roles.iter().any(|role| held.contains(role));
    let says = if nobody { "Nobody holds this role yet" } else { "" };
    (sentence(&words.join(" or ")), says.to_owned())
}

fn step(page: &PageCx, first: &First, done: bool, who: Option<(String, String)>, current: bool) -> Step {
    let (label, at) = first.does;
    let opens = who.is_none() && is_open(at, &page.cx.who);
    let action = (opens && !done).then(|| HeadAction::link(label, at));
    let (who, when) = who.unwrap_or_default();
    Step {
        name: first.name.to_owned(),
        href: if opens { at.to_owned() } else { String::new() },
        needs: first.needs.to_owned(),
        state: Some(State::of(Thing::Action, if done { "Done" } else { "To do" })),
        blocking: true,
        who,
        when,
        evidence: first.there.is_none().then(|| founded(page)),
        action: action.map(|action| if current { action.primary() } else { action }),
        current,
    }
}

/// What the organisation was founded with.
fn founded(page: &PageCx) -> Markup {
    let of = &page.cx.organisation;
    let starts = number::month(format!("2000-{:02}", of.calendar.first_month()));
    html! { (of.currency.code()) ", year from " (starts) }
}
