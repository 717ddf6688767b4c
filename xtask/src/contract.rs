//! Whether the interface does what its description says: schemathesis sends what the
//! description permits and what it does not, to a server on which there are people.

use std::collections::BTreeSet;
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use postgres_fixture::Cluster;
use tempfile::TempDir;

use crate::command;
use crate::python::Python;
use crate::set_up::bonafide;

/// Requests of each operation and phase, at most.
const MOST: &str = "30";
/// A run is the same as the one before.
const SEED: &str = "20261129";
/// An answer that nothing describes, or that is ours to mend.
const CHECKS: &str = "not_a_server_error,status_code_conformance,content_type_conformance,\
                      response_schema_conformance";

/// A sandbox with an exact engine and people at every stage.
struct Trial {
    process: Child,
    url: String,
    key: String,
    people: Value,
}

impl Trial {
    fn start(database: &str) -> Result<Self> {
        let program = command::target_dir()?.join("debug/bonafide-exact-server");
        let mut trial = Command::new(program);
        let mut process = trial.args(["trial", database]).stdout(Stdio::piped()).spawn()?;
        let mut line = String::new();
        BufReader::new(process.stdout.take().expect("it is piped")).read_line(&mut line)?;
        let said: Value = serde_json::from_str(&line).context("the trial says where it is")?;
        let text = |name: &str| said[name].as_str().unwrap_or_default().to_owned();
        Ok(Self { process, url: text("url"), key: text("key"), people: said["people"].clone() })
    }
}

impl Drop for Trial {
    fn drop(&mut self) {
        // It holds nothing that is worth keeping.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Who asks.
#[derive(Clone, Copy)]
enum As {
    /// An operator, for everything.
    Operator,
    /// Applicants, for what is theirs.
    Applicant,
}

/// Runs schemathesis as an operator and as applicants, on either database, each on a server of its
/// own.
///
/// # Errors
/// When an answer is not as described, or an operation never did what it is for: then nothing
/// was tried.
pub fn run() -> Result<()> {
    let python = Python::installed()?;
    let operations = operations(&command::output(bonafide()?.arg("openapi"))?)?;
    let (folder, cluster) = (TempDir::new()?, Cluster::start());
    let file = |name: &str| format!("sqlite://{}", folder.path().join(name).display());
    let sqlite = [file("applicants.db"), file("operator.db")];
    for [applicants, operator] in [sqlite, [cluster.database(), cluster.database()]] {
        println!("On {applicants}");
        let mut done = ask(&python, &applicants, As::Applicant)?;
        done.extend(ask(&python, &operator, As::Operator)?);
        let missed: Vec<_> = operations.difference(&done).cloned().collect();
        ensure!(missed.is_empty(), "never answered with success: {}", missed.join(", "));
    }
    Ok(())
}

/// The operations that were answered with success.
fn ask(python: &Python, database: &str, who: As) -> Result<BTreeSet<String>> {
    let trial = Trial::start(database)?;
    let report = command::target_dir()?.join("contract.ndjson");
    let mut run = python.program("st");
    // It keeps notes of its own where it runs.
    run.current_dir(command::target_dir()?);
    run.args(["run", &format!("{}/openapi.json", trial.url)]);
    run.args(["--checks", CHECKS, "--max-examples", MOST, "--seed", SEED, "--warnings", "off"]);
    run.args(["--generation-database", "none", "--report", "ndjson"]);
    run.arg("--report-ndjson-path").arg(&report);
    let name = match who {
        As::Operator => {
            run.args(["-H", &format!("Authorization: Bearer {}", trial.key)]);
            "operator"
        }
        // Of their tokens the hooks choose one.
        As::Applicant => {
            run.args(["--include-path-regex", "^/v1/applicant/"]);
            "applicant"
        }
    };
    run.env("SCHEMATHESIS_HOOKS", "hooks")
        .env("PYTHONPATH", command::root().join("xtask/contract"));
    run.env("PYTHONDONTWRITEBYTECODE", "1");
    run.env("BONAFIDE_AS", name).env("BONAFIDE_PEOPLE", trial.people.to_string());
    command::run(&mut run)?;
    successes(&std::fs::read_to_string(report).context("reading what schemathesis reports")?)
}

/// Every operation of a description, as `GET /v1/accounts`.
fn operations(description: &str) -> Result<BTreeSet<String>> {
    let description: Value = serde_json::from_str(description).context("the description")?;
    let paths = description["paths"].as_object().context("the description has no paths")?;
    let operation = |(path, methods): (&String, &Value)| {
        let methods = methods.as_object().into_iter().flatten();
        methods.map(|(method, _)| format!("{} {path}", method.to_uppercase())).collect::<Vec<_>>()
    };
    Ok(paths.iter().flat_map(operation).collect())
}

/// The operations that a report has an answer of success for: of each scenario, the cases and
/// under the same ids what was answered.
fn successes(report: &str) -> Result<BTreeSet<String>> {
    let mut done = BTreeSet::new();
    for line in report.lines() {
        let event: Value = serde_json::from_str(line).context("a line of the report")?;
        let recorder = &event["ScenarioFinished"]["recorder"];
        for (id, interaction) in recorder["interactions"].as_object().into_iter().flatten() {
            let status = interaction["response"]["status_code"].as_u64();
            let case = &recorder["cases"][id]["value"];
            if let (Some(200..300), Some(method), Some(path)) =
                (status, case["method"].as_str(), case["path"].as_str())
            {
                done.insert(format!("{method} {path}"));
            }
        }
    }
    Ok(done)
}
