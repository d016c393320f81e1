//! A Rust file with its code, comments and strings told apart: enough to judge it, far from a parser.

use std::ops::RangeInclusive;

use super::reader::{Kind, Reader};

/// A Rust file.
pub(super) struct Source {
    /// From the root: `crates/kernel/src/money.rs`.
    pub(super) path: String,
    /// As it is.
    pub(super) text: String,
    /// Its lines with comments and the insides of strings blanked.
    pub(super) code: String,
    /// Each comment with the line it begins on (1 is the first), markers included.
    pub(super) comments: Vec<(usize, String)>,
    /// The inside of each string with the line it begins on.
    pub(super) strings: Vec<(usize, String)>,
}

/// A word or a sign of the code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Token<'s> {
    pub(super) line: usize,
    pub(super) text: &'s str,
}

/// A function with a body.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Function<'s> {
    pub(super) name: &'s str,
    pub(super) line: usize,
    /// From `fn` to its closing brace.
    pub(super) lines: usize,
}

impl Source {
    pub(super) fn new(path: &str, text: &str) -> Source {
        let reader = Reader::read(text);
        let code = String::from_utf8_lossy(&reader.code).into_owned();
        let (mut comments, mut strings) = (Vec::new(), Vec::new());
        for (kind, line, range) in reader.found {
            let inside = text.get(range).unwrap_or_default().to_owned();
            match kind {
                Kind::Comment => comments.push((line, inside)),
                Kind::String => strings.push((line, inside)),
            }
        }
        Source { path: path.to_owned(), text: text.to_owned(), code, comments, strings }
    }

    /// The last part of its path: `rules.rs`.
    pub(super) fn file_name(&self) -> &str {
        self.path.rsplit('/').next().unwrap_or_default()
    }

    /// Lines of code that hold this word (or path of words), each with its number.
    pub(super) fn lines_with<'s>(&'s self, word: &'s str) -> impl Iterator<Item = usize> + 's {
        let lines = self.code.lines().enumerate();
        lines.filter(move |(_, line)| has_word(line, word)).map(|(index, _)| index + 1)
    }

    /// The code as words and signs.
    pub(super) fn tokens(&self) -> Vec<Token<'_>> {
        let mut tokens = Vec::new();
        for (index, line) in self.code.lines().enumerate() {
            let mut rest = line.trim_start();
            while let Some(first) = rest.chars().next() {
                let end = if is_word(first) {
                    rest.find(|char| !is_word(char)).unwrap_or(rest.len())
                } else {
                    first.len_utf8()
                };
                tokens.push(Token { line: index + 1, text: &rest[..end] });
                rest = rest[end..].trim_start();
            }
        }
        tokens
    }

    /// The lines of what only tests are built with.
    pub(super) fn test_lines(&self) -> Vec<RangeInclusive<usize>> {
        let tokens = self.tokens();
        let head = ["#", "[", "cfg", "(", "test", ")", "]"];
        let starts = (0..tokens.len()).filter(|&at| begins_with(&tokens[at..], &head));
        let item = |at: usize| Some(tokens[at].line..=tokens[end_of_item(&tokens, at + head.len())?].line);
        starts.filter_map(item).collect()
    }

    /// Its functions, nested ones and those of tests too.
    pub(super) fn functions(&self) -> Vec<Function<'_>> {
        let tokens = self.tokens();
        let named = |at: &usize| {
            let next = tokens.get(at + 1).and_then(|token| token.text.chars().next());
            tokens[*at].text == "fn" && next.is_some_and(|first| first.is_alphabetic() || first == '_')
        };
        let function = |at: usize| {
            let end = tokens[end_of_item(&tokens, at)?];
            let (line, name) = (tokens[at].line, tokens[at + 1].text);
            (end.text == "}").then(|| Function { name, line, lines: end.line - line + 1 })
        };
        (0..tokens.len()).filter(named).filter_map(function).collect()
    }
}

/// Where the item that begins at `at` ends: at its `;`, or at the brace that closes its body.
fn end_of_item(tokens: &[Token<'_>], at: usize) -> Option<usize> {
    let (mut brackets, mut braces) = (0_usize, 0_usize);
    for (index, token) in tokens.iter().enumerate().skip(at) {
        match token.text {
            "(" | "[" => brackets += 1,
            ")" | "]" => brackets = brackets.saturating_sub(1),
            "{" => braces += 1,
            "}" => {
                braces = braces.saturating_sub(1);
                if braces == 0 && brackets == 0 {
                    return Some(index);
                }
            }
            ";" if braces == 0 && brackets == 0 => return Some(index),
            _ => {}
        }
    }
    None
}

pub(super) fn begins_with(tokens: &[Token<'_>], words: &[&str]) -> bool {
    tokens.len() >= words.len() && tokens.iter().zip(words).all(|(token, word)| token.text == *word)
}

pub(super) fn is_word(char: char) -> bool {
    char.is_alphanumeric() || char == '_'
}

/// Whether the line holds this word, and not as a part of a longer one.
pub(super) fn has_word(line: &str, word: &str) -> bool {
    line.match_indices(word).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        let after = line[at + word.len()..].chars().next();
        !before.is_some_and(is_word) && !after.is_some_and(is_word)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(text: &str) -> String {
        Source::new("x.rs", text).code
    }

    #[test]
    fn comments_strings_and_characters_are_not_code() {
        let table = [
            ("a // b\nc", "a     \nc"),
            ("a /* b /* c */ d */ e", "a                   e"),
            (r#"x("b \" c") y"#, r#"x("      ") y"#),
            (r##"r#"a " b"# z"##, r##"r#"     "# z"##),
            (r#"br"a\" z"#, r#"br"  " z"#),
            ("for<'a> 'b' '\\'' 'é' <'b>", "for<'a> ' ' '  ' '  ' <'b>"),
            ("r#type bar\"x\"", "r#type bar\" \""),
        ];
        for (text, expected) in table {
            assert_eq!(code(text), expected, "{text}");
        }
    }

    #[test]
    fn comments_and_strings_are_kept_aside_with_their_lines() {
        let source = Source::new("x.rs", "//! head\nlet a = \"one\n two\"; // tail\n\"three\"");
        assert_eq!(source.comments, [(1, "//! head".to_owned()), (3, "// tail".to_owned())]);
        assert_eq!(source.strings, [(2, "one\n two".to_owned()), (4, "three".to_owned())]);
    }

    #[test]
    fn functions_are_measured_to_their_closing_brace() {
        let text = "fn short() {}\ntrait T {\n fn none(a: [u8; 4]);\n}\nfn long(\n a: fn(u8) -> u8,\n) {\n                     if a { b } // }\n \"}\";\n}\n";
        let source = Source::new("x.rs", text);
        let found: Vec<_> = source.functions().iter().map(|one| (one.name, one.line, one.lines)).collect();
        assert_eq!(found, [("short", 1, 1), ("long", 5, 6)]);
    }

    #[test]
    fn the_lines_of_tests_are_known() {
        let source = Source::new("x.rs", "fn a() {}\n#[cfg(test)]\nmod tests {\n fn b() {}\n}\nfn c() {}\n");
        assert_eq!(source.test_lines(), [2..=5]);
    }

    #[test]
    fn a_word_is_not_found_inside_a_longer_one() {
        assert!(has_word("let x = Utc::now();", "Utc::now"));
        assert!(!has_word("let x = MyUtc::now_or_never();", "Utc::now"));
        assert!(!has_word("randomness", "rand"));
    }
}
