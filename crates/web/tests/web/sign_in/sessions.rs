//! Links, passwords, sessions, cookies.

use access::Role;
use serde_json::json;

use super::visitor::{PASSWORD, choose, comes_in, cookie, home, invited, sign_in};
use crate::doors::{self, Door};

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
        assert_eq!(sign_in(&door, "Marta", PASSWORD).await.status, 303, "a telephone writes it so");
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

#[test]
fn signing_in_again_takes_the_place_of_the_browsers_session() {
    doors::tell(async |door| {
        let first = comes_in(&door, "marta", Role::RelationshipManager).await;
        let other = cookie(&sign_in(&door, "marta", PASSWORD).await);
        let ask = door.ask("POST", "/sign-in").header("cookie", &first);
        let again = cookie(&ask.form(&[("username", "marta"), ("password", PASSWORD)]).send().await);
        assert_eq!((home(&door, &again).await, home(&door, &first).await), (200, 303));
        assert_eq!(home(&door, &other).await, 200, "another browser's stays");
    });
}
