//! The installation's own secrets: the master key from a file or from a program, put in place of
//! an old one; the key that signs the audit log.

use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::Command;

use tempfile::TempDir;

use crate::program::bonafide;

/// A sandbox of its own.
fn made() -> TempDir {
    let folder = TempDir::new().unwrap();
    let made =
        bonafide(["init", folder.path().join("data").to_str().unwrap(), "--kind", "sandbox"]);
    assert_eq!(made.code, 0, "{made:?}");
    folder
}

/// What a command on it says on standard output and error, and its exit code. The master key is
/// what `program` prints, where there is one.
fn run(folder: &Path, command: &[&str], program: &str) -> (String, i32) {
    let ran = Command::new(env!("CARGO_BIN_EXE_bonafide"))
        .args(command)
        .arg("--data")
        .arg(folder.join("data"))
        .env("BONAFIDE_VAULT_MASTER_KEY_COMMAND", program)
        .output()
        .unwrap();
    let text = [ran.stdout, ran.stderr].map(|text| String::from_utf8(text).unwrap()).concat();
    (text, ran.status.code().unwrap())
}

#[test]
fn a_master_key_is_rotated_step_by_step() {
    let folder = made();
    let folder = folder.path();
    let file = folder.join("data/secrets/master.key");
    let before = std::fs::read_to_string(&file).unwrap();
    let (said, code) = run(folder, &["master-key", "rotate"], "");
    assert!(code == 0 && said.contains("version 2") && said.contains("rewrap"), "{said}");
    let after = std::fs::read_to_string(&file).unwrap();
    let added = after.strip_prefix(&before).unwrap();
    assert!(added.starts_with("2:") && added.len() == 67, "a line and nothing else");
    assert!(!before.contains(&added[2..]) && !said.contains(added[2..].trim()));
    assert_eq!(std::fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
    assert_eq!(std::fs::read_dir(folder.join("data/secrets")).unwrap().count(), 3);

    let (said, code) = run(folder, &["doctor"], "");
    assert!(said.contains("master key: version 2 seals what is new; version 1 seals nothing"));
    assert_eq!(code, 4);
    let (said, code) = run(folder, &["master-key", "rewrap"], "");
    assert!(code == 0 && said.contains("Version 1 seals nothing any more"), "{said}");
    std::fs::write(&file, added).unwrap();
    let (said, _) = run(folder, &["doctor"], "");
    assert!(said.contains("master key: well"), "{said}");
}

#[test]
fn a_master_key_is_what_a_program_prints() {
    let folder = made();
    let folder = folder.path();
    let file = folder.join("data/secrets/master.key");
    let elsewhere = folder.join("kms");
    std::fs::rename(&file, &elsewhere).unwrap();
    let program = format!("cat,{}", elsewhere.display());
    let (said, code) = run(folder, &["master-key", "rewrap"], &program);
    assert_eq!(code, 0, "{said}");
    let (said, code) = run(folder, &["master-key", "rotate"], &program);
    assert!(code == 2 && said.contains("add the line 2:HEX"), "{said}");
    let (said, code) = run(folder, &["master-key", "rewrap"], "cat,nowhere");
    assert!(code == 2 && said.contains("cat ended with exit status: 1"), "{said}");
    assert_eq!(said.lines().count(), 1, "nothing of what it says: {said}");
}

#[test]
fn a_master_key_is_what_the_environment_has_or_names_the_file_of() {
    let folder = made();
    let folder = folder.path();
    let elsewhere = folder.join("key");
    std::fs::rename(folder.join("data/secrets/master.key"), &elsewhere).unwrap();
    let key = std::fs::read_to_string(&elsewhere).unwrap();
    let run = |command: &[&str], variables: &[(&str, &str)]| {
        let ran = Command::new(env!("CARGO_BIN_EXE_bonafide"))
            .args(["master-key"])
            .args(command)
            .arg("--data")
            .arg(folder.join("data"))
            .envs(variables.iter().copied())
            .output()
            .unwrap();
        let text = [ran.stdout, ran.stderr].map(|text| String::from_utf8(text).unwrap()).concat();
        assert!(!text.contains(key.trim()), "{text}");
        (text, ran.status.code().unwrap())
    };
    let (name, in_file) = ("BONAFIDE_VAULT_MASTER_KEY", "BONAFIDE_VAULT_MASTER_KEY_FILE");
    assert_eq!(run(&["rewrap"], &[]).1, 1, "there is no file");
    assert_eq!(run(&["rewrap"], &[(name, &key)]).1, 0);
    assert_eq!(run(&["rewrap"], &[(in_file, elsewhere.to_str().unwrap())]).1, 0);
    let (said, code) = run(&["rotate"], &[(name, &key)]);
    assert!(code == 2 && said.contains("add the line 2:HEX"), "{said}");
    let command = ("BONAFIDE_VAULT_MASTER_KEY_COMMAND", "cat,nowhere");
    for (variables, why) in [
        (vec![(name, "1:secret")], name),
        (vec![(name, key.as_str()), (in_file, "nowhere")], "not both"),
        (vec![(name, key.as_str()), command], "not both"),
    ] {
        let (said, code) = run(&["rewrap"], &variables);
        assert!(code == 2 && said.contains(why) && !said.contains("secret"), "{said}");
    }
}

#[test]
fn what_signs_the_audit_log_has_a_public_part() {
    let folder = made();
    let (first, code) = run(folder.path(), &["audit", "key"], "");
    assert!(code == 0 && first.trim().len() == 64, "{first}");
    let secret = std::fs::read_to_string(folder.path().join("data/secrets/audit.key")).unwrap();
    assert!(!secret.contains(first.trim()));
    assert_eq!(run(folder.path(), &["audit", "key"], "").0, first);
    let (said, code) = run(folder.path(), &["audit", "verify", "--roots", "nowhere"], "");
    assert!(code == 2 && said.contains("nowhere: "), "{said}");
}

#[test]
fn a_database_is_copied_once_into_a_new_file() {
    let folder = made();
    let copy = folder.path().join("copy.db");
    let copied = ["backup", "--to", copy.to_str().unwrap()];
    let (said, code) = run(folder.path(), &copied, "");
    assert!(code == 0 && said.contains("elsewhere"), "{said}");
    assert_eq!(std::fs::metadata(&copy).unwrap().permissions().mode() & 0o777, 0o600);
    let (said, code) = run(folder.path(), &copied, "");
    assert!(code == 2 && said.contains("name a new file"), "{said}");
    let database = folder.path().join("data/bonafide.db");
    std::fs::rename(&copy, &database).unwrap();
    let (said, code) = run(folder.path(), &["erase-again"], "");
    assert!(code == 0 && said.starts_with("0 accounts"), "{said}");
}

#[test]
fn a_lookup_key_is_rotated_and_missed_where_it_is_lost() {
    let folder = made();
    let folder = folder.path();
    let file = folder.join("data/secrets/lookup.key");
    let before = std::fs::read_to_string(&file).unwrap();
    let (said, code) = run(folder, &["lookup-key", "rotate"], "");
    assert!(code == 0 && said.contains("version 2"), "{said}");
    let after = std::fs::read_to_string(&file).unwrap();
    let added = after.strip_prefix(&before).unwrap();
    assert!(added.starts_with("2:") && !said.contains(added[2..].trim()));
    let (said, _) = run(folder, &["doctor"], "");
    assert!(said.contains("lookup keys: version 1 hashed nothing that is left"), "{said}");
    std::fs::write(&file, added).unwrap();
    let (said, _) = run(folder, &["doctor"], "");
    assert!(said.contains("lookup keys: well"), "{said}");
}
