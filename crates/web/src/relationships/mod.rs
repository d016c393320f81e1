//! Pages of relationships.

mod customer;

use crate::page::{PageRoute, page};

/// Pages of this context.
pub(crate) static PAGES: &[PageRoute] = &[
    page!("/customers", ReadCustomers => customer::list),
    page!("/customers/new", EditCustomer => customer::new),
    page!("/customers/{key}", ReadCustomers => customer::show),
    page!("/customers/{key}/edit", EditCustomer => customer::edit),
];
