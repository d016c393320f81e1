//! What a cost pool is and how its answers are read.

use kernel::{FieldError, PoolId, Refusal};

use crate::input::{all_fine, name_wrong, optional, read_words};

/// A kind of cost said in one of a few words.
macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$each:meta])* $variant:ident = $word:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, Debug)]
        pub enum $name { $($(#[$each])* $variant),+ }

        impl $name {
            /// Every one of them.
            pub const ALL: &[$name] = &[$($name::$variant),+];

            /// The words of all.
            pub fn words() -> Vec<&'static str> {
                $name::ALL.iter().map(|one| one.word()).collect()
            }

            /// The word stored and shown.
            pub const fn word(self) -> &'static str {
                match self { $($name::$variant => $word),+ }
            }

            /// The one of that word.
            pub fn parse(word: &str) -> Option<$name> {
                $name::ALL.iter().copied().find(|one| one.word() == word)
            }
        }
    };
}

words! {
    /// Expense, or money that becomes an asset first.
    Spend {
        /// Expense.
        Operating = "operating",
        /// Becomes an asset.
        Capital = "capital",
    }
}

words! {
    /// Whether it moves with volume.
    Behaviour {
        /// It does not.
        Fixed = "fixed",
        /// It does.
        Variable = "variable",
    }
}

words! {
    /// What the money is for.
    Purpose {
        /// Keeping what there is.
        Run = "run",
        /// More of what there is.
        Grow = "grow",
        /// Something new.
        Transform = "transform",
    }
}

/// A cost pool as stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pool {
    /// Id.
    pub id: PoolId,
    /// Version, for If-Match.
    pub version: i64,
    /// `[A-Z0-9]{2,12}`, unique, unchangeable.
    pub key: String,
    /// Name.
    pub name: String,
    /// Capital or operating.
    pub spend: Spend,
    /// Fixed or variable.
    pub behaviour: Behaviour,
    /// Run, grow or transform, where it is one of them.
    pub purpose: Option<Purpose>,
}

impl Pool {
    /// Changes what may change; says whether anything did. An empty purpose takes it away.
    pub fn edit(
        &mut self,
        name: Option<&str>,
        spend: Option<&str>,
        behaviour: Option<&str>,
        purpose: Option<&str>,
    ) -> Result<bool, Refusal> {
        let before = self.clone();
        let mut wrong = Vec::new();
        if let Some(name) = name {
            self.name = read_words("name", name, &mut wrong);
        }
        if let Some(spend) = spend {
            self.spend = read_spend(spend, &mut wrong);
        }
        if let Some(behaviour) = behaviour {
            self.behaviour = read_behaviour(behaviour, &mut wrong);
        }
        if purpose.is_some() {
            self.purpose = read_purpose(purpose, &mut wrong);
        }
        all_fine(wrong)?;
        Ok(*self != before)
    }
}

pub(super) fn read_spend(text: &str, wrong: &mut Vec<FieldError>) -> Spend {
    Spend::parse(text.trim()).unwrap_or_else(|| {
        name_wrong(wrong, "spend", "Choose “operating” for expense, “capital” for what becomes an asset.");
        Spend::Operating
    })
}

pub(super) fn read_behaviour(text: &str, wrong: &mut Vec<FieldError>) -> Behaviour {
    Behaviour::parse(text.trim()).unwrap_or_else(|| {
        name_wrong(wrong, "behaviour", "Choose “fixed” or, where it moves with volume, “variable”.");
        Behaviour::Fixed
    })
}

pub(super) fn read_purpose(text: Option<&str>, wrong: &mut Vec<FieldError>) -> Option<Purpose> {
    let text = optional(text)?;
    let purpose = Purpose::parse(&text);
    if purpose.is_none() {
        name_wrong(wrong, "purpose", "Choose “run”, “grow” or “transform”, or leave it empty.");
    }
    purpose
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cloud() -> Pool {
        Pool {
            id: PoolId::parse("00000000-0000-0000-0000-000000000000").unwrap(),
            version: 1,
            key: "CLOUD".into(),
            name: "Cloud".into(),
            spend: Spend::Operating,
            behaviour: Behaviour::Variable,
            purpose: Some(Purpose::Run),
        }
    }

    #[test]
    fn an_edit_says_whether_anything_changed_and_names_every_wrong_answer() {
        let mut pool = cloud();
        assert_eq!(pool.edit(Some("Cloud"), None, Some("variable"), None), Ok(false));
        assert_eq!(pool.edit(None, None, None, Some("")), Ok(true));
        assert_eq!(pool.purpose, None);
        let refusal = pool.edit(Some(" "), Some("opex"), Some("mixed"), Some("keep")).unwrap_err();
        let fields: Vec<_> = refusal.fields.iter().map(|field| field.field.as_str()).collect();
        assert_eq!(fields, ["name", "spend", "behaviour", "purpose"]);
    }
}
