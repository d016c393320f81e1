//! The look of Quarterdeck: pure functions from plain structs to HTML. No HTTP, no database, no
//! clock. A page is `page(&shell, head, body)`, its body made of the parts below.
//!
//! | file | part |
//! | --- | --- |
//! | `shell` | the document: rail, top bar, banners, landmarks |
//! | `page_head` | crumbs, the question, state, actions, the answer |
//! | `figure`, `number` | every number is a link; how numbers, shares and dates are written |
//! | `state`, `shape` | state words with tone and drawn shape |
//! | `table`, `query` | a list page: filter, sort, totals, pager, files; its URL |
//! | `simple_table` | a small table with any cells, groups, subtotals |
//! | `form`, `field` | forms after GOV.UK's patterns |
//! | `facts`, `summary_list`, `tabs`, `empty` | four facts; a record's fields; tabs; nothing yet |
//! | `assets` | style sheet, script, icon |

pub mod assets;
pub mod empty;
pub mod facts;
pub mod field;
pub mod figure;
pub mod form;
pub mod number;
pub mod page_head;
pub mod query;
pub mod shape;
pub mod shell;
pub mod simple_table;
pub mod state;
pub mod summary_list;
pub mod table;
pub mod tabs;

pub use empty::{Empty, empty};
pub use facts::{Fact, facts};
pub use field::{Choice, Field, FieldKind};
pub use figure::{Figure, FigureKind, Judged, Operand};
pub use form::{Form, PostAction};
pub use maud::{Markup, PreEscaped, Render, html};
pub use number::Scale;
pub use page_head::{HeadAction, PageHead};
pub use shape::{Shape, shape};
pub use shell::{Account, Flash, NavGroup, NavItem, PeriodPick, Shell, Theme, page};
pub use simple_table::{Cell, Head, Row, SimpleTable, titled};
pub use state::{State, Thing, Tone, state, tag};
pub use summary_list::{lines, summary_list};
pub use table::{FilterControl, ListPage};
pub use tabs::{Tab, tabs};
