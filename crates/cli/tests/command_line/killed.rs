//! A process that is killed in the middle of a job: what it did not end, the next one does, once.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::machine::Server;
use crate::shell::Shell;

const LINES: usize = 4_000;

/// Asks the server's API with a token; status and body.
fn ask(server: &Server, token: &str, head: &str, body: &str) -> (u16, Value) {
    let mut stream = TcpStream::connect(&server.address).unwrap();
    let length = body.len();
    write!(
        stream,
        "{head}\r\nHost: {}\r\nAuthorization: Bearer {token}\r\nConnection: close\r\n\
         Content-Type: application/json\r\nContent-Length: {length}\r\n\r\n{body}",
        server.address
    )
    .unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    let status = answer.split(' ').nth(1).unwrap().parse().unwrap();
    (status, serde_json::from_str(answer.split_once("\r\n\r\n").unwrap().1).unwrap_or(Value::Null))
}

/// Waits until the job is as `seen` says; what it says then.
fn until(server: &Server, token: &str, job: &str, seen: impl Fn(&Value) -> bool) -> Value {
    let begun = Instant::now();
    loop {
        let (_, told) = ask(server, token, &format!("GET /api/v1/jobs/{job} HTTP/1.1"), "");
        if seen(&told) {
            return told;
        }
        assert!(begun.elapsed() < Duration::from_secs(100), "{told}");
        std::thread::sleep(Duration::from_millis(20));
    }
}

/// A token of the relationship manager's.
fn token(shell: &Shell) -> String {
    let token = shell.run("token add --name Script --days 7 --may all --as marta --format json").json();
    token["body"]["token"].as_str().unwrap().to_owned()
}

/// Asks for an import that is done later; the job's id.
fn import_later(server: &Server, token: &str, file: &str) -> String {
    let key = file.len();
    let file = web::base64(file.as_bytes());
    let body = serde_json::json!({"kind": "customers", "file_name": "long.csv", "file": file}).to_string();
    let path = app::registry::command("import run").unwrap().path;
    let head = format!("POST /api/v1{path} HTTP/1.1\r\nPrefer: respond-async\r\nIdempotency-Key: {}", key);
    let (status, asked) = ask(server, token, &head, &body);
    assert_eq!(status, 202, "{asked}");
    asked["key"].as_str().unwrap().to_owned()
}

#[test]
fn who_follows_a_job_is_told_what_came_of_it_and_ends_as_its_command_would() {
    let shell = Shell::founded();
    let token = token(&shell);
    let server = Server::of(&shell);
    let rows: String = (0..300).map(|n| format!("C{n},Customer number {n},unit\n")).collect();
    let done = import_later(&server, &token, &format!("key,name,kind\n{rows}"));
    let told = server.run(&shell, &format!("job follow {done} --format json"), &token);
    assert_eq!((told.code, told.json()["state"].as_str()), (0, Some("done")), "{told:?}");
    assert_eq!(shell.run("customer list --format json --limit 1").json()["count"], 300);
    let refused = import_later(&server, &token, "one,two\n1,2\n");
    let told = server.run(&shell, &format!("job follow {refused}"), &token);
    assert!(told.code == 6 && told.out.is_empty() && !told.err.is_empty(), "{told:?}");
    assert_eq!(server.run(&shell, "job follow nobody", &token).code, 3);
}

#[test]
fn a_long_import_whose_process_is_killed_midway_is_there_once_after_the_next_start() {
    let shell = Shell::founded();
    let lines: String = (0..LINES).map(|n| format!("C{n},Customer number {n},unit\n")).collect();
    let file = web::base64(format!("key,name,kind\n{lines}").as_bytes());
    let body = serde_json::json!({"kind": "customers", "file_name": "long.csv", "file": file}).to_string();
    let token = token(&shell);

    let mut first = Server::of(&shell);
    let later = "POST PATH HTTP/1.1\r\nPrefer: respond-async\r\nIdempotency-Key: one";
    let path = app::registry::command("import run").unwrap().path;
    let later = later.replace("PATH", &format!("/api/v1{path}"));
    let (status, asked) = ask(&first, &token, &later, &body);
    assert_eq!(status, 202, "{asked}");
    let job = asked["key"].as_str().unwrap().to_owned();
    let midway = until(&first, &token, &job, |told| told["done"].as_i64().is_some_and(|done| done > 0));
    assert_eq!(midway["state"], "running", "{midway}");
    first.end("KILL");
    assert_eq!(
        shell.run("customer list --format json --limit 1").json()["count"],
        0,
        "nothing is half there"
    );

    // Its lease ends a minute after it was claimed: as if that had passed.
    shell.alter(&["update app_job_runs set lease_until = '2026-01-01T00:00:00.000Z'"]);
    let second = Server::of(&shell);
    let told = until(&second, &token, &job, |told| told["state"] == "done");
    assert_eq!(told["attempts"], Value::Null, "it is nobody's any more");
    let (status, again) = ask(&second, &token, &later, &body);
    assert_eq!((status, &again["key"]), (202, &asked["key"]), "asked again it is the same job");
    drop(second);
    let listed = shell.run("customer list --format json --limit 1").json();
    assert_eq!(listed["count"], LINES, "every line is there once");
    assert_eq!(shell.run("batch list --format json").json()["count"], 1);
    assert!(shell.does("history verify").contains("all as written"));
    assert_eq!(shell.does("db check"), "Every record is what its last event left, and every sum adds up.\n");
}
