//! Pages and JSON API. The only crate that knows HTTP and, with `parts`, HTML.
//!
//! | file | holds |
//! | --- | --- |
//! | `router` | every address: derived from `app::registry` and the pages of each context |
//! | `api` | the JSON API under `/api/v1`: one address per command and reading |
//! | `api_page` | the same for people: how it is asked, every operation, every refusal |
//! | `openapi` | its description, generated from the same registry |
//! | `form` | the page twin of a command: form in, redirect or the form again out |
//! | `page` | [`PageCx`] and [`Page`]: what a page is handed and gives back |
//! | `around` | the shell around it |
//! | `history` | the whole history |
//! | `list` | the page of any list, with its files |
//! | `no_page` | what answers under a page's address without being a page |
//! | `show` | what pages of records share: rows, counts, refusals of buttons, history |
//! | `ready` | whether a command could only be refused: asked before a page offers it |
//! | `stale` | a form that came back because somebody else was faster |
//! | `told` | what happened, in words: each field old → new |
//! | `jobs` | how far a job is, with scripts and without, and where it ends |
//! | `who` | who a request is from: session, token, or the command line on the database itself |
//! | `sign_in`, `welcome` | signing in and out, the demo's people; one-time links |
//! | `inside` | the API inside this process, for the command line; serving |
//! | `guard` | cross-site requests refused, security headers set |
//! | `answer` | refusals and faults as pages and as JSON |
//! | `people` | naming a person in a form: chosen from those there are |
//! | `paths` | which page belongs to which address of the API |
//! | `access/`, `portfolio/`, `relationships/` … | the pages of each context |

mod access_pages;
mod answer;
mod api;
mod api_page;
mod around;
mod columns;
mod filters;
mod finance;
mod find;
mod form;
mod guard;
mod help;
mod history;
mod home;
mod hub;
mod imports;
mod inside;
mod jobs;
mod list;
mod no_page;
mod openapi;
mod page;
mod paths;
mod people;
mod portfolio;
mod ready;
mod relationships;
mod router;
mod search;
mod show;
mod sign_in;
mod stale;
mod told;
mod units;
mod welcome;
mod who;

pub use api::REHEARSE;
pub use form::base64;
pub use inside::{Said, call, serve};
pub use page::{Answers, Page, PageCx};
pub use router::{Web, router};
pub use who::LocalActor;
