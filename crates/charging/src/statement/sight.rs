//! Whose statements a reader sees, and of whose they see the inside: cost, drafts, what is incomplete.
//! A customer's representative sees what was sent to their own customer, and the draft of a month in review, so
//! that a wrong quantity is mended before it is issued; and nothing behind it.

use access::{Action, Cx, Role, Who};
use kernel::{CustomerId, Scope};

use super::repo::REVIEWED;

/// What a reader may see of statements.
pub struct Sight {
    /// Customers whose statements they see: issued, and drafts once the month is in review.
    rows: Scope,
    /// Customers of whose statements they also see every draft, and cost.
    inside: Scope,
}

impl Sight {
    /// The sight of the person acting.
    pub fn of(cx: &Cx) -> Sight {
        let staff = cx.who.grants.iter().copied().filter(|grant| grant.role != Role::CustomerRepresentative);
        let staff = Who { grants: staff.collect(), ..cx.who.clone() };
        Sight { rows: cx.scope(Action::ReadStatements), inside: staff.reach(Action::ReadStatements).scope() }
    }

    /// Whether they see the inside of anything: else cost is no column for them.
    pub fn any_inside(&self) -> bool {
        match &self.inside {
            Scope::All => true,
            Scope::Customers(own) => !own.is_empty(),
        }
    }

    /// Whether they see the inside of this customer's statements.
    pub fn inside(&self, customer: CustomerId) -> bool {
        self.inside.admits(customer)
    }

    /// SQL condition that keeps statements out which they may not see; `s` names the statements.
    pub fn statements(&self, s: &str) -> String {
        let customer = format!("{s}.customer_id");
        let (rows, inside) = (self.rows.sql(&customer), self.inside.sql(&customer));
        format!("{rows} and ({s}.state <> 'draft' or {inside} or {s}.period in ({REVIEWED}))")
    }

    /// The same for lines `l` of statements `s`: no customer sees a service that is incomplete.
    pub fn lines(&self, s: &str, l: &str) -> String {
        let inside = self.inside_sql(&format!("{s}.customer_id"));
        format!("{} and (not {l}.incomplete or {inside})", self.statements(s))
    }

    /// SQL condition on a customer's id: they see the inside.
    pub fn inside_sql(&self, customer: &str) -> String {
        self.inside.sql(customer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_representative_sees_what_was_sent_and_nothing_incomplete() {
        let own: CustomerId = CustomerId::new(Default::default());
        let rows = Scope::Customers([own].into());
        let representative = Sight { rows, inside: Scope::Customers(Default::default()) };
        let id = "00000000-0000-0000-0000-000000000000";
        assert_eq!(
            representative.lines("s", "l"),
            format!(
                "s.customer_id in ('{id}') and (s.state <> 'draft' or false or s.period in ({REVIEWED})) and \
                 (not l.incomplete or false)"
            )
        );
        assert!(!representative.any_inside() && !representative.inside(own));
    }
}
