//! What pages, API and command line reach of access.

use kernel::RefusalKind;

use crate::history::view as history_view;
use crate::organisation::settings;
use crate::route::Nothing;
use crate::{Action, Command, Noun, Reading, command, error, grant, person, reading, session, token};

/// Everything that changes.
pub static COMMANDS: &[Command] = &[
    command!("user add", "Invite a person", Action::Administer, Post "/access/people",
        person::PersonInput => person::add),
    command!("user disable", "Shut a person out", Action::Administer, Post "/access/people/{username}/disable",
        person::Disable => person::disable),
    command!("user reset", "Give a person a new one-time link", Action::Administer,
        Post "/access/people/{username}/reset", Nothing => person::reset, refuses REFUSED_PEOPLE),
    command!("grant add", "Give a role", Action::GrantRoles, Post "/access/grants",
        grant::GrantInput => grant::give),
    command!("grant confirm", "Confirm a role that was asked for", Action::GrantRoles,
        Post "/access/grants/{id}/confirm", Nothing => grant::confirm, refuses REFUSED_GRANTS),
    command!("grant end", "End a role", Action::GrantRoles, Post "/access/grants/{id}/end",
        grant::EndGrant => grant::end),
    command!("token add", "Make an API token for yourself", Action::UseQuarterdeck, Post "/access/tokens",
        token::TokenInput => token::add),
    command!("token revoke", "Revoke an API token", Action::UseQuarterdeck, Post "/access/tokens/{id}/revoke",
        Nothing => token::revoke),
    command!("organisation set", "Set what holds for the whole organisation", Action::EditRules,
        Post "/access/organisation", settings::Settings => settings::set),
];

/// Everything that reads.
pub static READINGS: &[Reading] = &[
    reading!("user list", "People", Action::Administer, "/access/people" => person::list),
    reading!("user show", "One person with their roles", Action::Administer,
        "/access/people/{username}" => person::show),
    reading!("user names", "People who can be named, for choosing one", Action::ReadServices, "/access/names"
        => person::names),
    reading!("grant list", "Who holds which role, for what, and by whom", Action::ReadRoles, "/access/grants"
        => grant::list),
    reading!("organisation show", "What holds for the whole organisation", Action::UseQuarterdeck,
        "/access/organisation" => settings::show),
    reading!("token list", "API tokens", Action::UseQuarterdeck, "/access/tokens" => token::list),
    reading!("history list", "Who changed what, when and why", Action::ReadHistory,
        "/access/history", takes &["as_of"] => history_view::list),
    reading!("history recent", "What changed of all that you may read", Action::UseQuarterdeck,
        "/access/history/recent" => history_view::recent),
    reading!("history of", "What happened to one record", Action::UseQuarterdeck,
        "/access/history/{noun}/{record}", takes &["as_of"] => history_view::of_record),
];

static REFUSED_PEOPLE: &[&RefusalKind] = &[&person::SHUT_OUT];
static REFUSED_GRANTS: &[&RefusalKind] = &[&grant::NEEDS_EXECUTIVE];

/// Records the history tells about.
pub static NOUNS: &[&Noun] = &[&person::NOUN, &grant::NOUN, &token::NOUN, &settings::NOUN];

/// Refusals of this crate and of the kernel.
pub static REFUSALS: &[&[&RefusalKind]] = &[
    &[&kernel::refusal::INVALID, &kernel::refusal::NOT_FOUND],
    error::ALL,
    REFUSED_GRANTS,
    REFUSED_PEOPLE,
    &[&session::WRONG_SIGN_IN, &person::LINK_SPENT],
];
