//! The customer's yes to a statement, with a note where they like.

use access::route::Ready;
use access::{Action, Cx, Done, Event, Params, history};
use kernel::Refused;
use portfolio::answers::Answers;
use portfolio::sql::require_version_if_given;
use schemars::JsonSchema;
use serde::Deserialize;

use super::{NOUN, Statement, repo};

/// What may be said with it.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AcceptInput {
    /// A note to finance, at most 1,000 characters.
    #[serde(default)]
    pub note: Option<String>,
}

/// Accepts a statement of one's own customer; again changes nothing.
pub async fn accept(cx: &mut Cx, params: &Params, input: AcceptInput) -> Result<Done, Refused> {
    let mut statement = own(cx, params).await?;
    require_version_if_given(cx, statement.version)?;
    let mut answers = Answers::new();
    let note = answers.words("note", input.note.as_deref(), 1000);
    answers.fine()?;
    let before = history::snapshot(&mut cx.tx, &NOUN, &statement.id.to_string()).await?;
    let location = format!("/money/statements/{}", statement.number);
    if !statement.accept(cx.person(), cx.stamp(), note)? {
        let says = accepted_before(&statement);
        return Ok(Done::unchanged(location, statement.number, says).at_version(statement.version));
    }
    statement.version += 1;
    repo::keep(cx, &statement).await?;
    let event = Event {
        noun: &NOUN,
        id: statement.id.to_string(),
        key: statement.number.clone(),
        action: "accepted",
        why: statement.note.as_deref(),
        customer: Some(statement.customer),
    };
    history::record(cx, event, &before).await?;
    let says = format!("Accepted {} of {}.", statement.number, statement.period.label());
    Ok(Done::changed(location, statement.number, says).at_version(statement.version))
}

/// Whether the statement waits for its customer's yes.
pub async fn may_accept(cx: &mut Cx, params: &Params) -> Result<Ready, Refused> {
    let mut statement = own(cx, params).await?;
    let accepts = statement.accept(cx.person(), cx.stamp(), None)?;
    Ok(Ready::of(accepts, accepted_before(&statement)))
}

/// A statement of a customer whom the person represents.
async fn own(cx: &mut Cx, params: &Params) -> Result<Statement, Refused> {
    let statement = repo::load(cx, params.get("number")).await?;
    cx.require_customer(Action::AcceptStatement, statement.customer)?;
    Ok(statement)
}

fn accepted_before(statement: &Statement) -> String {
    format!("{} was accepted before.", statement.number)
}
