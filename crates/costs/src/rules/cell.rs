//! A condition as a cell of a rule file writes it: `prod`, `prod|test`, `web-*`, `*`. A backslash takes the meaning
//! from what follows.

use super::Test;

/// Reads a cell; what is wrong with it otherwise.
pub(super) fn tests(text: &str) -> Result<Vec<Test>, String> {
    let mut tests = Vec::new();
    let (mut word, mut star) = (String::new(), false);
    let mut letters = text.chars();
    while let Some(letter) = letters.next() {
        if letter == '|' {
            tests.push(test(&word, star, text)?);
            (word, star) = (String::new(), false);
            continue;
        }
        if star {
            return Err(format!(
                "“{text}” has a star within. Put it at the end (web-*), or write \\* for a star"
            ));
        }
        match letter {
            '*' => star = true,
            '\\' => word.extend(letters.next()),
            other => word.push(other),
        }
    }
    tests.push(test(&word, star, text)?);
    Ok(tests)
}

fn test(word: &str, star: bool, text: &str) -> Result<Test, String> {
    match (word.trim(), star) {
        ("", true) => Ok(Test::Exists),
        ("", false) => Err(format!("“{text}” has a bar with nothing beside it. Write it as prod|test")),
        (word, true) => Ok(Test::Begins(word.to_owned())),
        (word, false) => Ok(Test::Is(word.to_owned())),
    }
}

#[cfg(test)]
mod tests_of_cells {
    use super::*;

    #[test]
    fn a_cell_is_a_word_or_several_or_a_beginning_or_anything() {
        let is = |word: &str| Test::Is(word.to_owned());
        let begins = |word: &str| Test::Begins(word.to_owned());
        for (text, expected) in [
            ("prod", vec![is("prod")]),
            ("prod | test", vec![is("prod"), is("test")]),
            ("web-*|db", vec![begins("web-"), is("db")]),
            ("*", vec![Test::Exists]),
            (r"5\*|a\|b\\", vec![is("5*"), is(r"a|b\")]),
        ] {
            assert_eq!(tests(text), Ok(expected), "{text}");
        }
        assert_eq!(
            tests("*-web").unwrap_err(),
            "“*-web” has a star within. Put it at the end (web-*), or write \\* for a star"
        );
        assert_eq!(
            tests("a||b").unwrap_err(),
            "“a||b” has a bar with nothing beside it. Write it as prod|test"
        );
    }
}
