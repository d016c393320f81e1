//! What a page is handed and gives back.

use std::collections::BTreeMap;

use access::route::Outcome;
use access::{Action, Cx, Params, Reach, View, as_of};
use app::registry;
use kernel::listing::{Asked, Listing};
use kernel::{Fault, Refusal, Refused};
use parts::{Markup, PageHead, PostAction};
use serde_json::Value;

use crate::ready::Stand;

/// Answers of a form that came back, and why.
#[derive(Clone, Debug, Default)]
pub struct Answers {
    /// What was typed, by field.
    pub values: BTreeMap<String, String>,
    /// Why it came back.
    pub refusal: Option<Refusal>,
    /// Who changed the record since it was opened, and when, where it came back because of that.
    pub overtaken: Option<(String, String)>,
}

impl Answers {
    /// What was typed for `field`, or `stored` where nothing was; also where somebody else changed the record
    /// meanwhile, and the answer is what stood there before.
    pub fn or<'a>(&'a self, field: &str, stored: &'a str) -> &'a str {
        self.values.get(field).filter(|_| !self.sent_along(field)).map_or(stored, String::as_str)
    }
}

/// In a query, asks for a page as it will be on paper.
pub(crate) const PAPER: &str = "_paper";

/// What a page is handed.
pub struct PageCx {
    /// A reading context of the person signed in.
    pub cx: Cx,
    /// The path asked for.
    pub path: String,
    /// The query asked for.
    pub query: Vec<(String, String)>,
    /// Token every form carries: against other sites, and against being sent twice.
    pub token: String,
    /// Answers of a form that came back.
    pub answers: Answers,
    /// Whether the page is shown as it will be on paper.
    pub paper: bool,
    /// Whether something went wrong: then what is shown is no page to print.
    pub failed: bool,
    /// Why the page's list was not asked as the address says: a filter that means nothing.
    pub misread: Option<Refusal>,
    /// What is shown in place of a form: why it would be refused, or that it was done.
    pub instead: Option<Stand>,
}

/// What a page gives back.
pub struct Page {
    /// Crumbs, question, state, actions, answer.
    pub head: PageHead,
    /// The rest.
    pub body: Markup,
}

/// A page: its address and who may open it.
pub struct PageRoute {
    /// `/customers/{key}`.
    pub path: &'static str,
    /// Its row in the table of authority.
    pub action: Action,
    /// Whether it can be shown as of a past day; all others refuse one.
    pub as_of: bool,
    /// The command its form asks for, where that is not the one at its address.
    pub asks: Option<&'static str>,
    /// Renders it.
    pub render: for<'c> fn(&'c mut PageCx, Params) -> Outcome<'c, Page>,
}

/// Declares a [`PageRoute`] of an `async fn(&mut PageCx, &Params) -> Result<Page, Refused>`.
macro_rules! page {
    ($path:literal, $action:ident => $render:path) => {
        $crate::page::page!(@ $path, $action, $render, false, None)
    };
    ($path:literal, $action:ident, as_of => $render:path) => {
        $crate::page::page!(@ $path, $action, $render, true, None)
    };
    ($path:literal, $action:ident, asks $command:literal => $render:path) => {
        $crate::page::page!(@ $path, $action, $render, false, Some($command))
    };
    (@ $path:literal, $action:ident, $render:path, $as_of:literal, $asks:expr) => {
        $crate::page::PageRoute {
            path: $path,
            action: access::Action::$action,
            as_of: $as_of,
            asks: $asks,
            render: |page, params| Box::pin(async move { $render(page, &params).await }),
        }
    };
}
pub(crate) use page;

impl PageCx {
    /// The page asked for at `path` with `query`.
    pub fn new(cx: Cx, path: &str, query: &str, token: String, answers: Answers) -> PageCx {
        let (own, query): (Vec<_>, Vec<_>) =
            crate::find::asked(query).into_iter().partition(|(name, _)| name == PAPER);
        let paper = !own.is_empty();
        let path = path.to_owned();
        PageCx { cx, path, query, token, answers, paper, failed: false, misread: None, instead: None }
    }

    /// The past day the page is shown as of; empty for today.
    pub fn as_of(&self) -> &str {
        let day = self.asked(as_of::AS_OF);
        if day == "*" { "" } else { day }
    }

    /// Why a form came back, or why the list is not the one asked for. That a form is not shown refuses nothing yet.
    pub fn refusal(&self) -> Option<&Refusal> {
        self.answers.refusal.as_ref().or(self.misread.as_ref())
    }

    /// The value of `name` in the query; empty if not there.
    pub fn asked(&self, name: &str) -> &str {
        self.query.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value.as_str())
    }

    /// How far `action` reaches for the person on this page: the past is read, not changed.
    pub fn reach(&self, action: Action) -> Reach {
        if self.as_of().is_empty() || as_of::allows(action) {
            self.cx.who.reach(action)
        } else {
            Reach::Nothing
        }
    }

    /// Whether the person may do `action` to anything.
    pub fn may(&self, action: Action) -> bool {
        self.reach(action).any()
    }

    /// A reading by its name.
    pub async fn read(&mut self, name: &str, params: &[(&str, &str)], asked: Asked) -> Result<View, Refused> {
        let reading = registry::reading(name).ok_or_else(|| Fault::because(format!("no reading {name}")))?;
        self.cx.require(reading.action)?;
        app::takes_day(reading, &asked)?;
        let params = params.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        let mut params = Params(params);
        // A page as of a past day reads all of that day that can be read so.
        if as_of::taken_by(reading) && !self.as_of().is_empty() {
            params.0.entry(as_of::AS_OF.to_owned()).or_insert_with(|| self.as_of().to_owned());
        }
        app::look_back(&mut self.cx, reading, &params).await?;
        let view = (reading.run)(&mut self.cx, params, asked).await?;
        Ok(crate::list::with_open_links(view, &self.cx.who))
    }

    /// A list by its name, whole.
    pub async fn list(&mut self, name: &str, params: &[(&str, &str)]) -> Result<Listing, Refused> {
        self.list_asked(name, params, Asked::default()).await
    }

    /// A list by its name, filtered by `filters` (as in a URL), sorted and paged as given.
    pub async fn list_asked(
        &mut self,
        name: &str,
        params: &[(&str, &str)],
        asked: Asked,
    ) -> Result<Listing, Refused> {
        match self.read(name, params, asked).await? {
            View::List(listing) => Ok(listing),
            View::Record(_) => Err(Fault::because(format!("{name} is no list")).into()),
        }
    }

    /// A list by its name, as this page's query asks for it.
    pub async fn list_at(&mut self, name: &str, params: &[(&str, &str)]) -> Result<Listing, Refused> {
        crate::list::as_asked(self, name, params).await
    }

    /// A record by its name.
    pub async fn record(&mut self, name: &str, params: &[(&str, &str)]) -> Result<Value, Refused> {
        match self.read(name, params, Asked::default()).await? {
            View::Record(record) => Ok(record),
            View::List(_) => Err(Fault::because(format!("{name} is no record")).into()),
        }
    }

    /// A button that posts to the page twin of a command, changing `version` of the record, and comes back
    /// to this page if refused.
    pub fn post(&self, action: impl Into<String>, version: Option<i64>) -> PostAction {
        let post = PostAction::new(action, self.token.clone()).with("_form", self.here());
        match version {
            Some(version) => post.with("_version", version.to_string()),
            None => post,
        }
    }

    /// The address of this page.
    pub(crate) fn here(&self) -> String {
        let encode = kernel::listing::encode;
        let pair = |(name, value): &(String, String)| format!("{}={}", encode(name), encode(value));
        let query: Vec<String> = self.query.iter().map(pair).collect();
        if query.is_empty() { self.path.clone() } else { format!("{}?{}", self.path, query.join("&")) }
    }

    /// A form that posts to the page twin of a command and comes back to this page if refused.
    pub fn form(&self, action: impl Into<String>, version: Option<i64>) -> parts::Form {
        let mut form = parts::Form::new(action, self.token.clone());
        // What came back for another reason is still about the version that was opened.
        let opened = self.answers.values.get("_version").filter(|_| !self.answers.is_stale()).cloned();
        form.version = version.map(|version| opened.unwrap_or_else(|| version.to_string()));
        form.errors = self.answers.refusal.as_ref().map(errors_of).unwrap_or_default();
        form.instead = self.in_place();
        form.field(parts::Field::new("_form", "", parts::FieldKind::Hidden).value(self.path.clone()))
    }
}

/// What is wrong by field; a refusal about no field in particular stands over the form. A rule says its way out too.
fn errors_of(refusal: &Refusal) -> Vec<kernel::FieldError> {
    let whole = format!("{} {}", refusal.says, crate::answer::on_page(&refusal.way_out));
    match refusal.fields.as_slice() {
        [] => vec![kernel::FieldError { field: String::new(), says: whole }],
        [only] if only.says == refusal.says => vec![kernel::FieldError { says: whole, ..only.clone() }],
        fields => fields.to_vec(),
    }
}

/// The text of a record's field; empty where there is none.
pub fn text<'r>(record: &'r Value, field: &str) -> &'r str {
    record.get(field).and_then(Value::as_str).unwrap_or("")
}

/// The version of a record.
pub fn version(record: &Value) -> Option<i64> {
    record.get("version").and_then(Value::as_i64)
}
