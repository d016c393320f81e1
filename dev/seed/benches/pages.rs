//! How long the server works for each page on 2,000 services, 500 customers and 500,000 ledger lines of 24
//! months, on both engines, beside the same page of an organisation a hundredth of that size: what a page costs
//! on its own, and what the size adds. Also what a first visit sends, compressed.
//!
//! `make bench` loads both organisations through the product first (minutes). A database that is already
//! loaded from the pack of `seed` is measured alone with `SEEDED=sqlite:/tmp/big.db make bench`.
//!
//! The bar: p95 under 150 ms, a first page under 60 KB.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use access::{person, session};
use app::{House, pack};
use axum::body::Body;
use axum::http::{Request, header};
use seed::Size;
use tower::ServiceExt;
use web::{Web, router};

/// Who looks, and at what.
const PAGES: &[(&str, &[&str])] = &[
    (
        "felix",
        &[
            "/",
            "/services",
            "/services?sort=-name&page=20",
            "/services/S00101",
            "/services/S00101/money",
            "/catalogue",
            "/promises",
            "/money/promises",
            "/customers",
            "/customers/C0101",
            "/customers/C0101/charges",
            "/agreements",
            "/money/budget",
            "/money/close",
            "/money/close/2026-10",
            "/money/close/2026-09",
            "/money/flow",
            "/money/lines",
            "/money/lines?period=all",
            "/money/lines?period=all&filter=supplier%3D%22Supplier%207%22&sort=-amount",
            "/money/mapping",
            "/money/rules",
            "/money/ledger",
            "/money/statements",
            "/money/statements?period=2026-09",
            "/money/statements/STM-11600",
            "/money/statement-lines?period=2026-09",
            "/money/recovery?period=2026-09",
            "/money/shares?period=2026-09",
            "/money/pools",
            "/money/quantities",
            "/money/variances?period=2026-09",
            "/money/ledger/transactions",
            "/money/ledger/postings",
            "/money/ledger/accounts",
            "/money/journal?period=2026-09",
            "/money/statements/issue?period=2026-10",
            "/records/batches",
            "/records/batches/B-0031",
            "/search?q=Service+number+7",
        ],
    ),
    ("nora", &["/", "/services", "/services/S00101", "/customers", "/customers/C0101", "/agreements"]),
    ("admin", &["/", "/records/history", "/records/people"]),
];
/// How often a page is asked for, and for how long at most.
const TIMES: usize = 30;
const PATIENCE: Duration = Duration::from_secs(5);

struct Seen {
    who: &'static str,
    path: &'static str,
    p50: Duration,
    p95: Duration,
    bytes: usize,
}

fn main() {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
    let runtime = runtime.expect("the machine starts threads");
    if let Ok(url) = std::env::var("SEEDED") {
        let seen = runtime.block_on(measured(&url));
        print(&url, &seen, None);
        return;
    }
    let cluster = pgtemp::Cluster::start().expect("PostgreSQL starts");
    let folder = std::env::temp_dir().join(format!("quarterdeck-bench-{}", std::process::id()));
    let small = Size { services: 20, customers: 5, lines: 5_000, months: 24 };
    for engine in ["SQLite", "PostgreSQL"] {
        let url = |name: &str| match engine {
            "SQLite" => format!("sqlite:{}", folder.join(format!("{name}.db")).display()),
            _ => cluster.fresh().expect("a database is made"),
        };
        let (small_url, big_url) = (url("small"), url("big"));
        runtime.block_on(loaded(&small_url, &small, folder.join("small")));
        runtime.block_on(loaded(&big_url, &Size::HELD_TO, folder.join("big")));
        let (small, big) = runtime.block_on(async { (measured(&small_url).await, measured(&big_url).await) });
        print(engine, &big, Some(&small));
    }
    std::fs::remove_dir_all(&folder).expect("the folder is this run's own");
}

/// Brings an organisation in.
async fn loaded(url: &str, size: &Size, folder: PathBuf) {
    seed::write(&folder, size).expect("the pack is written");
    let started = Instant::now();
    let house = House::open(url).await.expect("the database opens");
    let done = pack::run(&house, &folder, false, &mut |_| {}).await;
    assert!(done.is_ok_and(|report| report.clean), "the pack comes in clean");
    house.db.close().await;
    println!("{size:?} brought in: {:.0} s", started.elapsed().as_secs_f64());
}

/// Every page, each as many times.
async fn measured(url: &str) -> Vec<Seen> {
    let house = House::open(url).await.expect("the database opens");
    let mut seen = Vec::new();
    for &(who, paths) in PAGES {
        let cookie = signed_in(&house, who).await;
        let pages = router(Web::new(house.clone(), false, false));
        for &path in paths {
            let mut times = Vec::new();
            let mut bytes = 0;
            let begun = Instant::now();
            while times.len() < TIMES && begun.elapsed() < PATIENCE {
                let request = Request::get(path).header(header::COOKIE, &cookie);
                let request = request.header(header::ACCEPT_ENCODING, "gzip").body(Body::empty());
                let started = Instant::now();
                let request = request.expect("a request is built");
                let answer = pages.clone().oneshot(request).await.expect("the router answers");
                let status = answer.status().as_u16();
                let body = axum::body::to_bytes(answer.into_body(), usize::MAX).await.expect("a body comes");
                times.push(started.elapsed());
                bytes = body.len();
                // The small organisation lacks some of the records; that page is not compared.
                if status != 200 {
                    times.clear();
                    break;
                }
            }
            times.sort();
            if let Some(last) = times.len().checked_sub(1) {
                let (p50, p95) = (times[last / 2], times[last * 95 / 100]);
                seen.push(Seen { who, path, p50, p95, bytes });
            }
        }
    }
    house.db.close().await;
    seen
}

async fn signed_in(house: &House, username: &str) -> String {
    let mut tx = house.db.begin().await.expect("a transaction begins");
    let id = person::id_of_username(&mut tx, username, "who").await.expect("the pack names them");
    let token = session::open(&mut tx, id, house.clock.now(), house.chance.as_ref()).await;
    tx.commit().await.expect("the session is kept");
    format!("quarterdeck={}", token.expect("a session opens"))
}

fn print(engine: &str, seen: &[Seen], beside: Option<&[Seen]>) {
    println!(
        "\n{engine}\n{:<6} {:<66} {:>8} {:>8} {:>6} {:>8}",
        "who", "page", "p50 ms", "p95 ms", "× small", "KB gz"
    );
    for page in seen {
        let ms = |time: Duration| time.as_secs_f64() * 1_000.0;
        let same = |other: &&Seen| other.who == page.who && other.path == page.path;
        let small = beside.and_then(|small| small.iter().find(same));
        let ratio = small.map_or_else(String::new, |small| format!("{:.1}", ms(page.p50) / ms(small.p50)));
        let over = if page.p95 >= Duration::from_millis(150) || page.bytes >= 60 * 1024 {
            " over the bar"
        } else {
            ""
        };
        #[expect(clippy::cast_precision_loss, reason = "a page has far fewer bytes than 2^52")]
        let kilobytes = page.bytes as f64 / 1024.0;
        let (p50, p95) = (ms(page.p50), ms(page.p95));
        println!("{:<6} {:<66} {p50:>8.1} {p95:>8.1} {ratio:>6} {kilobytes:>8.1}{over}", page.who, page.path);
    }
}
