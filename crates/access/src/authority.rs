//! The table of `domain.md` §6 as one table: what may be done, by which roles. What is not listed is
//! refused. Every route and command names an [`Action`], so one without a row does not compile.

use std::collections::BTreeSet;

use kernel::{CustomerId, Scope, ServiceId};

/// What a grant makes of a person.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Hash)]
pub enum Role {
    /// **X**
    Executive,
    /// **B**
    BoardMember,
    /// **C**
    Chair,
    /// **P**
    PortfolioManager,
    /// **F**
    FinanceManager,
    /// **R**
    RelationshipManager,
    /// **S**
    ServiceOwner,
    /// **U**
    Receiver,
    /// **I**
    FundingSource,
    /// **K**
    CustomerRepresentative,
    /// **A**
    Auditor,
    /// **M**
    Administrator,
}

impl Role {
    /// All roles in the order of `domain.md` §6.
    pub const ALL: [Role; 12] = [
        Role::Executive,
        Role::BoardMember,
        Role::Chair,
        Role::PortfolioManager,
        Role::FinanceManager,
        Role::RelationshipManager,
        Role::ServiceOwner,
        Role::Receiver,
        Role::FundingSource,
        Role::CustomerRepresentative,
        Role::Auditor,
        Role::Administrator,
    ];

    /// The word people read and files hold.
    pub const fn word(self) -> &'static str {
        match self {
            Role::Executive => "executive",
            Role::BoardMember => "board member",
            Role::Chair => "chair",
            Role::PortfolioManager => "portfolio manager",
            Role::FinanceManager => "finance manager",
            Role::RelationshipManager => "relationship manager",
            Role::ServiceOwner => "service owner",
            Role::Receiver => "receiver",
            Role::FundingSource => "funding source",
            Role::CustomerRepresentative => "customer representative",
            Role::Auditor => "auditor",
            Role::Administrator => "administrator",
        }
    }

    /// The role of that word.
    pub fn parse(word: &str) -> Option<Role> {
        Role::ALL.into_iter().find(|role| role.word() == word)
    }

    /// Whether a grant of it may be for the whole organisation. A customer's representative is
    /// always of one customer, or they would see others.
    pub const fn may_be_organisation_wide(self) -> bool {
        !matches!(self, Role::CustomerRepresentative)
    }
}

macro_rules! actions {
    ($($(#[$doc:meta])* $name:ident = $words:literal: $($role:ident)*;)+) => {
        /// Something a person may be allowed to do.
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Hash)]
        pub enum Action { $($(#[$doc])* $name),+ }

        impl Action {
            /// Every row of the table.
            pub const ALL: &'static [Action] = &[$(Action::$name),+];

            /// What it is, as in “your roles do not let you …”.
            pub const fn words(self) -> &'static str {
                match self { $(Action::$name => $words),+ }
            }

            /// The roles that may.
            pub const fn roles(self) -> &'static [Role] {
                match self { $(Action::$name => &[$(Role::$role),*]),+ }
            }
        }
    };
}

actions! {
    /// Home, search, help, own account.
    UseQuarterdeck = "use Quarterdeck": Executive BoardMember Chair PortfolioManager FinanceManager
        RelationshipManager ServiceOwner Receiver FundingSource CustomerRepresentative Auditor Administrator;
    /// The menu card of the customers one may see.
    ReadCatalogue = "read the catalogue": Executive BoardMember Chair PortfolioManager FinanceManager
        RelationshipManager ServiceOwner Receiver FundingSource CustomerRepresentative Auditor;
    /// Services and offerings, without money.
    ReadServices = "read services": Executive BoardMember Chair PortfolioManager FinanceManager
        RelationshipManager ServiceOwner Receiver FundingSource Auditor;
    /// Take over a service that existed before.
    TakeOver = "take over a service": PortfolioManager;
    /// Edit a service and its offerings and relations; own for S.
    EditService = "edit a service": PortfolioManager ServiceOwner;
    /// Promises of a service as taken over.
    EditPromises = "set a service's baseline promises": PortfolioManager ServiceOwner;
    /// Propose or edit a price version.
    EditPrice = "edit a price": FinanceManager ServiceOwner;
    /// Approve a price version; never its editor.
    ApprovePrice = "approve a price": FinanceManager Executive;
    /// Customers, contacts and agreements; own for R and K.
    ReadCustomers = "read customers": Executive BoardMember Chair PortfolioManager FinanceManager
        RelationshipManager CustomerRepresentative Auditor;
    /// Add and edit customers and contacts; own for R.
    EditCustomer = "edit customers": RelationshipManager;
    /// Ask for an offering.
    PlaceOrder = "order": CustomerRepresentative;
    /// Confirm an order, enter an agreement; own customers for R.
    ConfirmOrder = "confirm an order": RelationshipManager;
    /// Cost, income, budgets, rules and everything that opens to ledger rows.
    ReadMoney = "read money": Executive BoardMember Chair PortfolioManager FinanceManager Auditor;
    /// Cost and promises of one's own service, of any for those who read money.
    ReadServiceMoney = "read a service's money": Executive BoardMember Chair PortfolioManager FinanceManager
        Auditor ServiceOwner;
    /// Statements: own customers for R and K.
    ReadStatements = "read statements": Executive BoardMember Chair PortfolioManager FinanceManager
        RelationshipManager CustomerRepresentative Auditor;
    /// Import and revert ledger lines, drivers, rates, budgets; run the allocation.
    ImportMoney = "import or run money": FinanceManager;
    /// Import services.
    ImportServices = "import services": PortfolioManager;
    /// Import customers, contacts and agreements.
    ImportCustomers = "import customers": RelationshipManager;
    /// See import batches and profiles, where a trace of money ends: who reads money, and R.
    ReadBatches = "read import batches": Executive BoardMember Chair PortfolioManager FinanceManager
        RelationshipManager Auditor;
    /// Bring a file in or take it back; who may bring in what, its target says.
    Import = "import or take back a file": PortfolioManager FinanceManager RelationshipManager;
    /// Edit accounts, pools and mapping or allocation rules.
    EditRules = "edit a rule": FinanceManager;
    /// Approve a rule version; never its editor.
    ApproveRules = "approve a rule": FinanceManager Executive;
    /// Work through the close, except signing.
    PrepareClose = "prepare the close": FinanceManager;
    /// Sign the close; never its preparer.
    SignClose = "sign the close": FinanceManager Executive;
    /// Close a period.
    ClosePeriod = "close a period": FinanceManager;
    /// Re-open while soft-closed: with a second person.
    ReopenPeriod = "re-open a period": FinanceManager Executive;
    /// Issue statements.
    IssueStatements = "issue statements": FinanceManager;
    /// Accept a statement of one's own customer.
    AcceptStatement = "accept a statement": CustomerRepresentative;
    /// The whole history.
    ReadHistory = "read the history": Auditor Executive;
    /// People, tokens, settings.
    Administer = "administer people and settings": Administrator;
    /// See who holds which role.
    ReadRoles = "read who holds which role": Administrator Executive Auditor;
    /// Grant a role; never to oneself.
    GrantRoles = "grant roles": Administrator Executive;
    /// Everything, out: for backup and comparison.
    ExportAll = "export everything": Administrator Auditor;
}

/// How far an action of a person reaches.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reach {
    /// Not at all.
    Nothing,
    /// Every record.
    All,
    /// Records of these customers and services only.
    Own {
        /// Own customers.
        customers: BTreeSet<CustomerId>,
        /// Own services.
        services: BTreeSet<ServiceId>,
    },
}

impl Reach {
    /// Whether it reaches anything.
    pub fn any(&self) -> bool {
        *self != Reach::Nothing
    }

    /// The customers it reaches, for queries on customer-bound rows.
    pub fn scope(&self) -> Scope {
        match self {
            Reach::Nothing => Scope::Customers(BTreeSet::new()),
            Reach::All => Scope::All,
            Reach::Own { customers, .. } => Scope::Customers(customers.clone()),
        }
    }

    /// Whether it reaches `service`.
    pub fn admits_service(&self, service: ServiceId) -> bool {
        match self {
            Reach::Nothing => false,
            Reach::All => true,
            Reach::Own { services, .. } => services.contains(&service),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Spot rows read off `domain.md` §6, so that the table cannot drift from the text unseen.
    #[test]
    fn the_table_says_what_the_domain_says() {
        use Role::*;
        for (action, role, may) in [
            (Action::SignClose, FinanceManager, true),
            (Action::SignClose, Executive, true),
            (Action::SignClose, Administrator, false),
            (Action::ReadMoney, Administrator, false),
            (Action::ReadMoney, Receiver, false),
            (Action::ReadMoney, CustomerRepresentative, false),
            (Action::AcceptStatement, CustomerRepresentative, true),
            (Action::AcceptStatement, FinanceManager, false),
            (Action::TakeOver, PortfolioManager, true),
            (Action::TakeOver, ServiceOwner, false),
            (Action::ReadHistory, Auditor, true),
        ] {
            assert_eq!(action.roles().contains(&role), may, "{action:?} {role:?}");
        }
        let changing_by_auditor: Vec<_> = (Action::ALL.iter())
            .filter(|action| action.roles().contains(&Auditor) && !action.words().starts_with("read"))
            .collect();
        assert_eq!(changing_by_auditor, [&Action::UseQuarterdeck, &Action::ExportAll]);
    }
}
