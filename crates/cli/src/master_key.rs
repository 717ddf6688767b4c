//! The master key: read from its file, from the environment or from a command of a KMS, and
//! `bonafide master-key`.

use std::io::Read;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::time::{Duration, Instant};

use anyhow::Context;
use clap::{Args, Subcommand};
use vault::MasterKeys;
use zeroize::Zeroizing;

use crate::environment;
use crate::exit::{Exit, Refused};
use crate::init::MASTER_FILE;
use crate::installation::{InstallationArgs, secret};
use crate::key_file::{LONGEST, add_version};

/// The variable that has the key, where one does; with `_FILE` behind it, one that names a file.
const VARIABLE: &str = "BONAFIDE_VAULT_MASTER_KEY";
/// How long a command may take to print the key.
const PATIENCE: Duration = Duration::from_secs(30);
/// How often it is looked whether a command that has printed has ended.
const LOOK: Duration = Duration::from_millis(10);

/// Put a new master key in place of an old one.
///
/// `rotate`, restart every process so that each knows the new version, `rewrap`; then the old
/// version seals nothing any more, and its line can be dropped. Keep it with the backups of the
/// keys from before: they open with it only.
#[derive(Debug, Subcommand)]
#[command(verbatim_doc_comment)]
pub enum MasterKeyCommand {
    /// Add a new version to secrets/master.key: whoever opens the installation from now on seals
    /// by it
    Rotate(MasterKeyArgs),
    /// Seal everything by the newest version that an older one sealed, beside processes that run;
    /// may be broken off and begun again
    Rewrap(MasterKeyArgs),
}

/// Which installation.
#[derive(Debug, Args)]
pub struct MasterKeyArgs {
    #[command(flatten)]
    installation: InstallationArgs,
}

/// Runs the command.
///
/// # Errors
/// As [`InstallationArgs::without_engine`], and when the file cannot be written.
#[tokio::main(flavor = "current_thread")]
pub async fn run(command: &MasterKeyCommand) -> anyhow::Result<Exit> {
    match command {
        MasterKeyCommand::Rotate(args) => rotate(&args.installation),
        MasterKeyCommand::Rewrap(args) => rewrap(&args.installation).await,
    }
}

fn rotate(installation: &InstallationArgs) -> anyhow::Result<Exit> {
    let command = installation.configuration()?.vault.master_key_command;
    let keys = read(installation.data(), &command)?;
    let newest = keys.versions().last().copied().unwrap_or_default();
    let Some(next) = newest.checked_add(1) else {
        return Err(Refused(format!("{MASTER_FILE}: there is no version behind {newest}.")).into());
    };
    let elsewhere = match &command[..] {
        [program, ..] => Some(format!("what {program} prints")),
        [] => given()?.map(|_| format!("what {VARIABLE} says")),
    };
    if let Some(elsewhere) = elsewhere {
        return Err(Refused(format!(
            "the master key is {elsewhere}: add the line {next}:HEX to it, 64 random hexadecimal \
             digits (openssl rand -hex 32), beside the lines that are there; then restart every \
             process and run `bonafide master-key rewrap`."
        ))
        .into());
    }
    let file = installation.data().join(MASTER_FILE);
    add_version(&file, next).with_context(|| format!("writing {}", file.display()))?;
    println!("{MASTER_FILE} has version {next} now. Keep a copy of it before you go on.");
    println!("Next: restart every process on this installation, each with this file, so that it");
    println!("knows version {next}; then `bonafide master-key rewrap`.");
    Ok(Exit::Approved)
}

async fn rewrap(installation: &InstallationArgs) -> anyhow::Result<Exit> {
    let bonafide = installation.without_engine().await?;
    let versions = bonafide.master_versions();
    let Some((newest, older)) = versions.split_last() else { return Ok(Exit::Approved) };
    let done = bonafide.rewrap().await?;
    println!("{} keys and {} secrets are sealed by version {newest} now.", done.keys, done.secrets);
    for (_, error) in &done.failed {
        println!("{error}");
    }
    let used = bonafide.sealed_by_master().await?;
    for version in older {
        match used.get(version) {
            Some(many) => println!(
                "Version {version} seals {many} still: restart every process, then run this again."
            ),
            None => println!(
                "Version {version} seals nothing any more. Once every process was restarted after \
                 `rotate`, take its line out, and keep it with the backups of the keys from before."
            ),
        }
    }
    let whole = done.failed.is_empty() && older.iter().all(|version| !used.contains_key(version));
    Ok(if whole { Exit::Approved } else { Exit::Review })
}

/// The master keys, from what `command` prints, from the environment, or from their file in `data`
/// where there is neither.
///
/// # Errors
/// [`Refused`] when they are no keys, are given twice, or the command does not print them; it says
/// what to do and nothing of what was printed.
pub fn read(data: &Path, command: &[String]) -> anyhow::Result<MasterKeys> {
    let (from, text) = match (given()?, command) {
        (None, []) => (MASTER_FILE, secret(data, MASTER_FILE)?),
        (Some(text), []) => (VARIABLE, text),
        (Some(_), [_, ..]) => {
            let twice = format!("give {VARIABLE} or vault.master_key_command, not both");
            return Err(Refused(twice).into());
        }
        (None, [program, arguments @ ..]) => {
            let text = printed(program, arguments, PATIENCE);
            let text = text.map_err(|why| {
                Refused(format!(
                    "vault.master_key_command: {program} {why}: run it by hand to see."
                ))
            })?;
            ("vault.master_key_command", text)
        }
    };
    Ok(MasterKeys::parse(&text).map_err(|error| Refused(format!("{from}: {error}.")))?)
}

/// The text of the key that the environment has, or names the file of.
fn given() -> Result<Option<Zeroizing<String>>, Refused> {
    let text = environment::given(|name| std::env::var(name).ok(), VARIABLE)?;
    Ok(text.map(Zeroizing::new))
}

/// What the program prints. What it says on standard error is not repeated: it may quote a key.
fn printed(
    program: &str,
    arguments: &[String],
    patience: Duration,
) -> Result<Zeroizing<String>, String> {
    let mut command = Command::new(program);
    command.args(arguments).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
    let mut child = command.spawn().map_err(|error| format!("cannot be run ({error})"))?;
    let until = Instant::now() + patience;
    let text = output(&mut child, patience);
    let ended = match text {
        Some(_) => ended(&mut child, until),
        None => None,
    };
    let Some(status) = ended else {
        // It has ended meanwhile, or ends now.
        let _ = child.kill();
        let _ = child.wait();
        return Err(format!("did not end within {} seconds", patience.as_secs_f32()));
    };
    if !status.success() {
        return Err(format!("ended with {status}"));
    }
    let text = text.and_then(Result::ok);
    let text = text.ok_or_else(|| "printed what is no text of a key".to_owned())?;
    if text.len() as u64 > LONGEST {
        return Err(format!("printed more than {LONGEST} bytes"));
    }
    Ok(text)
}

/// What a child prints, up to a byte too much; `None` when that takes too long, an error where it
/// is no text.
fn output(child: &mut Child, patience: Duration) -> Option<std::io::Result<Zeroizing<String>>> {
    let stdout = child.stdout.take().expect("it is piped");
    let (read, done) = mpsc::channel();
    std::thread::spawn(move || {
        // As large as it may become: nothing is left behind by growing.
        let mut text = Zeroizing::new(String::with_capacity(LONGEST as usize + 1));
        let whole = stdout.take(LONGEST + 1).read_to_string(&mut text);
        // Nobody waits any more where it took too long.
        let _ = read.send(whole.map(|_| text));
    });
    done.recv_timeout(patience).ok()
}

fn ended(child: &mut Child, until: Instant) -> Option<std::process::ExitStatus> {
    loop {
        match child.try_wait() {
            Ok(None) if Instant::now() < until => std::thread::sleep(LOOK),
            Ok(status) => return status,
            Err(_) => return None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sh(script: &str, patience: Duration) -> Result<Zeroizing<String>, String> {
        printed("sh", &["-c".to_owned(), script.to_owned()], patience)
    }

    #[test]
    fn a_program_prints_the_key_within_bounds_or_is_refused_without_a_word_of_its_own() {
        let long = Duration::from_mins(1);
        let key = sh("printf '1:%064d' 7", long).unwrap();
        assert_eq!(MasterKeys::parse(&key).unwrap().versions(), [1]);
        let cases = [
            ("echo secret; echo secret >&2; exit 3", "ended with exit status: 3"),
            ("exec yes secret", "ended with signal"),
            ("head -c 65537 /dev/zero", "printed more than 65536 bytes"),
            ("printf '\\377secret'", "printed what is no text of a key"),
            ("exec sleep 600", "did not end"),
        ];
        for (script, why) in cases {
            let brief = Duration::from_millis(if why == "did not end" { 50 } else { 60_000 });
            let refused = sh(script, brief).unwrap_err();
            assert!(refused.contains(why) && !refused.contains("secret"), "{script}: {refused}");
        }
        assert!(printed("no-such-program", &[], long).unwrap_err().contains("cannot be run"));
        let wrong = read(Path::new("nowhere"), &["echo".to_owned(), "secret".to_owned()]);
        assert!(!format!("{:#}", wrong.unwrap_err()).contains("secret"));
    }
}
