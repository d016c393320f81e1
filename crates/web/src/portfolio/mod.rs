//! Pages of the portfolio: services, what can be taken of them, prices, promises.

mod cost_list;
mod offering;
mod offering_forms;
mod price;
mod promise;
mod promise_forms;
mod promise_list;
mod promise_rows;
mod service;
mod service_forms;
mod service_list;
mod service_money;
mod service_parts;
mod service_year;

use crate::page::{PageRoute, page};

/// Pages of this context.
pub(crate) static PAGES: &[PageRoute] = &[
    page!("/services", ReadServices, as_of => service_list::list),
    page!("/services/new", TakeOver => service_forms::new),
    page!("/services/{key}", ReadServices, as_of => service::overview),
    page!("/services/{key}/offerings", ReadServices, as_of => service::offerings),
    page!("/services/{key}/customers", ReadCustomers, as_of => service::customers),
    page!("/services/{key}/promises", ReadServiceMoney => service::promises),
    page!("/services/{key}/money", ReadServiceMoney => service::money),
    page!("/services/{key}/history", ReadServices, as_of => service::history),
    page!("/services/{key}/edit", EditService => service_forms::edit),
    page!("/services/{key}/relate", EditService => service_forms::relate),
    page!("/services/{key}/offerings/new", EditService => offering_forms::new),
    page!("/services/{key}/promises/new", EditPromises => promise_forms::new),
    page!("/offerings", ReadServices, as_of => offering::list),
    page!("/offerings/{key}", ReadServices, as_of => offering::show),
    page!("/offerings/{key}/edit", EditService => offering_forms::edit),
    page!("/offerings/{key}/target", EditService => offering_forms::target),
    page!("/offerings/{key}/price", EditPrice => price::draft),
    page!("/prices", ReadServices, as_of => price::list),
    page!("/prices/{number}", ReadServices => price::show),
    page!("/prices/{number}/edit", EditPrice => price::edit),
    page!("/prices/{number}/return", ApprovePrice => price::give_back),
    page!("/money/service-cost", ReadServiceMoney => cost_list::list),
    page!("/money/service-cost/{service}", ReadServiceMoney => cost_list::pools),
    page!("/money/service-cost/{service}/months", ReadServiceMoney => cost_list::months),
    page!("/promises", ReadServiceMoney => promise_list::list),
    page!("/money/promises", ReadServiceMoney => promise_list::list),
    page!("/promises/{number}", ReadServiceMoney => promise::show),
    page!("/promises/{number}/measure", EditPromises => promise_forms::measure),
    page!("/promises/{number}/withdraw", TakeOver => promise_forms::withdraw),
];
