//! Puts the contexts together: the house that pages, API, command line, demo and tests live in.
//!
//! | file | holds |
//! | --- | --- |
//! | `house` | [`House`]: an open, migrated database with clock and chance |
//! | `frame` | one command or reading in one transaction: authority, idempotency, commit, or rehearsed and taken back |
//! | `past` | a context turned back to the end of a past day; which readings take one |
//! | `jobs/` | commands done later, by whichever process claims them; what is done by schedule |
//! | `registry` | every command, reading, recorded noun and refusal there is |
//! | `migrations` | the migrations, in order |
//! | `backup/` | a copy of everything, and a database made of it again: `quarterdeck backup` |
//! | `export/` | everything out, the same bytes from both engines: `quarterdeck export all` |
//! | `pack/` | an organisation in one go, from a folder of files: `quarterdeck import pack` |
//! | `setup` | founding an organisation: `quarterdeck init` |
//! | `config` | flag > environment > file > default, and where each value came from |
//! | `first_steps/` | what a new organisation has, and which roles somebody holds |
//! | `find/` | records by words or by an id of any kind: `quarterdeck search`, `quarterdeck open` |
//! | `checkpoints` | the history's end, to files that leave the machine |
//! | `doors` | what doors refuse before any command is looked at |
//! | `demo/` | Larkfield, told through the commands a person would use |
//! | `errors_page` | `docs/errors.md`, generated |

pub mod backup;
mod check;
pub mod checkpoints;
pub mod config;
pub mod demo;
pub mod doors;
pub mod errors_page;
pub mod export;
pub mod find;
pub mod first_steps;
mod frame;
mod house;
pub mod jobs;
mod migrations;
pub mod pack;
mod past;
pub mod registry;
pub mod setup;

pub use check::check;
pub use frame::{Request, later, read, rehearse, run};
pub use house::House;
pub use migrations::MIGRATIONS;
pub use past::{look_back, no_day, takes_day};
