//! The driver against a small site of its own: links, forms, cookies, pictures, with scripts and without.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

use browser::{Browser, Error, Look};
use serde_json::json;

const HOME: &str = r#"<!doctype html><meta charset=utf-8><meta name=viewport content="width=device-width">
<title>Home</title><style>body{background:#fff;height:2000px;margin:0}
@media (prefers-color-scheme:dark){body{background:#000}} @media print{h1{display:none}}</style>
<h1>Without scripts</h1><p hidden>unseen</p><a href=/second>To the second page</a>
<form method=post action=/form><input name=who value=nobody><select name=colour><option>red<option>blue</select>
<button>Send it</button></form>
<script>document.querySelector('h1').textContent = 'With scripts'; undefined_function()</script>"#;

/// A site on a free port: `/` and a second page; a form that says what it was sent.
fn site() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    thread::spawn(move || listener.incoming().for_each(|stream| answer(stream.unwrap())));
    address
}

fn answer(mut stream: TcpStream) {
    let mut reader = BufReader::new(stream.try_clone().unwrap());
    let (mut head, mut length) = (String::new(), 0);
    while reader.read_line(&mut head).is_ok_and(|read| read > 2) {
        let last = head.lines().last().unwrap_or_default().to_ascii_lowercase();
        length = last.strip_prefix("content-length: ").map_or(length, |text| text.parse().unwrap());
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).unwrap();
    let cookie = head.lines().find(|line| line.starts_with("Cookie: ")).unwrap_or("no cookie").to_owned();
    let page = match head.split(' ').nth(1) {
        Some("/") => HOME.to_owned(),
        Some("/second") => format!("<title>Second</title><h1>{cookie}</h1>"),
        Some("/form") => format!("<h1>{}</h1>", String::from_utf8(body).unwrap()),
        _ => "<h1>nothing here</h1>".to_owned(),
    };
    let head = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nConnection: close\r\n";
    let cookie = "Set-Cookie: seen=1; HttpOnly; SameSite=Strict\r\n";
    // A browser may open a connection ahead and never use it.
    let _ = write!(stream, "{head}{cookie}Content-Length: {}\r\n\r\n{page}", page.len());
}

fn walk(js: bool, headline: &str) {
    let (site, browser) = (site(), Browser::start(js).unwrap());
    browser.goto(&site).unwrap();
    assert_eq!(browser.text("h1").unwrap(), headline);
    assert!(!browser.find("p").unwrap().is_displayed().unwrap());

    browser.link("To the second page").unwrap().follow().unwrap();
    assert_eq!(browser.title().unwrap(), "Second");
    assert_eq!(browser.url().unwrap(), format!("{site}/second"));
    browser.back().unwrap();

    browser.fill("input[name=who]", "Åsa & Ana").unwrap();
    assert_eq!(browser.find("input[name=who]").unwrap().value().unwrap(), "Åsa & Ana");
    browser.find("select").unwrap().choose("blue").unwrap();
    browser.submit("input[name=who]").unwrap();
    assert_eq!(browser.text("h1").unwrap(), "who=%C3%85sa+%26+Ana&colour=blue");
    assert!(browser.source().unwrap().contains("colour=blue"));
}

#[test]
fn a_person_without_javascript_follows_a_link_and_sends_a_form() {
    walk(false, "Without scripts");
}

#[test]
fn a_person_with_javascript_follows_a_link_and_sends_a_form() {
    walk(true, "With scripts");
}

#[test]
fn what_is_not_there_is_said_with_what_was_looked_for() {
    let (site, browser) = (site(), Browser::start(false).unwrap());
    browser.goto(&site).unwrap();
    assert!(browser.has("h1").unwrap());
    let asked = Instant::now();
    assert!(!browser.has("h6").unwrap());
    assert!(asked.elapsed() < Duration::from_secs(2), "has() does not wait");
    assert_eq!(browser.find_all("option").unwrap().len(), 2);
    let error = browser.find("#missing").err().expect("there is no such element");
    assert!(matches!(&error, Error::Refused { code, .. } if code == "no such element"), "{error}");
    assert!(error.to_string().contains("#missing"), "{error}");
    let free = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    assert!(browser.goto(&format!("http://{free}/")).is_err(), "nobody answers there");
}

#[test]
fn a_press_that_leads_nowhere_is_not_taken_for_a_page() {
    let (site, browser) = (site(), Browser::start(false).unwrap());
    browser.goto(&site).unwrap();
    browser.click("h1").unwrap();
    let error = browser.follow("h1").expect_err("a headline is no link");
    assert!(matches!(&error, Error::Refused { code, .. } if code == "no page"), "{error}");
}

#[test]
fn cookies_are_set_read_and_forgotten() {
    let (site, browser) = (site(), Browser::start(false).unwrap());
    browser.set_cookie(&site, "token", "abc").unwrap();
    browser.goto(&format!("{site}/second")).unwrap();
    assert_eq!(browser.text("h1").unwrap(), "Cookie: token=abc");
    let mut cookies = browser.cookies().unwrap();
    cookies.sort_by(|a, b| a.name.cmp(&b.name));
    assert_eq!(cookies.iter().map(|cookie| cookie.name.as_str()).collect::<Vec<_>>(), ["seen", "token"]);
    assert!(cookies[0].http_only && !cookies[1].http_only);
    assert_eq!(cookies[0].same_site, "Strict");
    browser.forget_cookies().unwrap();
    assert!(browser.cookies().unwrap().is_empty());
}

#[test]
fn pictures_have_the_size_and_the_colours_that_were_asked_for() {
    let (site, browser) = (site(), Browser::start(false).unwrap());
    let path = std::env::temp_dir().join(format!("qdlook-{}.png", std::process::id()));
    let look = Look { width: 390, height: 844, dark: true, ..Look::default() };
    browser.goto(&site).unwrap();
    browser.screenshot(&path, &look).unwrap();
    assert_eq!(png_size(&path), (390, 844));
    let background = "return getComputedStyle(document.body).backgroundColor";
    assert_eq!(browser.script(background, &[]).unwrap(), json!("rgb(0, 0, 0)"));

    browser.screenshot(&path, &Look { whole: true, print: true, ..Look::default() }).unwrap();
    let (width, height) = png_size(&path);
    fs::remove_file(path).unwrap();
    assert_eq!(width, 1366);
    assert!(height >= 2000, "the whole page: {height}");
    assert_eq!(browser.script(background, &[]).unwrap(), json!("rgb(255, 255, 255)"));
    assert!(!browser.find("h1").unwrap().is_displayed().unwrap(), "hidden in print");
}

#[test]
fn the_browser_tells_of_script_errors_once() {
    let (site, browser) = (site(), Browser::start(true).unwrap());
    browser.goto(&site).unwrap();
    let complaints = browser.complaints().unwrap();
    assert!(complaints.iter().any(|line| line.contains("undefined_function")), "{complaints:?}");
    assert!(browser.complaints().unwrap().is_empty());
}

#[test]
fn dropping_it_ends_its_processes_and_removes_its_profile() {
    let browser = Browser::start(true).unwrap();
    let mark = format!("qdbrowser-{}-", std::process::id());
    assert!(processes_with(&mark) > 1, "driver and browser run");
    assert_eq!(folders_with(&mark).len(), 1);
    drop(browser);
    assert!(folders_with(&mark).is_empty());
    let end = Instant::now() + Duration::from_secs(5);
    while processes_with(&mark) > 0 && Instant::now() < end {
        thread::sleep(Duration::from_millis(20));
    }
    assert_eq!(processes_with(&mark), 0);
}

fn png_size(path: &Path) -> (u32, u32) {
    let bytes = fs::read(path).unwrap();
    let number = |at: usize| u32::from_be_bytes(bytes[at..at + 4].try_into().unwrap());
    (number(16), number(20))
}

/// How many processes were started with this in their arguments.
fn processes_with(mark: &str) -> usize {
    let commands = fs::read_dir("/proc").unwrap().flatten().map(|entry| entry.path().join("cmdline"));
    commands
        .filter_map(|path| fs::read(path).ok())
        .filter(|line| String::from_utf8_lossy(line).contains(mark))
        .count()
}

fn folders_with(mark: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(std::env::temp_dir()).unwrap().flatten();
    entries
        .filter(|entry| entry.file_name().to_string_lossy().starts_with(mark))
        .map(|entry| entry.path())
        .collect()
}
