//! One question of a form and its answer.

/// A question.
#[derive(Clone, Default)]
pub struct Field {
    /// Name it is posted under.
    pub name: String,
    /// The label above it.
    pub label: String,
    /// A hint under the label.
    pub hint: String,
    /// Said as `(optional)`.
    pub optional: bool,
    /// The answer so far.
    pub value: String,
    /// How it is asked.
    pub kind: FieldKind,
}

/// How a question is asked.
#[derive(Clone, Default)]
pub enum FieldKind {
    /// A line of text, as wide as the answer is long.
    #[default]
    Text,
    /// A line of text with a number of characters expected.
    Short {
        /// Characters.
        width: u32,
    },
    /// A line with a type and what the browser may fill in: `email`, `password`.
    Typed {
        /// The input's type.
        kind: &'static str,
        /// The autocomplete word.
        autocomplete: &'static str,
    },
    /// An amount as people write it; text, so that any decimal mark can be typed.
    Amount {
        /// What stands before it: `€`.
        unit: String,
        /// What was read, shown again: `read as €1,234.56`.
        echo: String,
    },
    /// Several lines.
    Area {
        /// Lines.
        rows: u32,
    },
    /// One of many.
    Select(Vec<Choice>),
    /// One of a few.
    Radios(Vec<Choice>),
    /// Any of a few; answers are the ticked choices.
    Checkboxes(Vec<Choice>),
    /// Yes or no: posts `yes`.
    Checkbox,
    /// A day in one box, ISO.
    Date,
    /// A day in three boxes, posted as `name-day`, `name-month`, `name-year`.
    DateParts {
        /// Day, month, year as typed.
        parts: [String; 3],
    },
    /// A file.
    File {
        /// Endings taken: `.csv,.xlsx`.
        accept: String,
    },
    /// Not seen.
    Hidden,
}

/// One answer to choose.
#[derive(Clone, Default)]
pub struct Choice {
    /// What is posted.
    pub value: String,
    /// What is read.
    pub label: String,
    /// A hint under it.
    pub hint: String,
    /// Ticked, among checkboxes.
    pub on: bool,
}

impl Choice {
    /// `value`, read as `label`.
    pub fn new(value: impl Into<String>, label: impl Into<String>) -> Choice {
        Choice { value: value.into(), label: label.into(), ..Choice::default() }
    }

    /// With a hint.
    pub fn hint(self, hint: impl Into<String>) -> Choice {
        Choice { hint: hint.into(), ..self }
    }

    /// Ticked.
    pub fn on(self, on: bool) -> Choice {
        Choice { on, ..self }
    }
}

impl Field {
    /// A question of that kind.
    pub fn new(name: impl Into<String>, label: impl Into<String>, kind: FieldKind) -> Field {
        Field { name: name.into(), label: label.into(), kind, ..Field::default() }
    }

    /// A line of text.
    pub fn text(name: &str, label: &str) -> Field {
        Field::new(name, label, FieldKind::Text)
    }

    /// A short line, `width` characters.
    pub fn short(name: &str, label: &str, width: u32) -> Field {
        Field::new(name, label, FieldKind::Short { width })
    }

    /// An amount in `unit`.
    pub fn amount(name: &str, label: &str, unit: &str) -> Field {
        Field::new(name, label, FieldKind::Amount { unit: unit.to_owned(), echo: String::new() })
    }

    /// Several lines of text.
    pub fn area(name: &str, label: &str, rows: u32) -> Field {
        Field::new(name, label, FieldKind::Area { rows })
    }

    /// One of many.
    pub fn select(name: &str, label: &str, choices: Vec<Choice>) -> Field {
        Field::new(name, label, FieldKind::Select(choices))
    }

    /// One of a few.
    pub fn radios(name: &str, label: &str, choices: Vec<Choice>) -> Field {
        Field::new(name, label, FieldKind::Radios(choices))
    }

    /// Any of a few.
    pub fn checkboxes(name: &str, label: &str, choices: Vec<Choice>) -> Field {
        Field::new(name, label, FieldKind::Checkboxes(choices))
    }

    /// Yes or no.
    pub fn checkbox(name: &str, label: &str) -> Field {
        Field::new(name, label, FieldKind::Checkbox)
    }

    /// A day, ISO in one box.
    pub fn date(name: &str, label: &str) -> Field {
        Field::new(name, label, FieldKind::Date)
    }

    /// A day in three boxes.
    pub fn date_parts(name: &str, label: &str) -> Field {
        Field::new(name, label, FieldKind::DateParts { parts: Default::default() })
    }

    /// A file that ends so.
    pub fn file(name: &str, label: &str, accept: &str) -> Field {
        Field::new(name, label, FieldKind::File { accept: accept.to_owned() })
    }

    /// A hidden value.
    pub fn hidden(name: &str, value: impl Into<String>) -> Field {
        Field::new(name, "", FieldKind::Hidden).value(value)
    }

    /// The answer so far. Among radios and selects the choice with that value.
    pub fn value(self, value: impl Into<String>) -> Field {
        Field { value: value.into(), ..self }
    }

    /// A hint.
    pub fn hint(self, hint: impl Into<String>) -> Field {
        Field { hint: hint.into(), ..self }
    }

    /// Need not be answered.
    pub fn optional(self) -> Field {
        Field { optional: true, ..self }
    }

    /// The id errors link to.
    pub fn id(&self) -> String {
        match &self.kind {
            FieldKind::DateParts { .. } => format!("f-{}-day", self.name),
            FieldKind::Radios(_) | FieldKind::Checkboxes(_) => format!("f-{}-0", self.name),
            _ => format!("f-{}", self.name),
        }
    }

    pub(crate) fn answer<'q>(&mut self, answers: impl Iterator<Item = (&'q str, &'q str)> + Clone) {
        let given = |name: &str| answers.clone().filter(|pair| pair.0 == name).map(|pair| pair.1).last();
        match &mut self.kind {
            FieldKind::Checkboxes(choices) => {
                for choice in choices {
                    choice.on =
                        answers.clone().any(|pair| pair == (self.name.as_str(), choice.value.as_str()));
                }
            }
            FieldKind::DateParts { parts } => {
                for (part, which) in parts.iter_mut().zip(["day", "month", "year"]) {
                    *part = given(&format!("{}-{which}", self.name)).unwrap_or_default().to_owned();
                }
            }
            FieldKind::Checkbox => self.value = given(&self.name).unwrap_or_default().to_owned(),
            // A file cannot be given back, and a hidden value is ours.
            FieldKind::File { .. } | FieldKind::Hidden => {}
            _ => {
                if let Some(value) = given(&self.name) {
                    self.value = value.to_owned();
                }
            }
        }
    }
}
