//! Pages of relationships: customers, whom we speak to there, what they agreed to take, what they
//! ask for, and the menu they choose from.

mod agreement;
mod agreement_forms;
mod catalogue;
mod catalogue_card;
mod catalogue_orders;
mod charged_price;
mod contact;
mod customer;
mod customer_charges;
mod customer_page;
mod order;
mod order_forms;

use crate::page::{PageRoute, page};

/// Pages of this context.
pub(crate) static PAGES: &[PageRoute] = &[
    page!("/catalogue", ReadCatalogue, as_of => catalogue::menu),
    page!("/catalogue/{service}", ReadCatalogue, as_of => catalogue::one),
    page!("/catalogue/{service}/ask", PlaceOrder => order_forms::ask),
    page!("/catalogue/{service}/check", PlaceOrder => order_forms::check),
    page!("/customers", ReadCustomers => customer::list),
    page!("/customers/new", EditCustomer => customer::new),
    page!("/customers/{key}", ReadCustomers => customer_page::show),
    page!("/customers/{key}/edit", EditCustomer => customer::edit),
    page!("/customers/{key}/contacts/new", EditCustomer => contact::new),
    page!("/customers/{key}/agreements/new", ConfirmOrder => agreement_forms::new),
    page!("/contacts", ReadCustomers => contact::list),
    page!("/contacts/{number}", ReadCustomers => contact::show),
    page!("/contacts/{number}/edit", EditCustomer => contact::edit),
    page!("/agreements", ReadCustomers, as_of => agreement::list),
    page!("/agreements/{number}", ReadCustomers, as_of => agreement::show),
    page!("/agreements/{number}/edit", ConfirmOrder => agreement_forms::change),
    page!("/agreements/{number}/end", ConfirmOrder, asks "agreement end" => agreement_forms::end),
    page!("/orders", ReadCustomers => order::list),
    page!("/orders/{number}", ReadCustomers => order::show),
    page!("/orders/{number}/confirm", ConfirmOrder => order_forms::confirm),
    page!("/orders/{number}/refuse", ConfirmOrder => order_forms::refuse),
];
