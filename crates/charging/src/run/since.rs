//! Whether a run still stands on the facts there are.

use access::Cx;
use access::history::{Harmless, told_since};
use kernel::Refused;

use super::{CHANGES_MOVE_NONE, MOVES_NONE, RunRow, allocated, facts, inputs_digest, model};

/// How that is known.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Compared {
    /// Facts are compared only where the history tells of something since that may have moved them: to look.
    IfTold,
    /// Compared whatever the history tells: to sign and to close. A fact that was being written while the run
    /// read may stand before it in the history and yet not be in it.
    Always,
}

/// What became of the facts since.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Since {
    /// They are the same, or the run is final.
    Nothing,
    /// They are others.
    Changed,
    /// They are others, and cannot be allocated: why.
    Impossible(String),
}

/// The run beside the facts as they are now: the same digest, or something changed.
pub(crate) async fn since(cx: &mut Cx, run: &RunRow, compared: Compared) -> Result<Since, Refused> {
    if run.state == "final" {
        return Ok(Since::Nothing);
    }
    let own = run.id.to_string();
    let harmless = Harmless { nouns: MOVES_NONE, changed: CHANGES_MOVE_NONE };
    if compared == Compared::IfTold && !told_since(&mut cx.tx, "run", ("select $1", &own), &harmless).await? {
        return Ok(Since::Nothing);
    }
    // The same facts make the same run: only others need to be computed to know whether they can be.
    let model = model(&facts(cx, run.period).await?);
    if inputs_digest(&model) == run.inputs {
        return Ok(Since::Nothing);
    }
    match allocated(&model) {
        Ok(_) => Ok(Since::Changed),
        Err(Refused::Refusal(refusal)) => Ok(Since::Impossible(refusal.says)),
        Err(fault) => Err(fault),
    }
}
