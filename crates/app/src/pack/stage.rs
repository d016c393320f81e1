//! Where the commands of a pack run: each for good in a transaction of its own, or all of them rehearsed
//! in one that is given up.

use access::{Cx, Done, Who, person};
use db::Tx;
use kernel::{Fault, Refused, Via};

use super::error::NOBODY;
use crate::frame::{answered, rehearse_in};
use crate::{House, Request, registry};

/// A stage.
pub(super) struct Stage {
    pub house: House,
    /// The one transaction of a rehearsal.
    rehearsed: Option<Rehearsal>,
}

/// A rehearsal lends its transaction to each command; it is gone once one was refused.
struct Rehearsal(Option<Tx>);

impl Rehearsal {
    fn lend(&mut self) -> Result<Tx, Fault> {
        self.0.take().ok_or_else(|| Fault::because("a rehearsal goes on after a refusal"))
    }
}

impl Stage {
    /// Commands count.
    pub(super) fn for_good(house: &House) -> Stage {
        Stage { house: house.clone(), rehearsed: None }
    }

    /// Commands count for the commands after them, and for nobody else.
    pub(super) async fn rehearsal(house: &House) -> Result<Stage, Refused> {
        Ok(Stage { house: house.clone(), rehearsed: Some(Rehearsal(Some(house.db.begin().await?))) })
    }

    /// Whether nothing will be kept.
    pub(super) fn rehearses(&self) -> bool {
        self.rehearsed.is_some()
    }

    /// A transaction: a new one, or that of the rehearsal.
    pub(super) async fn tx(&mut self) -> Result<Tx, Refused> {
        match &mut self.rehearsed {
            Some(rehearsal) => Ok(rehearsal.lend()?),
            None => Ok(self.house.db.begin().await?),
        }
    }

    /// Keeps what was done in a transaction of [`Stage::tx`].
    pub(super) async fn keep(&mut self, tx: Tx) -> Result<(), Refused> {
        match &mut self.rehearsed {
            Some(rehearsal) => rehearsal.0 = Some(tx),
            None => tx.commit().await?,
        }
        Ok(())
    }

    /// Keeps what was done in a context over such a transaction.
    pub(super) async fn keep_of(&mut self, cx: Cx) -> Result<(), Refused> {
        self.keep(cx.tx).await
    }

    /// The person of that username, on the command line.
    async fn who(&mut self, username: &str) -> Result<Who, Refused> {
        let mut tx = self.tx().await?;
        let id = person::by_username(&mut tx, username).await?.map(|person| person.id);
        let who = match id {
            Some(id) => person::who(&mut tx, id, Via::CommandLine, None).await?,
            None => None,
        };
        self.keep(tx).await?;
        Ok(who.ok_or_else(|| NOBODY.with(&[username]))?)
    }

    /// `username` does `command`; true where it was done before and is only told again.
    pub(super) async fn does(
        &mut self,
        username: &str,
        command: &str,
        request: Request,
    ) -> Result<(Done, bool), Refused> {
        let row = registry::command(command);
        let row = row.ok_or_else(|| Fault::because(format!("a pack runs {command}, which is no command")))?;
        let who = self.who(username).await?;
        let before = match &self.rehearsed {
            None => answered(&self.house, row, &who, &request).await?,
            // What was done for good before is known in a rehearsal too.
            Some(_) => self.answered_in(row, &who, &request).await?,
        };
        if let Some(done) = before {
            return Ok((done, true));
        }
        if self.rehearsed.is_none() {
            return Ok((crate::run(&self.house, row, who, request).await?, false));
        }
        let tx = self.tx().await?;
        let (done, tx) = rehearse_in(&self.house, tx, row, who, request).await?;
        self.keep(tx).await?;
        Ok((done, false))
    }

    async fn answered_in(
        &mut self,
        command: &'static access::Command,
        who: &Who,
        request: &Request,
    ) -> Result<Option<Done>, Refused> {
        let mut tx = self.tx().await?;
        let before = crate::frame::answered_in(&mut tx, command, who, request).await?;
        self.keep(tx).await?;
        Ok(before)
    }

    /// The end: a rehearsal is given up.
    pub(super) async fn end(self) -> Result<(), Refused> {
        if let Some(Rehearsal(Some(tx))) = self.rehearsed {
            tx.rollback().await?;
        }
        Ok(())
    }
}
