//! A whole installation as an operator runs it: init, key, serve, a person's way through it,
//! and what is left of it after the process is killed.

use std::cell::RefCell;
use std::io::{BufRead, BufReader, Cursor, Write};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use minreq::Method;
use postgres_fixture::Cluster;
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::program::{Person, bonafide};

/// An installation whose server runs until it is dropped; the environment names its database,
/// or it is on a file.
pub struct Server {
    folder: TempDir,
    environment: Vec<(&'static str, String)>,
    running: Running,
    pub key: String,
}

/// One process of it.
struct Running {
    process: Child,
    address: String,
    log: Receiver<String>,
    /// What was received of it.
    heard: RefCell<Vec<String>>,
}

impl Server {
    /// A new sandbox, on this database or on a file.
    fn start(database: &str) -> Self {
        Self::with(vec![("BONAFIDE_DATABASE_URL", database.to_owned())])
    }

    /// A new sandbox with this in its environment.
    pub fn with(environment: Vec<(&'static str, String)>) -> Self {
        let folder = TempDir::new().expect("a temporary folder");
        let data = folder.path().join("data");
        let made = bonafide(["init", data.to_str().unwrap(), "--kind", "sandbox"]);
        assert_eq!(made.code, 0, "{made:?}");
        let running = serve(&data, &environment);
        let mut server = Self { folder, environment, running, key: String::new() };
        let scopes = "accounts,spend,review,admin";
        let made = server.run(&["key", "--name", "Mei", "--scope", scopes]);
        assert!(made.starts_with("bf_test_"), "{made}");
        made.trim().clone_into(&mut server.key);
        server
    }

    /// Runs a command beside the server, on the same installation: what it prints.
    fn run(&self, command: &[&str]) -> String {
        let ran = Command::new(env!("CARGO_BIN_EXE_bonafide"))
            .args(command)
            .arg("--data")
            .arg(self.folder.path().join("data"))
            .envs(self.environment.clone())
            .output()
            .unwrap();
        assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
        String::from_utf8(ran.stdout).unwrap()
    }

    /// Kills the process without a word, and starts another on the same data.
    fn crash(&mut self) {
        self.running.process.kill().unwrap();
        self.running.process.wait().unwrap();
        self.running = serve(&self.folder.path().join("data"), &self.environment);
    }

    /// Asks the process to end, and waits until it has.
    pub fn end(&mut self) {
        self.ask_to_end();
        self.ended();
    }

    /// Asks the process to end.
    pub fn ask_to_end(&self) {
        let process = self.running.process.id().to_string();
        assert!(Command::new("kill").args(["-TERM", &process]).status().unwrap().success());
    }

    /// Waits until the process has ended, well.
    pub fn ended(&mut self) {
        assert!(self.running.process.wait().unwrap().success());
    }

    /// What it said in its log since this was asked last, once it has ended.
    pub fn said(&self) -> Vec<String> {
        let mut said = self.running.heard.take();
        said.extend(self.running.log.iter());
        said
    }

    /// The address of a path.
    pub fn url(&self, path: &str) -> String {
        format!("{}{path}", self.running.address)
    }

    pub fn call(&self, method: Method, path: &str, token: &str, body: impl Into<Vec<u8>>) -> Value {
        let request = minreq::Request::new(method, self.url(path));
        let request = request.with_header("Authorization", format!("Bearer {token}"));
        let answer = request.with_body(body).with_timeout(60).send();
        let answer = answer.unwrap_or_else(|error| panic!("{path}: {error}"));
        assert_eq!(answer.header("bonafide-installation"), Some("sandbox"));
        let body = serde_json::from_slice(answer.as_bytes()).unwrap_or(Value::Null);
        assert!((200..300).contains(&answer.status_code), "{path}: {body}");
        body
    }

    /// Opens a case: the account, the case, the applicant's token.
    pub fn open(&self, name: &str) -> (String, String, String) {
        self.open_for(name, "L2")
    }

    /// The same for this tier.
    pub fn open_for(&self, name: &str, tier: &str) -> (String, String, String) {
        let body = json!({ "external_id": name }).to_string();
        let account = self.call(Method::Post, "/v1/accounts", &self.key, body);
        let account = account["id"].as_str().unwrap().to_owned();
        let path = format!("/v1/accounts/{account}/cases");
        let case = self.call(Method::Post, &path, &self.key, json!({ "tier": tier }).to_string());
        let text = |name: &str| case[name].as_str().unwrap().to_owned();
        (account, text("id"), text("token"))
    }

    /// Everything that the person has to do, up to submitting.
    pub fn fill(&self, token: &str, person: &Person) -> Value {
        let put = |path: &str, body: Vec<u8>| self.call(Method::Put, path, token, body);
        let claims = std::fs::read_to_string(person.file("claims.toml")).unwrap();
        let claims: Value = toml_to_json(&claims);
        put("/v1/applicant/details", claims.to_string().into());
        let agreed = json!({ "text_version": "1", "agreed": true }).to_string();
        put("/v1/applicant/consents/face_match", agreed.into());
        let picture = |name: &str| std::fs::read(person.file(name)).unwrap();
        let front = put("/v1/applicant/uploads/front", picture("front.jpg"));
        put("/v1/applicant/uploads/selfie", picture("selfie.jpg"));
        self.call(Method::Post, "/v1/applicant/challenge", token, "{}");
        put("/v1/applicant/uploads/capture", still_capture(person));
        front
    }

    /// The case once the log says that it was decided; no line of the log may hold `secret`.
    pub fn decided(&self, case: &str, secret: &str) -> Value {
        loop {
            let line = self.running.log.recv_timeout(Duration::from_mins(2));
            let line = line.expect("the server says what it does");
            assert!(!line.to_lowercase().contains(&secret.to_lowercase()), "{line}");
            let done = line.contains("job done") && line.contains(case);
            self.running.heard.borrow_mut().push(line);
            if done {
                return self.call(Method::Get, &format!("/v1/cases/{case}"), &self.key, "");
            }
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.running.process.kill();
        let _ = self.running.process.wait();
    }
}

fn serve(data: &Path, environment: &[(&str, String)]) -> Running {
    let mut process = Command::new(env!("CARGO_BIN_EXE_bonafide"))
        .args(["serve", "--data"])
        .arg(data)
        .env("BONAFIDE_SERVER_LISTEN", "127.0.0.1:0")
        .envs(environment.iter().cloned())
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let mut line = String::new();
    BufReader::new(process.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let address = line.trim().strip_prefix("sandbox on ").map(str::to_owned);
    let Some(address) = address else {
        let _ = process.kill();
        let log = process.wait_with_output().map(|output| output.stderr).unwrap_or_default();
        panic!("it does not serve: {line} {}", String::from_utf8_lossy(&log));
    };
    let (said, log) = channel();
    let errors = BufReader::new(process.stderr.take().unwrap());
    std::thread::spawn(move || {
        // Ends with the process; whoever listens may have gone before.
        errors.lines().map_while(Result::ok).try_for_each(|line| said.send(line))
    });
    Running { process, address, log, heard: RefCell::default() }
}

/// The claims of a specimen's file; dates are text in JSON.
pub fn toml_to_json(text: &str) -> Value {
    let lines = text.lines().filter_map(|line| line.split_once(" = "));
    let pair = |(name, value): (&str, &str)| {
        (name.to_owned(), Value::String(value.trim_matches('"').to_owned()))
    };
    Value::Object(lines.map(pair).collect())
}

/// A capture in which nobody moves: nine seconds of one still.
fn still_capture(person: &Person) -> Vec<u8> {
    let still = image::open(person.file("selfie.jpg")).unwrap().thumbnail(480, 640).to_rgb8();
    let mut frame = Cursor::new(Vec::new());
    still.write_to(&mut frame, image::ImageFormat::Jpeg).unwrap();
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let stored =
        zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for index in 0..60 {
        archive.start_file(format!("{:06}.jpg", 50 * index), stored).unwrap();
        archive.write_all(frame.get_ref()).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

/// From nothing to a decision, with a crash between submitting and deciding.
fn a_person_is_decided_about_once(database: &str) {
    let person = Person::with_passport();
    let mut server = Server::start(database);
    let (_, case, token) = server.open("user-1");
    let front = server.fill(&token, person);
    assert_eq!(front["faults"], json!([]), "nothing is wrong with the picture");
    server.call(Method::Post, "/v1/applicant/submit", &token, "");
    server.crash();

    // The lease of the job that was begun holds for a minute; one that was not begun is
    // done at once. Either way the case stands where it stood, with all that was uploaded.
    let view = server.call(Method::Get, &format!("/v1/cases/{case}"), &server.key, "");
    assert!(view["steps"].as_array().unwrap().len() == 4, "{view}");
    let (account, second, token) = server.open("user-2");
    server.fill(&token, person);
    server.call(Method::Post, "/v1/applicant/submit", &token, "");
    let claims = std::fs::read_to_string(person.file("claims.toml")).unwrap();
    let surname = toml_to_json(&claims)["surname"].as_str().unwrap().to_owned();
    let decided = server.decided(&second, &surname);
    // A still picture answers no challenge, so only that is asked for again.
    assert_eq!(decided["state"], "collecting", "{decided}");
    let reasons = decided["decision"]["reasons"].as_array().unwrap();
    let codes: Vec<_> = reasons.iter().map(|reason| reason["code"].as_str().unwrap()).collect();
    assert_eq!(codes, ["LIVENESS_INCOMPLETE"], "{decided}");
    let again: Vec<_> = decided["steps"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|step| step["state"]["state"] == "again")
        .map(|step| step["need"].as_str().unwrap())
        .collect();
    assert_eq!(again, ["liveness"]);

    let path = format!("/v1/accounts/{account}/entitlements");
    let now = server.call(Method::Get, &path, &server.key, "");
    assert_eq!(now["tier"], Value::Null, "nobody was approved");
    let status = format!("/proc/{}/environ", server.running.process.id());
    let environment = std::fs::read(status).unwrap();
    assert!(String::from_utf8_lossy(&environment).contains("MALLOC_ARENA_MAX=2"));
    let well = server.run(&["doctor"]);
    assert!(well.lines().all(|line| line.ends_with(": well")), "{well}");
    let verified = server.run(&["audit", "verify"]);
    assert!(verified.starts_with("2 cases, ") && verified.ends_with(" 0 broken\n"), "{verified}");
    let policy = concat!(env!("CARGO_MANIFEST_DIR"), "/../../policies/sandbox.toml");
    let replayed = server.run(&["policy", "replay", "--policy", policy]);
    assert!(replayed.contains("0 come out otherwise"), "{replayed}");
    // The account of the case that was decided: the other's may be under assessment now, and
    // nothing is erased under an assessment.
    let path = format!("/v1/accounts/{account}/erase");
    assert!(server.call(Method::Post, &path, &server.key, "")["erased_at"].is_string());
}

#[test]
fn a_sandbox_on_one_file_survives_a_crash() {
    a_person_is_decided_about_once("");
}

#[test]
fn a_sandbox_on_postgresql_survives_a_crash() {
    let cluster = Cluster::start();
    a_person_is_decided_about_once(&cluster.database());
}

#[test]
fn an_installation_is_made_once_and_only_served_where_it_was_made() {
    let folder = TempDir::new().unwrap();
    let data = folder.path().join("data");
    let data = data.to_str().unwrap();
    let served = bonafide(["serve", "--data", data]);
    assert_eq!(served.code, 2, "{served:?}");
    assert!(served.stderr.contains("bonafide init"), "{served:?}");
    assert_eq!(bonafide(["init", data, "--kind", "live"]).code, 0);
    let again = bonafide(["init", data, "--kind", "sandbox"]);
    assert_eq!(again.code, 2, "{again:?}");
    let config = bonafide(["config"]);
    assert!(config.stdout.contains("[database]"), "{config:?}");
}
