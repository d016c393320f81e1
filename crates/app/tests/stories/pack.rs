//! Packs: what stops one, what stays, and what a second run does. On SQLite and on PostgreSQL.

use std::path::{Path, PathBuf};

use access::Role;
use app::pack;
use kernel::Refused;
use testkit::TestHouse;

/// A pack in a folder of its own.
fn pack(files: &[(&str, &str)]) -> PathBuf {
    let folder = testkit::fresh_folder("pack");
    std::fs::create_dir_all(&folder).unwrap();
    for (name, text) in files {
        std::fs::write(folder.join(name), text).unwrap();
    }
    folder
}

const PACK: &str = r#"
name = "little"
[values]
first = "DESK"

[[step]]
name = "services"
as = "ana"
kind = "services"
file = "services.csv"
rejected = 1

[[step]]
name = "offerings"
as = "ana"
command = "offering add"
file = "services.csv"
leave_out = { blank = ["name"] }
body = { service = "{key}", unit = "{unit}", charging = "at cost" }

[[step]]
name = "a relation"
as = "ana"
command = "service relate"
at = { key = "{first}" }
body = { kind = "depends on", other = "MAIL" }
"#;

const SERVICES: &str = "key,name,unit\nDESK,Desktop,seat\nMAIL,Mail,\nbad,,mailbox\n";

async fn runs(house: &TestHouse, folder: &Path) -> Result<pack::PackReport, Refused> {
    pack::run(&house.house, folder, false, &mut |_| {}).await
}

#[test]
fn a_step_that_is_refused_stops_the_pack_by_name_and_once_mended_it_goes_on() {
    testkit::story(async |house| {
        let ana = house.person("ana", &[Role::PortfolioManager]).await;
        let folder = pack(&[("pack.toml", PACK), ("services.csv", SERVICES)]);
        let Err(Refused::Refusal(refusal)) = runs(&house, &folder).await else { panic!("MAIL has no unit") };
        assert_eq!(refusal.kind.code, "pack_stopped");
        let says = "The pack stopped at “offerings”: services.csv, line 3: Some answers are missing or cannot be read.";
        assert_eq!((refusal.says.as_str(), refusal.fields[0].field.as_str()), (says, "unit"));
        assert!(
            refusal.way_out.contains("Done before it, and kept: organisation, services."),
            "{}",
            refusal.way_out
        );
        assert_eq!(ana.lists("service list", &[]).await.count, 2, "what was done stays");
        assert_eq!(ana.lists("offering list", &[]).await.count, 1);

        std::fs::write(folder.join("services.csv"), SERVICES.replace("Mail,", "Mail,mailbox")).unwrap();
        let report = runs(&house, &folder).await.unwrap();
        let says: Vec<&str> =
            report.steps.iter().flat_map(|step| step.says.last()).map(String::as_str).collect();
        assert_eq!(says[2], "offering add: 1 done, 1 done before.");
        assert!(report.clean, "the one line that is rejected is expected");
        assert_eq!(ana.lists("offering list", &[]).await.count, 2);
        let third = runs(&house, &folder).await.unwrap();
        assert_eq!(third.steps[2].says.last().unwrap(), "offering add: 0 done, 2 done before.");
        assert!(third.steps[3].says[0].starts_with("Done before: "), "{:?}", third.steps[3].says);
    });
}

#[test]
fn a_rehearsal_on_a_founded_database_sees_what_each_step_would_leave() {
    testkit::story(async |house| {
        let ana = house.person("ana", &[Role::PortfolioManager]).await;
        let services = SERVICES.replace("Mail,", "Mail,mailbox");
        let folder = pack(&[("pack.toml", PACK), ("services.csv", &services)]);
        let report = pack::run(&house.house, &folder, true, &mut |_| {}).await.unwrap();
        assert_eq!(report.steps[2].says.last().unwrap(), "offering add: 2 done, 0 done before.");
        assert_eq!(ana.lists("service list", &[]).await.count, 0);
        runs(&house, &folder).await.unwrap();
        let again = pack::run(&house.house, &folder, true, &mut |_| {}).await.unwrap();
        assert_eq!(again.steps[2].says.last().unwrap(), "offering add: 0 done, 2 done before.");
    });
}

#[test]
fn what_cannot_be_a_pack_is_said_before_anything_is_done() {
    testkit::story(async |house| {
        house.person("bo", &[Role::PortfolioManager]).await;
        for (files, code, says) in [
            (vec![], "pack_unreadable", "pack.toml cannot be read"),
            (vec![("pack.toml", "name = 1")], "pack_unreadable", "invalid type"),
            (vec![("pack.toml", PACK), ("services.csv", SERVICES)], "pack_stopped", "acts as “ana”"),
        ] {
            let refused = runs(&house, &pack(&files)).await.unwrap_err();
            assert_eq!(refused.code(), code);
            assert!(refused.to_string().contains(says), "{refused}");
        }
        let outside = PACK.replace("services.csv", "../services.csv").replace("\"ana\"", "\"bo\"");
        let refused = runs(&house, &pack(&[("pack.toml", &outside)])).await.unwrap_err();
        assert!(refused.to_string().contains("is not inside the folder"), "{refused}");
    });
}
