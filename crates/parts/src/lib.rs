//! The look of Quarterdeck: pure functions from plain structs to HTML. No HTTP, no database, no
//! clock. A page is `page(&shell, head, body)`, its body made of the parts below.
//!
//! | file | part |
//! | --- | --- |
//! | `shell`, `top_bar`, `theme` | the document: rail, top bar, banners, landmarks; light, dark, paper |
//! | `page_head` | crumbs, the question, state, actions, the answer |
//! | `past` | the past day a page is shown as of, and the choice of one |
//! | `figure`, `figure_kind`, `number` | every number is a link; how numbers, shares and dates are written |
//! | `state`, `shape` | state words with tone and drawn shape |
//! | `table`, `table_bars`, `query` | a list page: filter, sort, totals, pager, files; its URL |
//! | `simple_table` | a small table with any cells, groups, subtotals |
//! | `form`, `field`, `field_markup` | forms after GOV.UK's patterns |
//! | `facts`, `summary_list`, `tabs`, `empty` | four facts; a record's fields; tabs; nothing yet |
//! | `review` | answers checked before anything irreversible |
//! | `todo`, `steps`, `progress` | what needs the reader; the close's checklist; a long job |
//! | `spine`, `promise`, `history` | a service's life; promised against actual; what happened |
//! | `bridge`, `trace` | parts from last to this; where an amount comes from |
//! | `menu_card`, `banner` | the catalogue; one thing to know first |
//! | `chart` | bars, lines, sparks, sankey, each with its table |
//! | `sign_in`, `error_page` | pages without a session or without a result |
//! | `assets` | style sheet, script, icon |

pub mod assets;
pub mod banner;
pub mod bridge;
pub mod chart;
pub mod empty;
pub mod error_page;
pub mod facts;
pub mod field;
mod field_markup;
pub mod figure;
mod figure_kind;
pub mod form;
pub mod history;
pub mod menu_card;
pub mod number;
pub mod page_head;
pub mod past;
pub mod progress;
pub mod promise;
pub mod query;
pub mod review;
pub mod shape;
pub mod shell;
pub mod sign_in;
pub mod simple_table;
pub mod spine;
pub mod state;
pub mod steps;
pub mod summary_list;
pub mod table;
mod table_bars;
mod table_phone;
mod table_total;
pub mod tabs;
pub mod theme;
pub mod todo;
mod top_bar;
pub mod trace;

pub use banner::banner;
pub use bridge::{BridgePart, bridge};
pub use chart::{BarChart, Caption, LineChart, Point, Sankey, Series, spark};
pub use empty::{Empty, empty};
pub use error_page::{fault_page, refusal_page};
pub use facts::{Fact, facts};
pub use field::{Choice, Field, FieldKind};
pub use figure::{Figure, FigureKind, Judged, Operand};
pub use form::{Form, PostAction};
pub use history::{HistRow, changed, hist_rows};
pub use maud::{Markup, PreEscaped, Render, html};
pub use menu_card::{MenuCard, MenuSection, menu, menu_card};
pub use number::{Format, Scale};
pub use page_head::{HeadAction, PageHead};
pub use past::{DayPick, PastDay};
pub use progress::{Progress, progress};
pub use promise::{PromiseRow, promise_rows};
pub use review::{Answer, check_answers};
pub use shape::{Shape, shape};
pub use shell::{Account, Flash, NavGroup, NavItem, Paper, PeriodPick, Shell, page};
pub use sign_in::{DemoPerson, SignIn, sign_in};
pub use simple_table::{Cell, Head, Row, SimpleTable, titled};
pub use spine::{Reached, SpineStep, spine};
pub use state::{State, Thing, Tone, state, tag};
pub use steps::{Step, steps};
pub use summary_list::{lines, summary_list};
pub use table::ListPage;
pub use table_bars::FilterControl;
pub use tabs::{Tab, tabs};
pub use theme::Theme;
pub use todo::{TodoGroup, TodoRow, todo_list};
pub use trace::{Trace, TraceStep};
