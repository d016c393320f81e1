//! Money in, told on both engines: setting up, lines, rates, drivers, budgets, mapping.

#![expect(clippy::inconsistent_digit_grouping, reason = "cents stand apart from euros")]

mod budgets;
mod drivers;
mod files;
mod kit;
mod late;
mod lines;
mod mapping;
mod mapping_property;
mod own_lists;
mod questions;
mod rates;
mod setting_up;
