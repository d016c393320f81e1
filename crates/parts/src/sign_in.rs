//! The page to sign in on. A demo offers its people, one click each.

use maud::{Markup, html};

use crate::field::{Field, FieldKind};
use crate::form::{Form, PostAction};
use crate::page_head::PageHead;
use crate::shell::{Shell, page};

/// A person of the demo.
#[derive(Clone, Default)]
pub struct DemoPerson {
    /// `Priya Venkataraman`
    pub name: String,
    /// `IT finance`
    pub role: String,
    /// What signing in as them posts.
    pub action: PostAction,
}

/// What the page offers.
#[derive(Clone, Default)]
pub struct SignIn {
    /// Where name and password are posted to, as `username` and `password`.
    pub action: String,
    /// The name typed before.
    pub username: String,
    /// Why it did not work.
    pub refused: Option<String>,
    /// The demo's people; none in a real installation.
    pub people: Vec<DemoPerson>,
}

/// The page; `shell` has no rail and nobody signed in.
pub fn sign_in(shell: &Shell, sign_in: &SignIn) -> Markup {
    let typed = |kind, autocomplete| FieldKind::Typed { kind, autocomplete };
    let errors = sign_in
        .refused
        .iter()
        .map(|says| kernel::FieldError { field: "username".into(), says: says.clone() });
    let form = Form::new(&sign_in.action, &shell.csrf)
        .field(Field::new("username", "Username", typed("text", "username")).value(&sign_in.username))
        .field(Field::new("password", "Password", typed("password", "current-password")))
        .submit("Sign in")
        .errors(errors.collect());
    let title = format!("Sign in to {}", shell.organisation);
    let head = PageHead { has_errors: sign_in.refused.is_some(), ..PageHead::new(title) };
    page(
        shell,
        head,
        html! {
            div .sign-in {
                section { (form.render()) }
                @if !sign_in.people.is_empty() {
                    section {
                        h2 { "Or look round as" }
                        p .unit-line { "This is a demo. Each of them sees what their role may see." }
                        ul .people {
                            @for person in &sign_in.people {
                                li {
                                    (person.action.form(html! {
                                        button type="submit" { b { (person.name) } span { (person.role) } }
                                    }))
                                }
                            }
                        }
                    }
                }
            }
        },
    )
}
