//! A server on a free port, and journeys told in a browser.

use std::net::TcpListener;
use std::path::Path;

use app::House;
use browser::{Browser, Error};
use tokio::runtime::Runtime;
use web::{Web, router};

/// A server on a free port of loopback, as long as it is kept.
pub struct Site {
    /// What it runs on.
    pub runtime: Runtime,
    base: String,
}

impl Site {
    /// Over that house.
    pub fn of(runtime: Runtime, house: House, demo_sign_in: bool) -> Site {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        listener.set_nonblocking(true).unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        let served = router(Web::new(house, false, demo_sign_in));
        runtime.spawn(async move {
            let listener = tokio::net::TcpListener::from_std(listener).unwrap();
            axum::serve(listener, served).await.unwrap();
        });
        Site { runtime, base }
    }

    /// An address of it.
    pub fn at(&self, path: &str) -> String {
        format!("{}{path}", self.base)
    }
}

/// What a site runs on.
pub fn runtime() -> Runtime {
    tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap()
}

/// Tells a journey with scripts and without; only where there is no Chromium it says so and passes.
pub fn tell(journey: impl Fn(&Browser, bool) -> Result<(), Error>) {
    if !Path::new("/usr/bin/chromium").exists() {
        assert!(std::env::var_os("CI").is_none(), "there is no Chromium: run dev/setup.sh test");
        eprintln!("SKIPPED, nothing is shown: there is no Chromium; run dev/setup.sh test");
        return;
    }
    for js in [false, true] {
        let browser = Browser::start(js).unwrap();
        if let Err(error) = journey(&browser, js) {
            let at = browser.url().unwrap_or_default();
            let seen = browser.text("main").unwrap_or_default();
            panic!("{}, at {at}: {error}\n{seen}", if js { "with scripts" } else { "without scripts" });
        }
        let complaints = browser.complaints().unwrap();
        // A refused form answers with its status, which a browser notes; anything else is a fault of a page.
        let faults: Vec<&String> = complaints
            .iter()
            .filter(|line| !line.contains("the server responded with a status of 4"))
            .collect();
        assert!(faults.is_empty(), "the browser complains: {faults:?}");
    }
}
