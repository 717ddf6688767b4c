//! Nothing is lost: server and worker are killed without a word, again and again, while people
//! are at it, and afterwards everything that was accepted is there, every case was decided once,
//! and the operator's system was told of every event.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufRead, BufReader};
use std::net::TcpListener;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::Mutex;
use std::sync::mpsc::{self, Sender, channel};
use std::time::Duration;

use domain::case::CaseState;
use domain::id::{CaseId, UploadId};
use exact_world::Receiver;
use jiff::Timestamp;
use minreq::Method;
use postgres_fixture::Cluster;
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;
use s3_fixture::S3;
use serde_json::{Value, json};
use store::DecidedBy;
use tempfile::TempDir;
use vault::{ObjectName, Place, Vault};
use workflow::{
    Deliverer, EndpointRequest, Installation, Outcome, Real, RootSigner, RootsCheck, Scope, Worker,
    World,
};

/// Times that something is killed, unless the environment says otherwise.
const KILLS: usize = 10;
/// People at it at once.
const AT_ONCE: usize = 6;
/// Answers between two kills, from and to.
const BETWEEN: std::ops::Range<usize> = 10..40;
/// Requests that a person sends, at least.
const REQUESTS: usize = 9;

/// The processes, and how they are started.
struct Processes {
    stores: Stores,
    address: String,
    running: BTreeMap<&'static str, Child>,
}

/// Where everything lies.
struct Stores {
    keys: String,
    objects: String,
    database: String,
    /// Where the processes send the roots of the audit logs.
    roots: TempDir,
    environment: Vec<(String, String)>,
}

impl Stores {
    /// On one machine: files in `folder`.
    fn files(folder: &TempDir) -> Self {
        let path = |name| folder.path().join(name).display().to_string();
        let database = format!("sqlite://{}", path("bonafide.db"));
        let (keys, objects) = (path("keys"), path("objects"));
        let roots = TempDir::new().unwrap();
        Self { keys, objects, database, roots, environment: Vec::new() }
    }

    /// On many: PostgreSQL and S3.
    fn services(cluster: &Cluster, s3: &S3) -> Self {
        let (keys, objects) = ("s3://keys".to_owned(), "s3://objects".to_owned());
        let (database, roots) = (cluster.database(), TempDir::new().unwrap());
        Self { keys, objects, database, roots, environment: s3.environment() }
    }

    fn roots(&self) -> PathBuf {
        self.roots.path().join("roots.jsonl")
    }

    fn vault(&self) -> Vault {
        let open = |address: &str| Place::open(address, self.environment.clone()).unwrap();
        Vault::new(open(&self.keys), open(&self.objects), exact_world::master())
    }
}

impl Processes {
    fn start(stores: Stores) -> Self {
        let free = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
        let address = free.to_string();
        let mut processes = Self { stores, address, running: BTreeMap::new() };
        processes.begin("serve");
        processes.begin("work");
        processes
    }

    fn begin(&mut self, what: &'static str) {
        let mut process = Command::new(env!("CARGO_BIN_EXE_bonafide-exact-server"))
            .arg(what)
            .args([&self.stores.keys, &self.stores.objects])
            .arg(&self.stores.database)
            .arg(self.stores.roots())
            .arg(&self.address)
            .envs(self.stores.environment.clone())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(process.stdout.take().unwrap()).read_line(&mut line).unwrap();
        assert!(!line.is_empty(), "{what} started");
        self.running.insert(what, process);
    }

    fn kill(&mut self, what: &'static str) {
        let mut process = self.running.remove(what).unwrap();
        process.kill().unwrap();
        process.wait().unwrap();
    }
}

impl Drop for Processes {
    fn drop(&mut self) {
        for process in self.running.values_mut() {
            let _ = process.kill();
            let _ = process.wait();
        }
    }
}

/// One who sends requests, again and again until they are answered.
struct Client<'a> {
    address: &'a str,
    answered: Sender<()>,
}

impl Client<'_> {
    fn send(&self, (method, path): (&Method, &str), token: &str, body: &[u8]) -> (u16, Value) {
        loop {
            let url = format!("http://{}{path}", self.address);
            let request = minreq::Request::new(method.clone(), url)
                .with_header("Authorization", format!("Bearer {token}"))
                .with_header("Idempotency-Key", path.replace('/', "-"))
                .with_body(body)
                .with_timeout(30);
            // Whoever was not answered does not know whether it happened, and asks again.
            let Ok(answer) = request.send() else { continue };
            let Ok(value) = serde_json::from_slice(answer.as_bytes()) else { continue };
            // The test may have seen enough.
            let _ = self.answered.send(());
            return (answer.status_code, value);
        }
    }

    fn done(&self, way: (&Method, &str), token: &str, body: &[u8]) -> Value {
        let (status, value) = self.send(way, token, body);
        assert!((200..300).contains(&status), "{} {status} {value}", way.1);
        value
    }

    /// One person's way: the case, and the uploads that were accepted, with their bytes.
    fn session(&self, key: &str, name: &str) -> (CaseId, Vec<(UploadId, Vec<u8>)>) {
        let body = json!({ "external_id": name }).to_string();
        // The key of the request is made of its path, and the person's name is not in that.
        let path = format!("/v1/accounts?{name}");
        let account = self.done((&Method::Post, &path), key, body.as_bytes());
        let path = format!("/v1/accounts/{}/cases", account["id"].as_str().unwrap());
        let case = self.done((&Method::Post, &path), key, br#"{"tier":"L2"}"#);
        let token = case["token"].as_str().unwrap();
        let put = |path: &str, body: &[u8]| self.done((&Method::Put, path), token, body);
        put("/v1/applicant/details", &serde_json::to_vec(&exact_world::typed()).unwrap());
        put("/v1/applicant/consents/face_match", br#"{"text_version":"1","agreed":true}"#);
        self.done((&Method::Post, "/v1/applicant/challenge"), token, b"{}");
        let pictures = [
            ("front", exact_world::passport(|_| {})),
            ("selfie", exact_world::selfie()),
            ("capture", b"answer".to_vec()),
        ];
        let uploads = pictures.into_iter().map(|(place, bytes)| {
            let taken = put(&format!("/v1/applicant/uploads/{place}"), &bytes);
            (taken["id"].as_str().unwrap().parse().unwrap(), bytes)
        });
        let uploads = uploads.collect();
        let submitted = self.send((&Method::Post, "/v1/applicant/submit"), token, b"");
        // Answered so when it happened before the crash and the answer was lost.
        let twice = submitted.0 == 409 && submitted.1["code"] == "case-state";
        assert!(submitted.0 == 200 || twice, "{submitted:?}");
        (case["id"].as_str().unwrap().parse().unwrap(), uploads)
    }
}

/// An hour later: every lease has ended.
struct Later;

impl World for Later {
    fn now(&self) -> Timestamp {
        Real.now() + Duration::from_hours(1)
    }

    fn random(&self, bytes: &mut [u8]) {
        Real.random(bytes);
    }
}

type Sessions = Vec<(CaseId, Vec<(UploadId, Vec<u8>)>)>;

/// People at it, so many at once and one after another, while what they talk to is killed.
fn under_fire(
    processes: &mut Processes,
    key: &str,
    (at_once, each, kills): (usize, usize, usize),
) -> Sessions {
    let (answered, answers) = channel();
    let address = processes.address.clone();
    let sessions = Mutex::new(Vec::new());
    std::thread::scope(|scope| {
        for person in 0..at_once {
            let client = Client { address: &address, answered: answered.clone() };
            let sessions = &sessions;
            scope.spawn(move || {
                for number in 0..each {
                    let session = client.session(key, &format!("user-{person}-{number}"));
                    sessions.lock().unwrap().push(session);
                }
            });
        }
        drop(answered);
        kill(processes, &answers, kills);
    });
    sessions.into_inner().unwrap()
}

/// Kills one or the other after a random number of answers.
fn kill(processes: &mut Processes, answers: &mpsc::Receiver<()>, kills: usize) {
    let mut dice = ChaCha8Rng::seed_from_u64(7);
    for _ in 0..kills {
        for _ in 0..dice.random_range(BETWEEN) {
            answers.recv().expect("people are still at it");
        }
        let what = if dice.random_bool(0.6) { "serve" } else { "work" };
        processes.kill(what);
        processes.begin(what);
    }
    // Whoever is left goes on in peace.
    answers.iter().for_each(drop);
}

/// Does what is left to be done, and looks at everything.
async fn look_over(bonafide: &Installation, vault: &Vault, sessions: &Sessions) {
    let worker = Worker::new(bonafide.clone(), "after");
    while worker.once().await.unwrap() != Outcome::Idle {}
    let mut approved = 0;
    for (case, uploads) in sessions {
        let mut tx = bonafide.store().read().await.unwrap();
        let row = tx.case(*case).await.unwrap().unwrap();
        let decisions = tx.decisions(*case).await.unwrap();
        assert!(decisions.len() == 1 && decisions[0].by == DecidedBy::Engine, "{case}");
        assert_eq!(tx.verify_audit(&row).await.unwrap(), None);
        approved += usize::from(row.case.state == CaseState::Approved);
        let waits = row.case.state == CaseState::InReview;
        assert!(waits || row.case.state == CaseState::Approved, "{case}: {:?}", row.case.state);
        drop(tx);
        let key = vault.person(row.case.account).await.unwrap();
        for (upload, bytes) in uploads {
            assert_eq!(&vault.get(&key, &ObjectName::upload(*upload)).await.unwrap(), bytes);
        }
    }
    assert_eq!(approved, 1, "all have one passport: one account has it");
    let mut tx = bonafide.store().read().await.unwrap();
    let events = tx.events(0, 10_000).await.unwrap();
    for (case, _) in sessions {
        let told = events.iter().filter(|(_, event)| event.case == Some(*case));
        let kinds: Vec<&str> = told.map(|(_, event)| event.kind.as_str()).collect();
        assert_eq!(kinds.len(), 3, "opened, assessing and decided, each once: {kinds:?}");
    }
}

/// Signs what is left, and compares the roots that were sent with the logs.
async fn all_signed(bonafide: &Installation, roots: PathBuf) {
    let signer = RootSigner::new(bonafide.clone(), Duration::from_secs(1), Some(roots.clone()));
    signer.once().await.unwrap();
    let mut check = RootsCheck::new(bonafide.clone(), vec![bonafide.audit_key()]);
    for line in std::fs::read_to_string(roots).unwrap().lines() {
        check.line(line).await.unwrap();
    }
    let report = check.report();
    assert!(report.broken.is_empty() && report.roots > 0, "{report:?}");
}

/// Delivers what is left, and compares what came with what happened.
async fn all_told(bonafide: &Installation, receiver: &mut Receiver) {
    Deliverer::new(bonafide.clone(), "after").once().await.unwrap();
    let came = receiver.received();
    let came: BTreeSet<_> = came.iter().map(|one| one.header("webhook-id").to_owned()).collect();
    let events = bonafide.events(0, 100_000).await.unwrap();
    let happened: BTreeSet<_> = events.iter().map(|(_, event)| event.id.to_string()).collect();
    assert_eq!(came, happened);
}

/// How many are at it at once, one after another, and how many times something is killed.
fn fire() -> (usize, usize, usize) {
    let kills = std::env::var("BONAFIDE_KILLS").ok();
    let kills = kills.map_or(KILLS, |kills| kills.parse().expect("a number of kills"));
    // Enough to do until the last one.
    (AT_ONCE, (kills * BETWEEN.end).div_ceil(AT_ONCE * REQUESTS), kills)
}

#[tokio::main]
async fn nothing_is_lost(stores: Stores, fire: (usize, usize, usize)) {
    let mut processes = Processes::start(stores);
    let (vault, database) = (processes.stores.vault(), processes.stores.database.clone());
    let bonafide = exact_world::sandbox(processes.stores.vault(), &database, Later).await;
    let mut receiver = Receiver::start().await;
    let (url, description, kinds) = (receiver.url.clone(), String::new(), Vec::new());
    bonafide.make_endpoint(EndpointRequest { url, description, kinds }, "the test").await.unwrap();
    let key = bonafide.make_key("the exchange", &[Scope::Accounts], "the test").await.unwrap();
    let key = key.token.reveal().to_owned();
    let (processes, sessions) = tokio::task::spawn_blocking(move || {
        let sessions = under_fire(&mut processes, &key, fire);
        for what in ["serve", "work"] {
            processes.kill(what);
        }
        (processes, sessions)
    })
    .await
    .unwrap();
    assert_eq!(sessions.len(), fire.0 * fire.1);
    look_over(&bonafide, &vault, &sessions).await;
    all_signed(&bonafide, processes.stores.roots()).await;
    all_told(&bonafide, &mut receiver).await;
    bonafide.store().close().await;
    drop(processes);
}

#[test]
fn nothing_is_lost_on_one_machine() {
    let folder = TempDir::new().unwrap();
    nothing_is_lost(Stores::files(&folder), fire());
}

#[test]
fn nothing_is_lost_on_postgresql_and_s3() {
    let (cluster, s3) = (Cluster::start(), S3::start());
    nothing_is_lost(Stores::services(&cluster, &s3), fire());
}

#[test]
fn two_hundred_people_at_once_are_each_decided_about_once() {
    let folder = TempDir::new().unwrap();
    nothing_is_lost(Stores::files(&folder), (200, 1, 0));
}
