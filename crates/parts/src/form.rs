//! Forms after GOV.UK's patterns: label above, hint under it, no disabled buttons, errors summed up
//! on top with links and said again at the field, answers kept.

use kernel::FieldError;
use maud::{Markup, html};

use crate::field::{Field, FieldKind};

/// A change asked for by one button: method POST with the token and what it is about.
#[derive(Clone, Default)]
pub struct PostAction {
    /// Where it is posted to.
    pub action: String,
    /// The double-submit token.
    pub token: String,
    /// Hidden fields: name and value.
    pub fields: Vec<(String, String)>,
}

impl PostAction {
    /// Posts to `action`.
    pub fn new(action: impl Into<String>, token: impl Into<String>) -> PostAction {
        PostAction { action: action.into(), token: token.into(), fields: Vec::new() }
    }

    /// With a hidden field.
    pub fn with(mut self, name: impl Into<String>, value: impl Into<String>) -> PostAction {
        self.fields.push((name.into(), value.into()));
        self
    }

    /// The form around `inside`, which holds its button.
    pub fn form(&self, inside: Markup) -> Markup {
        html! {
            form .inline method="post" action=(self.action) {
                input type="hidden" name="_token" value=(self.token);
                @for (name, value) in &self.fields { input type="hidden" name=(name) value=(value); }
                (inside)
            }
        }
    }

    /// A plain button that posts it.
    pub fn button(&self, label: &str) -> Markup {
        self.form(html! { button .btn type="submit" { (label) } })
    }
}

/// A form with its fields.
#[derive(Clone, Default)]
pub struct Form {
    /// Where it is posted to.
    pub action: String,
    /// The double-submit token, posted as `_token`.
    pub token: String,
    /// Version of the record that is changed, posted as `_version`.
    pub version: Option<String>,
    /// Its parts in order.
    pub parts: Vec<FormPart>,
    /// What the button says; `Continue` where empty.
    pub submit: String,
    /// A second button: what it says, its name and value (`Save draft`).
    pub second: Option<(String, String, String)>,
    /// Where giving up leads.
    pub cancel: Option<String>,
    /// What is wrong, by field name.
    pub errors: Vec<FieldError>,
    /// What stood there as the form was opened, by field name: posted as `_was.name`, so that what was typed can be
    /// told from what was only sent along.
    pub was: Vec<(String, String)>,
    /// What should be known before the questions are answered again.
    pub note: Option<Markup>,
    /// What is shown in place of the questions, where what they ask for could only be refused.
    pub instead: Option<Markup>,
}

/// A part of a form.
#[derive(Clone)]
pub enum FormPart {
    /// A question.
    Field(Box<Field>),
    /// A heading over the questions that follow.
    Heading(String),
    /// Anything else between questions.
    Words(Markup),
}

impl Form {
    /// An empty form.
    pub fn new(action: impl Into<String>, token: impl Into<String>) -> Form {
        Form { action: action.into(), token: token.into(), ..Form::default() }
    }

    /// One more question.
    pub fn field(mut self, field: Field) -> Form {
        self.parts.push(FormPart::Field(Box::new(field)));
        self
    }

    /// A heading.
    pub fn heading(mut self, heading: impl Into<String>) -> Form {
        self.parts.push(FormPart::Heading(heading.into()));
        self
    }

    /// Words between questions.
    pub fn words(mut self, words: Markup) -> Form {
        self.parts.push(FormPart::Words(words));
        self
    }

    /// What the button says.
    pub fn submit(self, label: impl Into<String>) -> Form {
        Form { submit: label.into(), ..self }
    }

    /// A second button beside it.
    pub fn second(self, label: &str, name: &str, value: &str) -> Form {
        Form { second: Some((label.into(), name.into(), value.into())), ..self }
    }

    /// Where giving up leads.
    pub fn cancel(self, href: impl Into<String>) -> Form {
        Form { cancel: Some(href.into()), ..self }
    }

    /// The record's version.
    pub fn version(self, version: impl Into<String>) -> Form {
        Form { version: Some(version.into()), ..self }
    }

    /// What is wrong.
    pub fn errors(self, errors: Vec<FieldError>) -> Form {
        Form { errors, ..self }
    }

    /// Answers kept: sets each field to the last value given under its name; ticks boxes and choices.
    pub fn answers<'q>(mut self, answers: impl Iterator<Item = (&'q str, &'q str)> + Clone) -> Form {
        for part in &mut self.parts {
            if let FormPart::Field(field) = part {
                field.answer(answers.clone());
            }
        }
        self
    }

    fn error_of(&self, name: &str) -> Option<&str> {
        self.errors.iter().find(|error| error.field == name).map(|error| error.says.as_str())
    }

    fn fields(&self) -> impl Iterator<Item = &Field> {
        self.parts
            .iter()
            .filter_map(|part| if let FormPart::Field(field) = part { Some(&**field) } else { None })
    }

    /// The form with its summary of errors.
    pub fn render(&self) -> Markup {
        if let Some(instead) = &self.instead {
            return html! {
                (instead)
                @if let Some(href) = &self.cancel { p { a href=(href) { "Back" } } }
            };
        }
        let uploads = self.fields().any(|field| matches!(field.kind, FieldKind::File { .. }));
        let submit = if self.submit.is_empty() { "Continue" } else { &self.submit };
        html! {
            (self.summary())
            @if let Some(note) = &self.note { (note) }
            form .form method="post" action=(self.action) enctype=[uploads.then_some("multipart/form-data")]
                data-guard novalidate {
                input type="hidden" name="_token" value=(self.token);
                @if let Some(version) = &self.version { input type="hidden" name="_version" value=(version); }
                @for (name, value) in &self.was { input type="hidden" name={ "_was." (name) } value=(value); }
                @for part in &self.parts {
                    @match part {
                        FormPart::Field(field) => (field.render(self.error_of(&field.name))),
                        FormPart::Heading(heading) => h2 { (heading) },
                        FormPart::Words(words) => (words),
                    }
                }
                div .form-end {
                    button .btn .primary type="submit" { (submit) }
                    @if let Some((label, name, value)) = &self.second {
                        button .btn type="submit" name=(name) value=(value) { (label) }
                    }
                    @if let Some(href) = &self.cancel { a href=(href) { "Cancel" } }
                }
            }
        }
    }

    fn summary(&self) -> Markup {
        let asked = |error: &FieldError| self.fields().find(|field| field.name == error.field);
        html! {
            @if !self.errors.is_empty() {
                div .error-summary role="alert" tabindex="-1" data-focus aria-labelledby="problem" {
                    h2 #problem { "There is a problem" }
                    ul {
                        @for error in &self.errors {
                            li {
                                @if let Some(field) = asked(error) {
                                    a href={ "#" (field.id()) } { (led_by(&field.label, &error.says)) }
                                }
                                @else { (error.says) }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// What is wrong after the question it is about: away from its field “Needs an answer.” alone says nothing.
fn led_by(label: &str, says: &str) -> String {
    match label.chars().last() {
        None => says.to_owned(),
        Some(end) if end.is_alphanumeric() => format!("{label}: {says}"),
        Some(_) => format!("{label} {says}"),
    }
}
