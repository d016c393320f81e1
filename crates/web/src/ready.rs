//! Whether a command could only be refused: asked before a page offers it, and before its form asks anything. It is
//! the use case that says so, so that no page decides it once more.

use access::route::Ready;
use access::{Action, Command, Method, Params};
use app::registry;
use kernel::{Fault, Refusal, Refused, Status};
use parts::{HeadAction, Markup, PageHead, Tone, banner, html};

use crate::answer::on_page;
use crate::finance::months;
use crate::page::{PageCx, PageRoute};
use crate::paths;

/// How a command stands for the reader of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stand {
    /// It can be asked for.
    Open,
    /// It was done before: the sentence that says so.
    Done(String),
    /// It could only be refused, and why.
    Refused(Refusal),
}

impl Stand {
    /// Whether it is offered.
    pub(crate) fn is_open(&self) -> bool {
        *self == Stand::Open
    }

    /// What is said in place of a button; nothing to who never had one.
    pub(crate) fn says(&self) -> Option<String> {
        match self {
            Stand::Open => None,
            Stand::Done(says) => Some(says.clone()),
            Stand::Refused(no) if matches!(no.kind.status, Status::Forbidden | Status::NotFound) => None,
            Stand::Refused(no) => Some(format!("{} {}", no.says, on_page(&no.way_out))),
        }
    }

    /// What is shown in place of a form: the sentence, and the way out or each thing that is in the way.
    fn shown(&self) -> Markup {
        match self {
            Stand::Open => html! {},
            Stand::Done(says) => banner(Tone::Ok, None, html! { (says) }),
            Stand::Refused(no) => html! {
                div role="alert" { (told(no)) }
                @if !no.fields.is_empty() {
                    ul { @for field in &no.fields { li { (field.field) ": " (on_page(&field.says)) } } }
                }
            },
        }
    }
}

fn told(no: &Refusal) -> Markup {
    // Where each thing in the way is named with what to do, that is the way out.
    let way_out = if no.fields.is_empty() { on_page(&no.way_out) } else { String::new() };
    banner(Tone::Bad, None, html! { b { (no.says) } " " (way_out) })
}

impl PageCx {
    /// How the command of that name stands, with the blanks of its path and what is known of its input.
    pub(crate) async fn stand(&mut self, name: &str, params: &[(&str, &str)]) -> Result<Stand, Refused> {
        let params = params.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        self.stands(named(name)?, Params(params)).await
    }

    async fn stands(&mut self, command: &Command, params: Params) -> Result<Stand, Refused> {
        let asked = match (self.cx.require(command.action), command.ready) {
            (Err(refusal), _) => Err(refusal.into()),
            (Ok(_), Some(asks)) => asks(&mut self.cx, params).await,
            (Ok(_), None) => Ok(Ready::Yes),
        };
        match asked {
            Ok(Ready::Yes) => Ok(Stand::Open),
            Ok(Ready::Done(says)) => Ok(Stand::Done(says)),
            Err(Refused::Refusal(refusal)) => Ok(Stand::Refused(refusal)),
            Err(fault) => Err(fault),
        }
    }

    /// The head with what the command does offered to who may do it; where that could only be refused, with the reason
    /// in its place.
    pub(crate) async fn offer(
        &mut self,
        head: PageHead,
        name: &str,
        params: &[(&str, &str)],
        action: HeadAction,
    ) -> Result<PageHead, Refused> {
        if !self.may(action_of(name)?) {
            return Ok(head);
        }
        let stand = self.stand(name, params).await?;
        Ok(match stand.says() {
            _ if stand.is_open() => head.action(action),
            Some(says) => head.note(says),
            None => head,
        })
    }

    /// What is shown in place of this page's form; nothing where that can be asked for.
    pub(crate) fn in_place(&self) -> Option<Markup> {
        self.instead.as_ref().map(Stand::shown)
    }
}

fn named(name: &str) -> Result<&'static Command, Fault> {
    registry::command(name).ok_or_else(|| Fault::because(format!("no command {name}")))
}

fn action_of(name: &str) -> Result<Action, Fault> {
    Ok(named(name)?.action)
}

/// The command that a form's page asks for: the one it names, else the one its address is the twin of. The page of a
/// list is no form, although what adds to the list is posted there.
pub(crate) fn asked_by(route: &PageRoute) -> Option<&'static Command> {
    if let Some(name) = route.asks {
        return registry::command(name);
    }
    let list = || registry::readings().any(|reading| paths::page_of(reading.path) == route.path);
    registry::commands().find(|command| form_of(command) == route.path).filter(|_| !list())
}

/// The address that a command's form is posted to.
pub(crate) fn form_of(command: &Command) -> String {
    let twin = paths::page_of(command.path);
    if command.method == Method::Patch { format!("{twin}/edit") } else { twin }
}

/// How the command of a form's page stands before the form is shown; nothing where it can be asked for. What the
/// address leaves open or says wrong is the form's to ask.
pub(crate) async fn before_form(
    page: &mut PageCx,
    command: &Command,
    params: &Params,
) -> Result<Option<Stand>, Refused> {
    if command.ready.is_none() {
        return Ok(None);
    }
    let mut known = params.clone();
    for (name, value) in &page.query {
        known.0.entry(name.clone()).or_insert_with(|| value.clone());
    }
    if known.get("period").is_empty() {
        let month = months::asked(page).await?;
        known.0.insert("period".to_owned(), month.to_string());
    }
    match page.stands(command, known).await? {
        Stand::Open => Ok(None),
        Stand::Refused(refusal) if refusal.kind.status == Status::NotFound => Err(refusal.into()),
        Stand::Refused(refusal) if refusal.kind.status == Status::Unclean => Ok(None),
        stand => Ok(Some(stand)),
    }
}

#[cfg(test)]
mod tests {
    use access::error::{NOT_ALLOWED, SAME_PERSON};

    use super::*;
    use crate::router::pages;

    #[test]
    fn a_reason_stands_in_place_of_a_button_but_for_who_never_had_one() {
        let own = Stand::Refused(SAME_PERSON.with(&["wrote", "approve it"]));
        let says =
            "You wrote it yourself, so somebody else has to approve it. Ask another person with the role.";
        assert_eq!(own.says().as_deref(), Some(says));
        assert_eq!(
            Stand::Done("R-02 was approved before.".into()).says().as_deref(),
            Some("R-02 was approved before.")
        );
        assert_eq!(Stand::Refused(NOT_ALLOWED.with(&["approve rules", "finance manager"])).says(), None);
        assert_eq!(Stand::Open.says(), None);
    }

    #[test]
    fn every_form_whose_command_says_how_it_stands_asks_it_and_no_list_does() {
        let asked = |path: &str| {
            let route = pages().find(|route| route.path == path).unwrap();
            asked_by(route).map(|command| command.name)
        };
        for (path, command) in [
            ("/money/close/{period}/close", Some("period close")),
            ("/money/close/{period}/reopen", Some("period reopen")),
            ("/money/statements/issue", Some("statement issue")),
            ("/money/mapping/{number}/revise", Some("mapping revise")),
            ("/money/reconciliations/{period}/{supplier}/edit", Some("reconciliation edit")),
            ("/money/bills/{number}/revert", Some("bill revert")),
            ("/records/batches/{number}/formats", Some("import configure")),
            ("/records/batches/{number}/settle", Some("batch settle")),
            ("/agreements/{number}/end", Some("agreement end")),
            ("/money/statements", None),
            ("/money/runs", None),
        ] {
            assert_eq!(asked(path), command, "{path}");
        }
    }
}
