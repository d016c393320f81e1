//! The doors: pages, API and sign-in as they are from outside. One program: each file of its own would be
//! linked, and kept, once more.

mod all_routes;
mod api;
mod authority;
mod doors;
mod figures;
#[path = "../../../charging/tests/statements/house.rs"]
#[allow(dead_code, reason = "each story uses its part")]
mod house;
mod journeys;
mod later;
mod money_house;
#[path = "../../../app/tests/stories/month/mod.rs"]
mod month;
mod pages_find;
mod pages_first_steps;
mod pages_forms;
mod pages_house;
mod pages_imports;
mod pages_lists;
mod pages_money;
mod pages_orders;
mod pages_past;
mod pages_portfolio;
mod pages_ready;
mod pages_stale;
mod pages_words;
mod representative;
mod sign_in;
mod walk;
#[path = "../../../charging/tests/statements/words.rs"]
#[allow(dead_code, reason = "each story uses its part")]
mod words;
