//! What is charged, as FOCUS (<https://focus.finops.org>): the open specification of cost and usage that FinOps
//! tools read, in version 1.4 and, for those that are not there yet, 1.2.
//!
//! A statement line is a charge; the customer is its billing account; the organisation issues, provides and
//! publishes. An issued statement is what FOCUS calls an invoice: the document that holds a customer's charges of
//! a month. Whether it asks for money, `PaymentTerms` says.
//!
//! Cost that a service shares over customers at cost is a split: the lines of one `x_SplitOriginId` add up to
//! `x_SplitOriginCost`, what the run brought to them.
//!
//! | file | holds |
//! | --- | --- |
//! | `dataset` | versions, datasets and their columns |
//! | `repo` | the statements of a month, as far as the reader sees them: the only SQL |
//! | `charge` | Cost and Usage: a row per statement line. Pure |
//! | `split` | which lines share one origin, and by which part. Pure |
//! | `invoice` | Invoice Detail and Billing Period. Pure |
//! | `check` | whether all of it adds up to the statements. Pure |
//! | `unit` | units as FOCUS writes them. Pure |
//! | `view` | the reading |

mod charge;
mod check;
mod dataset;
mod invoice;
mod repo;
mod split;
mod unit;
mod view;

pub use check::{Truth, differences};
pub use dataset::{Bundle, Column, Dataset, Holds, Row, Version, columns};
pub use view::focus;
