//! Pages without a picture: answers checked, signing in, refusals, a long job, nothing yet.

use kernel::Status;
use kernel::refusal::RefusalKind;
use parts::{
    Answer, DemoPerson, Empty, Flash, HeadAction, Markup, PageHead, PostAction, Progress, Shell, SignIn,
    Tone, check_answers, empty, fault_page, html, progress, refusal_page, sign_in,
};

use super::house::shell;

/// Check before closing.
pub fn check() -> Markup {
    let change = |place: &str| Some(format!("/close/{place}"));
    let body = check_answers(
        &[
            Answer::new("Period", html! { "Sep 2026 (FY26 P12)" }, None),
            Answer::new("Ledger", html! { "€7,563,248.11 in 8,412 lines" }, change("ledger")),
            Answer::new("Signed by", html! { "Tomás Abara, 2 Oct 2026 11:20" }, None),
        ],
        html! { p { "After this, September takes no more lines; corrections go to October. It can be re-opened by you and a second person until statements are issued." } },
        &PostAction::new("/close", "token"),
        "Close September 2026",
    );
    let head = PageHead::new("Check before you close September").crumb("Close", "/money/close").here("Check");
    parts::page(&shell("Priya Venkataraman", "/money/close"), head, body)
}

/// Signing in to the demo.
pub fn signing_in() -> Markup {
    let bare = Shell {
        organisation: "Larkfield Mobile".into(),
        demo: true,
        csrf: "token".into(),
        ..Shell::default()
    };
    let person = |name: &str, role: &str| DemoPerson {
        name: name.into(),
        role: role.into(),
        action: PostAction::new("/demo/sign-in", "token").with("person", name),
    };
    let page = SignIn {
        action: "/sign-in".into(),
        people: vec![
            person("Tomás Abara", "CIO"),
            person("Priya Venkataraman", "IT finance"),
            person("Yuki Lindqvist", "Portfolio manager"),
            person("Elif Demir", "Customer Care"),
        ],
        ..SignIn::default()
    };
    sign_in(&bare, &page)
}

static CLOSED: RefusalKind = RefusalKind {
    code: "period_closed",
    status: Status::Rule,
    says: "{0} is closed and takes no more lines.",
    way_out: "Post the correction to {1}; it will be marked as one.",
};

/// A rule says no.
pub fn refused() -> Markup {
    let refusal = CLOSED.with(&["Aug 2026", "Sep 2026"]);
    let go_on = [
        HeadAction::link("Post to Sep 2026", "/imports/new?period=2026-09").primary(),
        HeadAction::link("Back", "/ledger"),
    ];
    refusal_page(&shell("Priya Venkataraman", "/money/close"), &refusal, &go_on)
}

/// Ours to mend.
pub fn fault() -> Markup {
    fault_page(&shell("Priya Venkataraman", "/"), "7F3C-71AB")
}

/// A long import.
pub fn under_way() -> Markup {
    let head = PageHead {
        refresh: Some(2),
        ..PageHead::new("Importing gl-2026-09.xlsx").crumb("Imports", "/imports").here("B-0231")
    };
    let job = Progress {
        label: "Reading lines".into(),
        done: 126_000,
        of: Some(200_000),
        unit: "lines".into(),
        asks: String::new(),
    };
    parts::page(&shell("Priya Venkataraman", "/imports"), head, progress(&job))
}

/// Nothing there yet, after something was undone.
pub fn nothing() -> Markup {
    let mut shell = shell("Priya Venkataraman", "/money/statements");
    shell.flash = Some(Flash {
        says: "Import B-0231 is written: 8,391 lines, €7,563,248.11.".into(),
        tone: Tone::Ok,
        undo: Some(("Undo".into(), PostAction::new("/imports/B-0231/revert", "token"))),
    });
    let body = empty(
        &Empty::new("Nothing is allocated for Oct 2026. Statements are drafted from an allocation.")
            .action(HeadAction::link("Run allocation", "/money/close/2026-10").primary()),
    );
    parts::page(&shell, PageHead::new("What is charged?").crumb("Money", "/money").here("Statements"), body)
}
