//! Signed roots over the audit logs: whoever changes the past of a log is found out, its whole
//! chain and head made anew or not.

use std::path::PathBuf;
use std::time::Duration;

use bonafide_workflow::{BrokenRoot, Kind, RootSigner, RootsCheck, RootsError, RootsReport};
use domain::id::CaseId;
use exact_world::{House, passport};
use postgres_fixture::Cluster;
use serde_json::Value;
use store::{Act, Database};
use tempfile::TempDir;
use tokio::task::JoinSet;

const MINUTE: Duration = Duration::from_mins(1);

/// An installation, and a file that its roots are sent to.
struct Signed {
    house: House,
    file: PathBuf,
    _cluster: Option<Cluster>,
    _folder: TempDir,
}

impl Signed {
    async fn on_a_file() -> Self {
        Self::of(House::build(Kind::Sandbox).await, None)
    }

    async fn on_postgresql() -> Self {
        let cluster = Cluster::start();
        let folder = tempfile::tempdir().unwrap();
        let house = House::on(Kind::Sandbox, folder, cluster.database()).await;
        Self::of(house, Some(cluster))
    }

    fn of(house: House, cluster: Option<Cluster>) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("roots.jsonl");
        Self { house, file, _cluster: cluster, _folder: folder }
    }

    fn signer(&self) -> RootSigner {
        RootSigner::new(self.house.installation.clone(), MINUTE, Some(self.file.clone()))
    }

    /// A minute later a root is signed, where something went on.
    async fn sign(&self) {
        self.house.clock.go(60);
        self.signer().once().await.unwrap();
    }

    fn lines(&self) -> Vec<String> {
        let text = std::fs::read_to_string(&self.file).unwrap();
        text.lines().map(str::to_owned).collect()
    }

    /// Whether each chain holds by itself, and what the roots say.
    async fn verify(&self, lines: &[String]) -> (bool, RootsReport) {
        let bonafide = &self.house.installation;
        let chains = bonafide.verify_audit().await.unwrap();
        let mut check = RootsCheck::new(bonafide.clone(), vec![bonafide.audit_key()]);
        for line in lines {
            check.line(line).await.unwrap();
        }
        (chains.broken.is_empty(), check.report())
    }

    /// Changes the database behind its back.
    async fn tamper(&self, statements: &[&str]) {
        let pool = sqlx::AnyPool::connect(&self.house.url).await.unwrap();
        for statement in statements {
            let statement = sqlx::AssertSqlSafe((*statement).to_owned());
            sqlx::query(statement).execute(&pool).await.unwrap();
        }
        pool.close().await;
    }

    /// A case that was decided; a root signed when it was opened, and one at the end.
    async fn decided(&self, name: &str) -> CaseId {
        let case = self.house.open(self.house.account(name).await).await.case.id;
        self.sign().await;
        self.house.fill(case, passport(|_| {})).await;
        self.house.assess(case).await;
        self.sign().await;
        case
    }
}

async fn an_untouched_log_holds_and_an_erased_persons_too(signed: Signed) {
    let case = signed.decided("user-1").await;
    let bonafide = &signed.house.installation;
    let account = bonafide.case(case).await.unwrap().case.account;
    bonafide.erase(account, "key_1").await.unwrap();
    signed.sign().await;
    signed.sign().await;
    let lines = signed.lines();
    let (chains, report) = signed.verify(&lines).await;
    assert!(chains && report.broken.is_empty(), "{report:?}");
    // Of opening, deciding and erasing; afterwards nothing went on.
    assert_eq!((report.roots, lines.len()), (3, 3));
    assert!(lines.iter().all(|line| line.contains(&case.to_string())));
    let told = bonafide.events(0, 100).await.unwrap().into_iter();
    let told: Vec<_> = told.filter(|(_, event)| event.kind == "audit.root").collect();
    assert_eq!(told.len(), 3);
    let (data, line): (Value, Value) =
        (serde_json::from_str(&told[1].1.data).unwrap(), serde_json::from_str(&lines[1]).unwrap());
    for part in ["number", "at", "before", "root", "key", "signature"] {
        assert_eq!(data[part], line[part], "{part}");
    }
}

/// The last entry removed, and the head with it: the chain that is left holds.
async fn a_log_that_was_cut_short_is_found(signed: Signed) {
    let case = signed.decided("user-1").await;
    signed
        .tamper(&[
            "DELETE FROM audit WHERE place = (SELECT MAX(place) FROM audit)",
            "UPDATE cases SET audit_length = audit_length - 1",
            "UPDATE cases SET audit_head = (SELECT hash FROM audit WHERE case_id = cases.id \
             AND place = audit_length)",
        ])
        .await;
    let (chains, report) = signed.verify(&signed.lines()).await;
    assert!(chains, "the chain alone does not show it");
    assert!(
        matches!(&report.broken[..], [BrokenRoot::LogChanged { case: found, number: 2, .. }]
            if *found == case),
        "{report:?}"
    );
}

/// Another history from the first entry on, as long as the true one, each hash right.
async fn a_log_that_was_written_anew_is_found(signed: Signed) {
    let case = signed.decided("user-1").await;
    let store = signed.house.installation.store();
    let was = store.read().await.unwrap().audit(case).await.unwrap();
    let zeros = match store.database() {
        Database::Sqlite => "UPDATE cases SET audit_length = 0, audit_head = zeroblob(32)",
        Database::Postgres => {
            "UPDATE cases SET audit_length = 0, audit_head = decode(repeat('00', 32), 'hex')"
        }
    };
    signed.tamper(&["DELETE FROM audit", zeros]).await;
    let mut tx = store.begin().await.unwrap();
    let mut row = tx.lock_case(case).await.unwrap().unwrap();
    for (number, entry) in was.into_iter().enumerate() {
        let actor = if number == 0 { "nobody".to_owned() } else { entry.act.actor };
        tx.log(&mut row, entry.at, &Act { actor, what: entry.act.what }).await.unwrap();
    }
    tx.commit().await.unwrap();
    let (chains, report) = signed.verify(&signed.lines()).await;
    assert!(chains, "the chain alone does not show it");
    let numbers = report.broken.iter().map(|broken| match broken {
        BrokenRoot::LogChanged { case: found, number, .. } if *found == case => *number,
        other => panic!("{other}"),
    });
    assert_eq!(numbers.collect::<Vec<_>>(), [1, 2]);
}

macro_rules! on_both {
    ($($story:ident: $sqlite:ident, $postgres:ident;)*) => {$(
        #[tokio::test]
        async fn $sqlite() {
            $story(Signed::on_a_file().await).await;
        }

        #[tokio::test]
        async fn $postgres() {
            $story(Signed::on_postgresql().await).await;
        }
    )*};
}

on_both! {
    an_untouched_log_holds_and_an_erased_persons_too: untouched_on_sqlite, untouched_on_postgresql;
    a_log_that_was_cut_short_is_found: cut_on_sqlite, cut_on_postgresql;
    a_log_that_was_written_anew_is_found: anew_on_sqlite, anew_on_postgresql;
}

#[tokio::test]
async fn a_file_that_was_changed_is_found() {
    let signed = Signed::on_a_file().await;
    signed.decided("user-1").await;
    signed.decided("user-2").await;
    let lines = signed.lines();
    assert_eq!(lines.len(), 4);
    let changed = |line: usize, from: &str, to: &str| {
        let mut lines = lines.clone();
        assert!(lines[line].contains(from), "{}", lines[line]);
        lines[line] = lines[line].replacen(from, to, 1);
        lines
    };
    let without = [&lines[..1], &lines[2..]].concat();
    let at = "2026-03-02T12:02:00Z";
    let cases = [
        (without, "root 3 stands where root 2 belongs"),
        ([&lines[..], &lines[3..]].concat(), "root 4 stands where root 5 belongs"),
        (changed(1, at, "2026-03-02T12:02:01Z"), "root 2 is not signed"),
        (
            changed(1, "\"heads\":[[\"case_", "\"heads\":[[\"case-"),
            "line 2 of the roots is no root",
        ),
        (vec!["{}".to_owned()], "line 1 of the roots is no root"),
    ];
    for (lines, told) in cases {
        let (_, report) = signed.verify(&lines).await;
        let first = report.broken.first().expect(told).to_string();
        assert!(first.starts_with(told), "{first}");
    }
    let mut emptied: Value = serde_json::from_str(&lines[3]).unwrap();
    emptied["heads"] = Value::Array(Vec::new());
    let emptied = [&lines[..3], &[emptied.to_string()]].concat();
    let (_, report) = signed.verify(&emptied).await;
    assert!(report.broken.contains(&BrokenRoot::OtherHeads { number: 4 }), "{report:?}");
    let bonafide = signed.house.installation.clone();
    let mut check = RootsCheck::new(bonafide, vec!["00".repeat(32).parse().unwrap()]);
    check.line(&lines[0]).await.unwrap();
    assert_eq!(check.report().broken, [BrokenRoot::NotSigned { number: 1 }], "another's key");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_many_at_once_one_signs_a_root_and_each_file_has_all() {
    let signed = Signed::on_postgresql().await;
    for round in 1..=5 {
        signed.house.open(signed.house.account(&format!("user-{round}")).await).await;
        signed.house.clock.go(60);
        let mut tasks = JoinSet::new();
        for _ in 0..8 {
            let signer = signed.signer();
            tasks.spawn(async move { signer.once().await });
        }
        tasks.join_all().await.into_iter().for_each(|done| done.unwrap());
        signed.signer().once().await.unwrap();
        assert_eq!(signed.lines().len(), round);
    }
    let late = signed.file.with_file_name("late.jsonl");
    let bonafide = signed.house.installation.clone();
    RootSigner::new(bonafide, MINUTE, Some(late.clone())).once().await.unwrap();
    assert_eq!(std::fs::read(late).unwrap(), std::fs::read(&signed.file).unwrap());
    let (_, report) = signed.verify(&signed.lines()).await;
    assert!(report.broken.is_empty() && report.roots == 5, "{report:?}");
}

#[tokio::test]
async fn a_database_of_an_earlier_state_does_not_go_on_in_the_file_of_a_later_one() {
    let signed = Signed::on_a_file().await;
    signed.decided("user-1").await;
    signed
        .tamper(&["DELETE FROM audit_roots WHERE number = 2", "UPDATE audit SET root = NULL"])
        .await;
    let lines = signed.lines();
    signed.house.open(signed.house.account("user-2").await).await;
    signed.house.clock.go(60);
    // A root of the same number is signed, over other heads.
    let refused = signed.signer().once().await;
    assert!(matches!(refused, Err(RootsError::Elsewhere { number: 2, .. })), "{refused:?}");
    assert_eq!(signed.lines(), lines);
}
