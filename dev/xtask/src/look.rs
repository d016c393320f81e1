//! A picture of a page, to be looked at beside the design.

use std::path::{Path, PathBuf};
use std::str::FromStr;

use browser::{Browser, Look};

use crate::{Outcome, USAGE};

#[derive(Debug, PartialEq, Eq)]
struct Asked {
    url: String,
    out: PathBuf,
    look: Look,
    js: bool,
    cookies: Vec<(String, String)>,
}

/// `look URL OUT.png …`.
pub(crate) fn run(words: &[&str]) -> Outcome {
    let asked = parse(words)?;
    picture(&asked).map_err(|error| error.to_string())?;
    eprintln!("{} {}×{} {}", asked.out.display(), asked.look.width, asked.look.height, asked.url);
    Ok(())
}

fn picture(asked: &Asked) -> Result<(), browser::Error> {
    let browser = Browser::start(asked.js)?;
    browser.emulate(&asked.look)?;
    for (name, value) in &asked.cookies {
        browser.set_cookie(&asked.url, name, value)?;
    }
    browser.goto(&asked.url)?;
    browser.screenshot(&asked.out, &asked.look)?;
    for complaint in browser.complaints()? {
        eprintln!("the browser complains: {complaint}");
    }
    Ok(())
}

fn parse(words: &[&str]) -> Result<Asked, String> {
    let [url, out, options @ ..] = words else { return Err(USAGE.to_owned()) };
    let out = Path::new(out).to_owned();
    let mut asked =
        Asked { url: (*url).to_owned(), out, look: Look::default(), js: true, cookies: Vec::new() };
    let mut options = options.iter();
    while let Some(option) = options.next() {
        let mut value = || options.next().copied().ok_or_else(|| format!("{option} needs a value"));
        match *option {
            "--width" => asked.look.width = number(value()?)?,
            "--height" => asked.look.height = number(value()?)?,
            "--dark" => asked.look.dark = true,
            "--print" => asked.look.print = true,
            "--whole" => asked.look.whole = true,
            "--no-js" => asked.js = false,
            "--cookie" => {
                let cookie = value()?.split_once('=').ok_or("--cookie takes NAME=VALUE")?;
                asked.cookies.push((cookie.0.to_owned(), cookie.1.to_owned()));
            }
            other => return Err(format!("{other} is not an option of look\n{USAGE}")),
        }
    }
    Ok(asked)
}

fn number(text: &str) -> Result<u32, String> {
    u32::from_str(text).map_err(|_| format!("{text} is not a number of pixels"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_are_read_in_any_order() {
        let words =
            ["http://x/", "a.png", "--dark", "--cookie", "s=a=b", "--width", "390", "--no-js", "--whole"];
        let asked = parse(&words).unwrap();
        assert_eq!(asked.look, Look { width: 390, height: 768, dark: true, print: false, whole: true });
        assert_eq!(asked.cookies, [("s".to_owned(), "a=b".to_owned())]);
        assert!(!asked.js);
    }

    #[test]
    fn wrong_use_is_said() {
        for words in
            [&["http://x/"][..], &["u", "o", "--width"], &["u", "o", "--width", "wide"], &["u", "o", "-x"]]
        {
            assert!(parse(words).is_err(), "{words:?}");
        }
    }
}
