//! What a fresh machine may lack: installed where that is possible, else named
//! in one sentence.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::command;

/// Something that must be on the machine beside Rust.
struct Prerequisite {
    /// As a person calls it.
    name: &'static str,
    /// The Debian packages that bring it.
    packages: &'static [&'static str],
    present: fn() -> bool,
}

const ALL: [Prerequisite; 7] = [
    Prerequisite {
        name: "Python 3 with pip and venv",
        packages: &["python3", "python3-pip", "python3-venv"],
        present: || {
            answers("python3", &["-m", "pip", "--version"])
                && answers("python3", &["-c", "import venv, ensurepip"])
        },
    },
    Prerequisite {
        name: "Node with npm",
        packages: &["nodejs", "npm"],
        present: || answers("node", &["--version"]) && answers("npm", &["--version"]),
    },
    Prerequisite {
        name: "the OCR-B font",
        packages: &["fonts-ocr-b"],
        present: || has_font("OCRB.otf"),
    },
    Prerequisite {
        name: "a Chinese font (WenQuanYi Micro Hei)",
        packages: &["fonts-wqy-microhei"],
        present: || has_font("wqy-microhei.ttc"),
    },
    Prerequisite { name: "PostgreSQL", packages: &["postgresql"], present: has_postgresql },
    Prerequisite {
        name: "Chromium",
        packages: &["chromium"],
        present: || answers("chromium", &["--version"]),
    },
    Prerequisite {
        name: "the DejaVu fonts",
        packages: &["fonts-dejavu-core"],
        present: || has_font("DejaVuSans.ttf"),
    },
];

/// Makes sure that everything is there, with apt where we may use it.
///
/// # Errors
/// One sentence naming what is missing and the command that installs it.
pub fn ensure() -> Result<()> {
    let missing = missing();
    if missing.is_empty() {
        println!(
            "Python with pip and venv, Node with npm, PostgreSQL, Chromium and the fonts are there."
        );
        return Ok(());
    }
    if !(is_root() && answers("apt-get", &["--version"])) {
        bail!(sentence(&missing));
    }
    println!("Installing with apt: {}", packages(&missing).join(" "));
    install(&packages(&missing)).with_context(|| sentence(&missing))?;
    let missing = self::missing();
    if !missing.is_empty() {
        bail!(sentence(&missing));
    }
    Ok(())
}

/// Whether a test can start a cluster of its own.
fn has_postgresql() -> bool {
    let versions = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    answers("initdb", &["--version"])
        || versions.map(|version| version.path().join("bin/initdb")).any(|path| path.exists())
}

fn missing() -> Vec<&'static Prerequisite> {
    ALL.iter().filter(|prerequisite| !(prerequisite.present)()).collect()
}

fn packages(missing: &[&Prerequisite]) -> Vec<&'static str> {
    missing.iter().flat_map(|prerequisite| prerequisite.packages).copied().collect()
}

fn sentence(missing: &[&Prerequisite]) -> String {
    let names: Vec<_> = missing.iter().map(|prerequisite| prerequisite.name).collect();
    format!(
        "this machine lacks {}; install with `sudo apt-get install -y {}` (or your system's \
         packages of these), then run the same command again",
        names.join(", "),
        packages(missing).join(" ")
    )
}

fn install(packages: &[&str]) -> Result<()> {
    let apt = || {
        let mut apt = Command::new("apt-get");
        apt.env("DEBIAN_FRONTEND", "noninteractive").arg("-qq");
        apt
    };
    command::run(apt().arg("update"))?;
    command::run(apt().args(["install", "-y", "--no-install-recommends"]).args(packages))
}

fn is_root() -> bool {
    command::output(Command::new("id").arg("-u")).is_ok_and(|id| id.trim() == "0")
}

fn answers(program: &str, arguments: &[&str]) -> bool {
    command::succeeds(Command::new(program).args(arguments))
}

/// Whether `file` lies anywhere in the system's font folders, where the
/// specimens look for it too.
fn has_font(file: &str) -> bool {
    let mut folders: Vec<PathBuf> =
        ["/usr/share/fonts", "/usr/local/share/fonts", "/Library/Fonts"].map(PathBuf::from).into();
    while let Some(folder) = folders.pop() {
        for path in entries(&folder) {
            if path.is_dir() {
                folders.push(path);
            } else if path.file_name().is_some_and(|name| name == file) {
                return true;
            }
        }
    }
    false
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    entries.filter_map(|entry| Some(entry.ok()?.path())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_missing_is_one_sentence_with_one_command() {
        let sentence = sentence(&[&ALL[1], &ALL[2]]);
        assert!(sentence.contains("lacks Node with npm, the OCR-B font;"), "{sentence}");
        assert!(sentence.contains("apt-get install -y nodejs npm fonts-ocr-b"), "{sentence}");
        assert!(!sentence.contains('\n'));
    }
}
