//! The gallery's pages, which the tests also read.

mod catalogue;
mod close;
mod flow;
mod forms;
mod home;
mod house;
mod list;
mod others;
mod service;
mod statement;

use parts::Markup;

/// A page by its file name.
pub type Page = (&'static str, fn() -> Markup);

/// All of them.
pub const PAGES: &[Page] = &[
    ("home.html", home::page),
    ("statement.html", statement::page),
    ("service.html", service::page),
    ("catalogue.html", catalogue::page),
    ("close.html", close::page),
    ("list.html", list::page),
    ("form.html", forms::page),
    ("flow.html", flow::page),
    ("check.html", others::check),
    ("sign-in.html", others::signing_in),
    ("refusal.html", others::refused),
    ("fault.html", others::fault),
    ("progress.html", others::under_way),
    ("empty.html", others::nothing),
];
