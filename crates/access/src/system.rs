//! Quarterdeck itself, as it acts by its own schedule. It is nobody: it has no row among people, no
//! password and no token, so nobody can come in as it, and the history tells it by way of `schedule`.

use kernel::{Actor, PersonId, Via};

use crate::{Action, Grant, GrantScope, Who};

/// Stands in the history where a person does: the nil UUID, which no person has.
pub const NOBODY: PersonId = PersonId::new(uuid::Uuid::nil());

/// What people read for it.
pub const NAME: &str = "Quarterdeck";

/// Quarterdeck itself for one command: with the first role the table names for its action, and no other.
pub fn who(action: Action) -> Who {
    let grants = action.roles().iter().take(1);
    let grants = grants.map(|role| Grant { role: *role, scope: GrantScope::Organisation }).collect();
    Who {
        actor: Actor { person: NOBODY, via: Via::Schedule },
        name: NAME.to_owned(),
        grants,
        signed_in_at: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_may_what_its_command_needs_and_does_not_pass_for_a_recent_sign_in() {
        let who = who(Action::IssueStatements);
        assert_eq!(who.reach(Action::IssueStatements), crate::Reach::All);
        assert!(!who.reach(Action::Administer).any() && who.signed_in_at.is_none());
    }
}
