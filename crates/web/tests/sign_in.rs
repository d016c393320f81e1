//! Coming in and going out: one-time links, passwords, sessions and their cookies, tokens, other sites,
//! and what a page allows a browser to run.

mod doors;

use std::collections::BTreeMap;

use access::{GrantScope, Method, Params, Role, grant, person};
use app::registry;
use doors::{Answer, Door, address};
use serde_json::{Value, json};

const PASSWORD: &str = "correct horse battery";

/// An invited person with a role; their one-time link.
async fn invited(door: &Door, username: &str, role: Role) -> String {
    let mut cx = door.house.founding().await;
    let input = person::PersonInput { username: username.into(), name: username.into(), email: None };
    let done = person::add(&mut cx, &Params::default(), input).await.unwrap();
    grant::give_confirmed(&mut cx, username, role, GrantScope::Organisation).await.unwrap();
    cx.tx.commit().await.unwrap();
    done.body["link"].as_str().unwrap().to_owned()
}

async fn choose(door: &Door, link: &str, password: &str) -> Answer {
    door.ask("POST", link).form(&[("password", password)]).send().await
}

async fn sign_in(door: &Door, username: &str, password: &str) -> Answer {
    door.ask("POST", "/sign-in").form(&[("username", username), ("password", password)]).send().await
}

/// The cookie as a browser sends it back: `quarterdeck=…`.
fn cookie(answer: &Answer) -> String {
    let set = answer.all("set-cookie");
    let session = set.iter().find(|line| line.contains("quarterdeck=")).unwrap_or_else(|| panic!("{set:?}"));
    session.split(';').next().unwrap().to_owned()
}

/// Somebody who has come in by their link; their cookie.
async fn comes_in(door: &Door, username: &str, role: Role) -> String {
    let link = invited(door, username, role).await;
    cookie(&choose(door, &link, PASSWORD).await)
}

async fn home(door: &Door, cookie: &str) -> u16 {
    door.ask("GET", "/").header("cookie", cookie).send().await.status
}

#[test]
fn a_one_time_link_lets_in_once_and_for_seven_days() {
    doors::tell(async |door| {
        let link = invited(&door, "marta", Role::RelationshipManager).await;
        assert_eq!(door.ask("GET", &link).send().await.status, 200);
        let short = choose(&door, &link, "too short").await;
        assert_eq!(short.status, 422);
        assert!(short.text().contains("at least 12 characters"), "what is wrong is said");
        assert!(!short.text().contains("too short"), "a password is never shown again");
        let came = choose(&door, &link, PASSWORD).await;
        assert_eq!((came.status, came.header("location")), (303, "/"));
        assert_eq!(home(&door, &cookie(&came)).await, 200);
        let again = choose(&door, &link, "another password").await;
        assert_eq!((again.status, again.all("set-cookie").len()), (403, 0), "a link lets in once");
        assert_eq!(door.ask("GET", &link).send().await.status, 403);
        assert_eq!(sign_in(&door, "marta", "another password").await.status, 401);
        assert_eq!(choose(&door, "/welcome/0123456789abcdef", PASSWORD).await.status, 403);

        let late = invited(&door, "nora", Role::RelationshipManager).await;
        door.house.at("2026-10-09T09:30:01Z");
        assert_eq!(choose(&door, &late, PASSWORD).await.status, 403, "seven days and a second later");
    });
}

#[test]
fn a_wrong_password_is_answered_like_a_name_nobody_has() {
    doors::tell(async |door| {
        comes_in(&door, "marta", Role::RelationshipManager).await;
        invited(&door, "niels", Role::Auditor).await;
        comes_in(&door, "dirks", Role::Auditor).await;
        door.alter("update access_people set state = 'disabled' where username = 'dirks'").await;
        let mut answers = Vec::new();
        for (name, password) in
            [("marta", "wrong password"), ("nobod", PASSWORD), ("niels", PASSWORD), ("dirks", PASSWORD)]
        {
            let answer = sign_in(&door, name, password).await;
            assert_eq!((answer.status, answer.all("set-cookie").len()), (401, 0), "{name}");
            answers.push(answer.text().replace(name, "NAME"));
        }
        assert!(answers[0].contains("do not belong together"), "{}", answers[0]);
        assert!(answers.windows(2).all(|pair| pair[0] == pair[1]), "the answers are told apart");
        assert_eq!(sign_in(&door, "marta", PASSWORD).await.status, 303);
    });
}

#[test]
fn every_sign_in_has_a_new_session_that_ends_by_signing_out_by_time_and_by_being_shut_out() {
    doors::tell(async |door| {
        let first = comes_in(&door, "marta", Role::RelationshipManager).await;
        // A session that somebody else put into the browser is not taken over.
        let planted = "quarterdeck=0000000000000000";
        let ask = door.ask("POST", "/sign-in").header("cookie", planted);
        let second = cookie(&ask.form(&[("username", "marta"), ("password", PASSWORD)]).send().await);
        let third = cookie(&sign_in(&door, "marta", PASSWORD).await);
        assert!(first != second && second != third && second != planted, "{first} {second} {third}");
        for cookie in [&first, &second, &third] {
            assert_eq!(home(&door, cookie).await, 200);
        }
        assert_eq!(home(&door, planted).await, 303);
        let stored = door.texts("select token_digest as x from access_sessions").await;
        let secret = third.split_once('=').unwrap().1;
        assert!(secret.len() >= 32 && stored.iter().all(|digest| digest != secret), "only a digest is kept");

        let out = door.ask("POST", "/sign-out").header("cookie", &first).send().await;
        assert_eq!((out.status, out.header("location")), (303, "/sign-in"));
        assert_eq!(home(&door, &first).await, 303, "the session is gone, whatever the browser kept");
        assert_eq!(home(&door, &second).await, 200, "another session of theirs is not");

        let adam = door.who("adam", Role::Administrator).await;
        let at = "/api/v1/access/people/marta";
        let tag = door.get(&adam, at).await.header("etag").to_owned();
        let ask = door.ask("POST", format!("{at}/disable")).by(&adam).keyed().header("if-match", &tag);
        assert_eq!(ask.json(&json!({"why": "Left"})).send().await.status, 201);
        assert_eq!(home(&door, &second).await, 303, "a person shut out is out at once");
        assert_eq!(sign_in(&door, "marta", PASSWORD).await.status, 401);

        let late = comes_in(&door, "nora", Role::RelationshipManager).await;
        door.house.at("2026-10-02T21:29:59Z");
        assert_eq!(home(&door, &late).await, 200);
        door.house.at("2026-10-02T21:30:01Z");
        assert_eq!(home(&door, &late).await, 303, "twelve hours later");
    });
}

#[test]
fn cookies_are_bound_to_the_host_where_the_connection_is_secure_and_plain_on_loopback() {
    doors::tell(async |door| {
        let link = invited(&door, "marta", Role::RelationshipManager).await;
        choose(&door, &link, PASSWORD).await;
        for (secure, name) in [(false, "quarterdeck"), (true, "__Host-quarterdeck")] {
            let door = Door::with(&door.house, secure, false);
            let came = sign_in(&door, "marta", PASSWORD).await;
            let session = cookie(&came);
            let out = door.ask("POST", "/sign-out").header("cookie", &session).send().await;
            for set in [came.all("set-cookie")[0], out.all("set-cookie")[0]] {
                let parts: Vec<&str> = set.split("; ").collect();
                assert!(parts[0].starts_with(&format!("{name}=")), "{set}");
                for wanted in ["Path=/", "HttpOnly", "SameSite=Lax"] {
                    assert!(parts.contains(&wanted), "{set}");
                }
                // A browser takes a `__Host-` cookie only with `Secure`, `Path=/` and no domain.
                assert_eq!(parts.contains(&"Secure"), secure, "{set}");
                assert!(!set.contains("Domain"), "{set}");
            }
        }
        let plain = cookie(&sign_in(&door, "marta", PASSWORD).await);
        let secure = Door::with(&door.house, true, false);
        assert_eq!(home(&secure, &plain).await, 303, "a plain cookie is none over https");
    });
}

/// Every unsafe address: the API's, their page twins, and those of signing in and out.
fn unsafe_addresses() -> Vec<(&'static str, String)> {
    let api = registry::commands().map(|command| {
        let method = if command.method == Method::Post { "POST" } else { "PATCH" };
        (method, address(command.path, &[], "X"))
    });
    let own =
        ["/sign-in", "/sign-in/demo", "/sign-out", "/welcome/x", "/theme", "/customers", "/customers/X/edit"];
    let pages = own.map(|path| ("POST", path.to_owned()));
    let others = ["PUT", "DELETE", "PATCH"].map(|method| (method, "/customers/X".to_owned()));
    api.chain(pages).chain(others).collect()
}

#[test]
fn another_site_changes_nothing_anywhere() {
    doors::tell(async |door| {
        let session = comes_in(&door, "marta", Role::RelationshipManager).await;
        let (head, sessions) =
            (door.head().await, door.value("select count(*) as n from access_sessions").await);
        for (method, at) in unsafe_addresses() {
            for (name, value) in [
                ("sec-fetch-site", "cross-site"),
                ("sec-fetch-site", "same-site"),
                ("origin", "https://evil.example"),
                ("origin", "http://127.0.0.1:9999"),
                ("origin", "null"),
            ] {
                let ask =
                    door.ask(method, &at).header("cookie", &session).header("host", "127.0.0.1:8420").keyed();
                let answer = ask.header(name, value).json(&json!({})).send().await;
                let said = (answer.status, answer.code(), answer.all("set-cookie").len());
                assert_eq!(said, (403, "cross_site".to_owned(), 0), "{method} {at} with {name}: {value}");
            }
        }
        assert_eq!(door.head().await, head);
        assert_eq!(door.value("select count(*) as n from access_sessions").await, sessions);
        let own =
            door.ask("POST", "/theme").header("cookie", &session).header("sec-fetch-site", "same-origin");
        assert_eq!(own.form(&[("theme", "dark")]).send().await.status, 303, "one's own site may");
    });
}

#[test]
fn a_form_without_its_pages_token_is_refused() {
    doors::tell(async |door| {
        let session = comes_in(&door, "marta", Role::RelationshipManager).await;
        let other = comes_in(&door, "nora", Role::RelationshipManager).await;
        let page = door.ask("GET", "/customers/new").header("cookie", &session).send().await.text();
        let token = page.split("name=\"_token\" value=\"").nth(1).unwrap().split('"').next().unwrap();
        let customer = |token: Option<&'static str>| {
            let mut fields = vec![("key", "CARE"), ("name", "Care"), ("kind", "unit")];
            fields.extend(token.map(|token| ("_token", token)));
            fields
        };
        let token: &'static str = Box::leak(token.to_owned().into_boxed_str());
        for (cookie, token, status) in [
            (&session, None, 403),
            (&session, Some("guessed.guessed"), 403),
            (&session, Some(".nonce"), 403),
            (&other, Some(token), 403),
            (&session, Some(token), 303),
        ] {
            let ask = door.ask("POST", "/customers").header("cookie", cookie);
            let answer = ask.form(&customer(token)).send().await;
            assert_eq!(answer.status, status, "{token:?}: {}", answer.text());
            let added = door.value("select count(*) as n from relationships_customers").await;
            assert_eq!(added, i64::from(status == 303));
        }
        // The same form sent twice, as by a double click, is one customer and one answer.
        let ask = door.ask("POST", "/customers").header("cookie", &session);
        let again = ask.form(&customer(Some(token))).send().await;
        assert_eq!((again.status, again.header("location")), (303, "/customers/CARE"));
        assert_eq!(door.value("select count(*) as n from relationships_customers").await, 1);
    });
}

/// Ways a page could run or style something of its own: each is for the policy to forbid and for us not to
/// need.
fn inline(page: &str) -> Option<String> {
    let script = page.split("<script").skip(1).find(|rest| {
        let (tag, body) = rest.split_once('>').unwrap_or((rest, ""));
        !tag.contains(" src=") || !body.starts_with("</script>")
    });
    let tags = page.split('<').skip(1).filter_map(|rest| rest.split('>').next());
    let attribute = |tag: &str| {
        let names = tag.split(' ').skip(1).filter_map(|part| part.split_once("=\"").map(|(name, _)| name));
        names.into_iter().any(|name| name == "style" || name.starts_with("on"))
    };
    script.map(str::to_owned).or_else(|| {
        tags.into_iter()
            .find(|tag| tag.starts_with("style") || attribute(tag) || tag.contains("javascript:"))
            .map(str::to_owned)
    })
}

#[test]
fn every_page_forbids_and_has_no_script_or_style_of_its_own() {
    assert!(inline("<p><script>run()</script>").is_some() && inline("<p style=\"x\">").is_some());
    assert!(inline("<a href=\"/\" onclick=\"run()\">").is_some() && inline("<style>p{}</style>").is_some());
    assert!(inline("<script defer src=\"/a.js\"></script><p class=\"style\">on=\"x\"</p>").is_none());
    doors::tell(async |door| {
        let rosa = door.who("rosa", Role::Executive).await;
        let mut pages: BTreeMap<String, Answer> = doors::crawl(&door, &rosa, 120)
            .await
            .into_iter()
            .map(|(path, reached)| (path, reached.answer))
            .collect();
        let link = invited(&door, "wim", Role::Auditor).await;
        for path in ["/sign-in", &link, "/no/such/page", "/api/v1/access/people", "/assets/none"] {
            pages.insert(path.to_owned(), door.ask("GET", path).send().await);
        }
        assert!(pages.len() > 15, "{:?}", pages.keys());
        for (path, answer) in &pages {
            let policy: Vec<&str> =
                answer.header("content-security-policy").split(';').map(str::trim).collect();
            let wanted = [
                "default-src 'none'",
                "script-src 'self'",
                "style-src 'self'",
                "form-action 'self'",
                "base-uri 'none'",
                "frame-ancestors 'none'",
            ];
            assert!(wanted.iter().all(|rule| policy.contains(rule)), "{path}: {policy:?}");
            assert!(!answer.header("content-security-policy").contains("unsafe"), "{path}");
            assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
            if !path.starts_with("/assets/") {
                assert_eq!(answer.header("cache-control"), "no-store", "{path}");
            }
            if answer.header("content-type").starts_with("text/html") {
                assert_eq!(inline(&answer.text()), None, "{path}");
            }
        }
    });
}

/// A token of the person with that cookie.
async fn token(door: &Door, cookie: &str, may: &str) -> (String, String) {
    let ask = door.ask("POST", "/api/v1/access/tokens").header("cookie", cookie).keyed();
    let made = ask.json(&json!({"name": "Script", "days": "30", "may": may})).send().await.json();
    let text = |value: &Value| value.as_str().unwrap_or_else(|| panic!("{made}")).to_owned();
    (format!("Bearer {}", text(&made["body"]["token"])), text(&made["key"]))
}

#[test]
fn a_token_does_what_its_person_may_or_only_reads_until_it_expires_or_is_revoked() {
    doors::tell(async |door| {
        let session = comes_in(&door, "marta", Role::RelationshipManager).await;
        let (reads, _) = token(&door, &session, "read").await;
        let (all, id) = token(&door, &session, "all").await;
        let at = "/api/v1/relationships/customers";
        let get = async |token: &str| door.ask("GET", at).header("authorization", token).send().await.status;
        let add = async |token: &str, key: &str| {
            let ask = door.ask("POST", at).header("authorization", token).keyed();
            ask.json(&json!({"key": key, "name": key, "kind": "unit"})).send().await
        };
        assert_eq!((get(&reads).await, get(&all).await, get("Bearer wrong").await), (200, 200, 401));
        let refused = add(&reads, "CARE").await;
        assert_eq!((refused.status, refused.code().as_str()), (403, "not_allowed"));
        assert_eq!(add(&all, "SALES").await.status, 201);
        for (method, command) in registry::commands().map(|it| (it.method, it)) {
            let method = if method == Method::Post { "POST" } else { "PATCH" };
            let ask =
                door.ask(method, address(command.path, &[], "X")).header("authorization", &reads).keyed();
            assert_eq!(ask.json(&json!({})).send().await.status, 403, "{}", command.name);
        }
        let form = door.ask("POST", "/customers").header("authorization", &all);
        assert_eq!(form.form(&[("key", "FORM")]).send().await.status, 403, "a token sends no forms");

        let stored = door.texts("select token_digest as x from access_tokens").await;
        assert!(stored.iter().all(|digest| !all.contains(digest.as_str())), "only digests are kept");
        let revoke =
            door.ask("POST", format!("/api/v1/access/tokens/{id}/revoke")).header("cookie", &session);
        assert_eq!(revoke.keyed().json(&json!({})).send().await.status, 201);
        assert_eq!((get(&all).await, get(&reads).await), (401, 200));
        door.house.at("2026-11-01T09:29:59Z");
        assert_eq!(get(&reads).await, 200);
        door.house.at("2026-11-01T09:30:00Z");
        assert_eq!(get(&reads).await, 401, "thirty days later");
    });
}

#[test]
fn what_reaches_far_needs_a_sign_in_within_ten_minutes() {
    doors::tell(async |door| {
        let adam = comes_in(&door, "adam", Role::Administrator).await;
        let priya = comes_in(&door, "priya", Role::FinanceManager).await;
        let rosa = comes_in(&door, "rosa", Role::Executive).await;
        let (token, _) = token(&door, &priya, "all").await;
        let month = |verb: &str| format!("/finance/close/2026-09/{verb}");
        let far: [(&str, String, Value); 8] = [
            (
                &adam,
                "/access/grants".into(),
                json!({"username": "rosa", "role": "auditor", "scope": "organisation"}),
            ),
            (&rosa, "/access/grants/x/confirm".into(), json!({})),
            (&adam, "/access/grants/x/end".into(), json!({})),
            (&adam, "/access/tokens".into(), json!({"name": "Script", "days": "1", "may": "read"})),
            (&priya, month("close"), json!({})),
            (&priya, month("reopen"), json!({"reason": "Late"})),
            (&priya, month("finish"), json!({})),
            (&priya, "/finance/statements/issue".into(), json!({"period": "2026-09"})),
        ];
        let ask = |cookie: &str, at: &str, body: &Value| {
            door.ask("POST", format!("/api/v1{at}")).header("cookie", cookie).keyed().json(body)
        };
        for (cookie, at, body) in &far {
            assert_ne!(ask(cookie, at, body).send().await.code(), "sign_in_again", "{at} just signed in");
        }
        door.house.at("2026-10-02T09:40:00Z");
        for (cookie, at, body) in &far {
            assert_ne!(ask(cookie, at, body).send().await.code(), "sign_in_again", "{at} after 600 s");
        }
        door.house.at("2026-10-02T09:40:01Z");
        let head = door.head().await;
        for (cookie, at, body) in &far {
            let answer = ask(cookie, at, body).send().await;
            assert_eq!((answer.status, answer.code().as_str()), (401, "sign_in_again"), "{at} after 601 s");
        }
        let issue =
            door.ask("POST", "/api/v1/finance/statements/issue").header("authorization", &token).keyed();
        assert_eq!(
            issue.json(&json!({"period": "2026-09"})).send().await.code(),
            "sign_in_again",
            "a token is no sign-in"
        );
        assert_eq!(door.head().await, head);
        let again = cookie(&sign_in(&door, "adam", PASSWORD).await);
        let (_, at, body) = &far[0];
        assert_ne!(ask(&again, at, body).send().await.code(), "sign_in_again");
    });
}

#[test]
fn who_is_invited_or_waits_for_confirmation_has_no_right() {
    doors::tell(async |door| {
        let adam = comes_in(&door, "adam", Role::Administrator).await;
        let rosa = comes_in(&door, "rosa", Role::Executive).await;
        invited(&door, "ivan", Role::Executive).await;
        let ivan =
            door.texts("select id as x from access_people where username = 'ivan'").await.swap_remove(0);
        let mut tx = door.house.house.db.begin().await.unwrap();
        let id = kernel::PersonId::parse(&ivan).unwrap();
        let now = door.house.house.clock.now();
        let secret = access::session::open(&mut tx, id, now, door.house.house.chance.as_ref()).await.unwrap();
        tx.commit().await.unwrap();
        let session = format!("quarterdeck={secret}");
        assert_eq!(home(&door, &session).await, 303, "no session of an invited person counts, however made");

        let wim = comes_in(&door, "wim", Role::Receiver).await;
        let give = |role: &str| json!({"username": "wim", "role": role, "scope": "organisation"});
        let ask = |cookie: &str, at: &str, body: &Value| {
            door.ask("POST", format!("/api/v1/access/grants{at}")).header("cookie", cookie).keyed().json(body)
        };
        let money =
            async || door.ask("GET", "/api/v1/finance/pools").header("cookie", &wim).send().await.status;
        let asked = ask(&adam, "", &give("finance manager")).send().await.json();
        assert_eq!(asked["body"]["state"], "asked");
        assert_eq!(money().await, 403, "asked for is not given");
        let confirm = format!("/{}/confirm", asked["key"].as_str().unwrap());
        assert_eq!(ask(&adam, &confirm, &json!({})).send().await.code(), "grant_needs_executive");
        assert_eq!(money().await, 403);
        assert_eq!(ask(&rosa, &confirm, &json!({})).send().await.status, 201);
        assert_eq!(money().await, 200, "confirmed by an executive");
    });
}

#[test]
fn the_demos_people_come_in_by_one_click_only_where_that_is_on() {
    doors::tell(async |door| {
        comes_in(&door, "rosa", Role::Executive).await;
        invited(&door, "ivan", Role::Executive).await;
        let click = async |door: &Door, username: &str| {
            door.ask("POST", "/sign-in/demo").form(&[("username", username)]).send().await
        };
        let page = door.ask("GET", "/sign-in").send().await.text();
        assert!(!page.contains("/sign-in/demo") && !page.contains("rosa"), "nobody is named");
        let off = click(&door, "rosa").await;
        assert_eq!((off.status, off.all("set-cookie").len()), (404, 0));

        let demo = Door::with(&door.house, false, true);
        let page = demo.ask("GET", "/sign-in").send().await.text();
        assert!(
            page.contains("/sign-in/demo") && page.contains("value=\"rosa\"") && page.contains("executive")
        );
        assert!(!page.contains("ivan"), "who was only invited is not offered");
        let on = click(&demo, "rosa").await;
        assert_eq!((on.status, on.header("location")), (303, "/"));
        assert_eq!(home(&demo, &cookie(&on)).await, 200);
        for nobody in ["ivan", "nobody", ""] {
            let answer = click(&demo, nobody).await;
            assert_eq!((answer.status, answer.all("set-cookie").len()), (404, 0), "{nobody}");
        }
    });
}
