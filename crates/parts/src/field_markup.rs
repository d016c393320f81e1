//! A question as HTML: label above, hint under it, its error in words.

use maud::{Markup, html};

use crate::field::{Choice, Field, FieldKind};
use crate::number;

impl Field {
    /// The question with its error.
    pub fn render(&self, error: Option<&str>) -> Markup {
        match &self.kind {
            FieldKind::Hidden => html! { input type="hidden" name=(self.name) value=(self.value); },
            FieldKind::Checkbox => self.framed(error, self.one_box(error)),
            FieldKind::Radios(choices) => self.grouped(error, self.choices("radio", choices)),
            FieldKind::Checkboxes(choices) => self.grouped(error, self.choices("checkbox", choices)),
            FieldKind::DateParts { parts } => self.grouped(error, self.date_boxes(parts)),
            _ => self.framed(
                error,
                html! { label for=(self.id()) { (self.named()) } (self.notes(error)) (self.input(error)) },
            ),
        }
    }

    fn framed(&self, error: Option<&str>, inside: Markup) -> Markup {
        html! { div .field .wrong[error.is_some()] { (inside) } }
    }

    fn grouped(&self, error: Option<&str>, inside: Markup) -> Markup {
        self.framed(
            error,
            html! {
                fieldset aria-describedby=[self.described(error)] {
                    legend { (self.named()) }
                    (self.notes(error))
                    (inside)
                }
            },
        )
    }

    fn named(&self) -> Markup {
        html! { (self.label) @if self.optional { span .optional { " (optional)" } } }
    }

    fn notes(&self, error: Option<&str>) -> Markup {
        html! {
            @if !self.hint.is_empty() { p .hint id={ "h-" (self.name) } { (self.hint) } }
            @if let Some(says) = error {
                p .error id={ "e-" (self.name) } { span .hidden { "Error: " } (says) }
            }
        }
    }

    fn described(&self, error: Option<&str>) -> Option<String> {
        let hint = (!self.hint.is_empty()).then(|| format!("h-{}", self.name));
        let error = error.map(|_| format!("e-{}", self.name));
        let ids: Vec<String> = hint.into_iter().chain(error).collect();
        (!ids.is_empty()).then(|| ids.join(" "))
    }

    /// The answer as it stands in a line of text: a stored day as people write it, what was typed as it was.
    fn shown(&self) -> String {
        match self.kind {
            FieldKind::Date => number::date(&self.value).replace(number::NBSP, " "),
            _ => self.value.clone(),
        }
    }

    fn input(&self, error: Option<&str>) -> Markup {
        let (id, described) = (self.id(), self.described(error));
        let wrong = error.map(|_| "true");
        match &self.kind {
            FieldKind::Area { rows } => html! {
                textarea id=(id) name=(self.name) rows=(rows) aria-describedby=[described] aria-invalid=[wrong]
                    { (self.value) }
            },
            FieldKind::Select(choices) => html! {
                select id=(id) name=(self.name) aria-describedby=[described] aria-invalid=[wrong] {
                    @for choice in choices {
                        option value=(choice.value) selected[choice.value == self.value] { (choice.label) }
                    }
                }
            },
            FieldKind::Amount { unit, echo } => html! {
                span .amount {
                    @if !unit.is_empty() { span .unit aria-hidden="true" { (unit) } }
                    input id=(id) type="text" name=(self.name) value=(self.value) inputmode="decimal"
                        autocomplete="off" aria-describedby=[described] aria-invalid=[wrong];
                }
                @if !echo.is_empty() { output .echo for=(id) { (echo) } }
            },
            FieldKind::File { accept } => html! {
                input id=(id) type="file" name=(self.name) accept=(accept) aria-describedby=[described]
                    aria-invalid=[wrong];
            },
            kind => {
                let (of, autocomplete) = match kind {
                    FieldKind::Typed { kind, autocomplete } => (*kind, Some(*autocomplete)),
                    _ => ("text", None),
                };
                let size = if let FieldKind::Short { width } = kind { Some(*width) } else { None };
                let date = matches!(kind, FieldKind::Date).then_some("3 Sep 2026");
                html! {
                    input id=(id) type=(of) name=(self.name) value=(self.shown()) size=[size.or(date.map(|_| 12))]
                        placeholder=[date] autocomplete=[autocomplete] .sized[size.is_some() || date.is_some()]
                        aria-describedby=[described] aria-invalid=[wrong];
                }
            }
        }
    }

    fn one_box(&self, error: Option<&str>) -> Markup {
        html! {
            div .choice {
                input id=(self.id()) type="checkbox" name=(self.name) value="yes" checked[self.value == "yes"]
                    aria-describedby=[self.described(error)];
                label for=(self.id()) { (self.named()) }
            }
            (self.notes(error))
        }
    }

    fn choices(&self, of: &str, choices: &[Choice]) -> Markup {
        let on = |choice: &Choice| if of == "radio" { choice.value == self.value } else { choice.on };
        html! {
            @for (i, choice) in choices.iter().enumerate() {
                @let id = format!("f-{}-{i}", self.name);
                div .choice {
                    input id=(id) type=(of) name=(self.name) value=(choice.value) checked[on(choice)]
                        aria-describedby=[(!choice.hint.is_empty()).then(|| format!("{id}-h"))];
                    label for=(id) { (choice.label) }
                    @if !choice.hint.is_empty() { p .hint id={ (id) "-h" } { (choice.hint) } }
                }
            }
        }
    }

    fn date_boxes(&self, parts: &[String; 3]) -> Markup {
        html! {
            div .date-boxes {
                @for ((name, label, size), part) in
                    [("day", "Day", 2), ("month", "Month", 2), ("year", "Year", 4)].iter().zip(parts) {
                    @let id = format!("f-{}-{name}", self.name);
                    div {
                        label for=(id) { (label) }
                        input .sized id=(id) type="text" name={ (self.name) "-" (name) } value=(part) size=(size)
                            inputmode="numeric" autocomplete="off";
                    }
                }
            }
        }
    }
}
