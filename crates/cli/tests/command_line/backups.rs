//! A backup and the way back, as who keeps the machine does it.

use std::os::unix::fs::PermissionsExt;

use crate::shell::Shell;

#[test]
fn a_backup_is_made_proved_and_restored_and_a_damaged_one_is_not() {
    let shell = Shell::founded();
    let made = shell.run("backup create kept --format json").json();
    assert_eq!(
        (made["schema"].as_str(), made["folder"].as_str()),
        (Some("quarterdeck.backup-create.v1"), Some("kept"))
    );
    let again = shell.run("backup create kept");
    assert!(again.code == 5 && again.err.contains("kept holds files already"), "{again:?}");
    assert!(shell.does("backup verify kept").starts_with("kept is whole"));
    let restored = shell.bare(&["backup", "restore", "kept", "--db", "there/new.db"]);
    assert_eq!(restored.code, 0, "{restored:?}");
    assert!(restored.out.contains("Everybody signs in again."), "{restored:?}");
    let people = |db: &str| shell.bare(&["user", "list", "--db", db, "--fields", "username"]).out;
    assert_eq!(people("there/new.db"), people("house.db"));
    assert_eq!(shell.bare(&["history", "verify", "--db", "there/new.db"]).code, 0);
    let twice = shell.bare(&["backup", "restore", "kept", "--db", "there/new.db"]);
    assert!(twice.code == 5 && twice.err.contains("Restore into a new one"), "{twice:?}");
    let people = shell.path("kept/access_people.jsonl");
    let text = std::fs::read_to_string(&people).unwrap();
    std::fs::write(&people, text.replacen("priya", "prija", 1)).unwrap();
    let damaged = shell.run("backup verify kept");
    assert_eq!((damaged.code, damaged.lines().len()), (7, 1), "{damaged:?}");
    let says = "access_people.jsonl is not what was written: a row was changed";
    assert!(damaged.out.starts_with(says), "{damaged:?}");
    let refused = shell.bare(&["backup", "restore", "kept", "--db", "there/other.db"]);
    assert!(
        refused.code == 6 && refused.err.contains("cannot be restored: access_people.jsonl"),
        "{refused:?}"
    );
    assert!(!shell.path("there/other.db").exists());
    let nothing = shell.run("backup verify none");
    let says = "none is no backup: there is no such folder";
    assert!(nothing.code == 3 && nothing.err.contains(says), "{nothing:?}");
    let unfinished = shell.run("backup verify there");
    assert!(unfinished.code == 3 && unfinished.err.contains("it has no manifest.json"), "{unfinished:?}");
}

#[test]
fn a_folder_that_was_open_to_all_is_closed_before_a_backup_stands_in_it() {
    let shell = Shell::founded();
    let kept = shell.path("kept");
    std::fs::create_dir(&kept).unwrap();
    std::fs::set_permissions(&kept, std::fs::Permissions::from_mode(0o755)).unwrap();
    shell.does("backup create kept");
    assert_eq!(std::fs::metadata(&kept).unwrap().permissions().mode() & 0o777, 0o700);
}
