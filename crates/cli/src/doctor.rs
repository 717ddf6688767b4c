//! `bonafide doctor`: whether an installation can work, part by part, and what to do where not.

use clap::Args;

use crate::exit::Exit;
use crate::installation::{self, InstallationArgs};
use workflow::{Installation, Metrics};

/// Look over an installation: exit code 4 when something needs a person.
#[derive(Debug, Args)]
pub struct DoctorArgs {
    #[command(flatten)]
    installation: InstallationArgs,
}

/// What was found of one part.
struct Finding {
    part: &'static str,
    /// What is wrong, and what to do; nothing where all is well.
    problem: Option<String>,
}

impl Finding {
    fn of<T>(part: &'static str, result: Result<T, impl std::fmt::Display>) -> Self {
        Self { part, problem: result.err().map(|error| format!("{error:#}")) }
    }
}

/// Runs the command. It writes a probe into the vault and removes it, and nothing else.
///
/// # Errors
/// When the output cannot be written: whatever is wrong with the installation is said.
#[tokio::main(flavor = "current_thread")]
pub async fn run(args: &DoctorArgs) -> anyhow::Result<Exit> {
    let mut findings = vec![Finding::of("models", installation::reader(Metrics::default()))];
    match args.installation.without_engine().await {
        Err(error) => findings.push(Finding::of("data folder", Err::<(), _>(error))),
        Ok(bonafide) => findings.extend(parts(&bonafide).await),
    }
    for Finding { part, problem } in &findings {
        match problem {
            None => println!("{part}: well"),
            Some(problem) => println!("{part}: {problem}"),
        }
    }
    let well = findings.iter().all(|finding| finding.problem.is_none());
    Ok(if well { Exit::Approved } else { Exit::Review })
}

async fn parts(bonafide: &Installation) -> Vec<Finding> {
    let queue = bonafide.queue().await;
    let dead = queue.as_ref().map_or(0, |queue| queue.dead);
    let given_up = match dead {
        0 => Ok(()),
        many => Err(format!(
            "{many} jobs were given up; their cases wait for a person. GET /v1/jobs/dead says why, and \
             DELETE removes what was seen"
        )),
    };
    let waits = queue.as_ref().ok().and_then(|queue| queue.oldest).filter(|oldest| {
        bonafide.now().duration_since(*oldest) > jiff::SignedDuration::from_mins(5)
    });
    let waits = match waits {
        None => Ok(()),
        Some(since) => Err(format!("a job waits since {since}: is a worker running?")),
    };
    let log = bonafide.verify_audit().await.map_err(|error| error.to_string());
    let log = log.and_then(|report| match &report.broken[..] {
        [] => Ok(()),
        [first, ..] => Err(first.to_string()),
    });
    vec![
        Finding::of("data folder, secrets and policy", Ok::<_, String>(())),
        Finding::of("database", queue),
        Finding::of("vault", bonafide.probe_vault().await),
        Finding::of("master key", master_key(bonafide).await),
        Finding::of("lookup keys", lookup_keys(bonafide).await),
        Finding::of("jobs", given_up),
        Finding::of("queue", waits),
        Finding::of("audit log", log),
    ]
}

/// Whether everything that was recorded can be found, and which older keys nothing needs.
async fn lookup_keys(bonafide: &Installation) -> Result<(), String> {
    let versions = bonafide.lookup_versions();
    let used = bonafide.hashed_by_lookup().await.map_err(|error| error.to_string())?;
    let lost: Vec<_> = used.iter().filter(|version| !versions.contains(version)).collect();
    if let [first, ..] = lost[..] {
        return Err(format!(
            "version {first} of secrets/lookup.key hashed what is recorded and is not there: put its \
             line back, or documents of before are not recognised"
        ));
    }
    let (_, older) = versions.split_last().ok_or("there is none")?;
    match older.iter().find(|version| !used.contains(version)) {
        None => Ok(()),
        Some(idle) => Err(format!(
            "version {idle} hashed nothing that is left: once every process was \
                             restarted since its successor was made, its line can go, to where backups of \
                             the database are that were made before"
        )),
    }
}

/// What is to be done where a rotation of the master key is under way. Only then every key is
/// looked at.
async fn master_key(bonafide: &Installation) -> Result<(), String> {
    let versions = bonafide.master_versions();
    let Some((newest, older @ [_, ..])) = versions.split_last() else { return Ok(()) };
    let used = bonafide.sealed_by_master().await.map_err(|error| error.to_string())?;
    let told = older.iter().map(|version| match used.get(version) {
        Some(many) => format!("version {version} seals {many} keys and secrets still"),
        None => format!("version {version} seals nothing any more and can be dropped"),
    });
    let told: Vec<_> = told.collect();
    let what = "see `bonafide master-key --help`";
    Err(format!("version {newest} seals what is new; {}: {what}", told.join("; ")))
}
