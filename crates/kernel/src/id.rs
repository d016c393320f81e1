//! One alphabetical registry of typed ids: each a UUIDv7 handed in, so that no id of one kind is
//! ever taken for another.

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, serde::Serialize, serde::Deserialize)]
        #[serde(transparent)]
        pub struct $name(uuid::Uuid);

        impl $name {
            /// From a UUID handed in or stored.
            pub const fn new(id: uuid::Uuid) -> $name {
                $name(id)
            }

            /// Reads the hyphenated text form.
            pub fn parse(text: &str) -> Option<$name> {
                uuid::Uuid::parse_str(text).ok().map($name)
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                std::fmt::Display::fmt(&self.0, f)
            }
        }
    )+};
}

ids! {
    /// An account of the ledger.
    AccountId,
    /// An agreement line: who takes which offering, how much, from when to when.
    AgreementId,
    /// One import, written as a whole and revertible as a whole.
    BatchId,
    /// A cloud bill as it was read.
    BillId,
    /// A contact at a customer.
    ContactId,
    /// A customer: a unit or an outside organisation.
    CustomerId,
    /// A measured driver.
    DriverId,
    /// A grant: person × role × scope.
    GrantId,
    /// A background job: a command asked for now and done when its turn comes.
    JobId,
    /// An offering of a service.
    OfferingId,
    /// An order a customer placed.
    OrderId,
    /// A person, however many accounts or tokens they hold.
    PersonId,
    /// A cost pool.
    PoolId,
    /// A promise held against actuals.
    PromiseId,
    /// How a month's bill of a supplier and the ledger's lines come together.
    ReconciliationId,
    /// A version of an allocation or mapping rule.
    RuleId,
    /// One run of the allocation.
    RunId,
    /// A service.
    ServiceId,
    /// A signed-in session.
    SessionId,
    /// A statement of one customer and period.
    StatementId,
    /// A line of a statement.
    StatementLineId,
    /// An API token.
    TokenId,
}
