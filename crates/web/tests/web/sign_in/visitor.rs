//! Somebody at the door: their link, their password, their cookie.

use access::{GrantScope, Params, Role, grant, person};

use crate::doors::{Answer, Door};

/// What everybody here chooses.
pub const PASSWORD: &str = "correct horse battery";

/// An invited person with a role; their one-time link.
pub async fn invited(door: &Door, username: &str, role: Role) -> String {
    let mut cx = door.house.founding().await;
    let input = person::PersonInput { username: username.into(), name: username.into(), email: None };
    let done = person::add(&mut cx, &Params::default(), input).await.unwrap();
    grant::give_confirmed(&mut cx, username, role, GrantScope::Organisation).await.unwrap();
    cx.tx.commit().await.unwrap();
    done.told().body["link"].as_str().unwrap().to_owned()
}

/// Sends the password chosen at a link.
pub async fn choose(door: &Door, link: &str, password: &str) -> Answer {
    door.ask("POST", link).form(&[("password", password)]).send().await
}

/// Signs in by name and password.
pub async fn sign_in(door: &Door, username: &str, password: &str) -> Answer {
    door.ask("POST", "/sign-in").form(&[("username", username), ("password", password)]).send().await
}

/// The cookie as a browser sends it back: `quarterdeck=…`.
pub fn cookie(answer: &Answer) -> String {
    let set = answer.all("set-cookie");
    let session = set.iter().find(|line| line.contains("quarterdeck=")).unwrap_or_else(|| panic!("{set:?}"));
    session.split(';').next().unwrap().to_owned()
}

/// Somebody who has come in by their link; their cookie.
pub async fn comes_in(door: &Door, username: &str, role: Role) -> String {
    let link = invited(door, username, role).await;
    cookie(&choose(door, &link, PASSWORD).await)
}

/// What home answers to that cookie: 303 where nobody is signed in.
pub async fn home(door: &Door, cookie: &str) -> u16 {
    door.ask("GET", "/").header("cookie", cookie).send().await.status
}
