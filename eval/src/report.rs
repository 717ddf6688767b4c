//! What was measured, kept part by part, and the page made of it.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};
use serde::{Deserialize, Serialize};

/// Where measured sections are kept, so that the page can be made of parts
/// that were measured on different days.
const RESULTS: &str = "eval/results";

/// A section as measured.
#[derive(Debug, Serialize, Deserialize)]
pub struct Measured {
    /// The section's heading.
    pub title: String,
    /// What was done, and whether a reader can get what it needs.
    pub text: String,
    /// The figures.
    pub tables: Vec<Table>,
    /// The commit that was measured.
    pub commit: String,
    /// The day.
    pub date: String,
    /// Set when only a sample was measured: about so many pictures of a kind.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sampled: Option<usize>,
}

/// A table of figures.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Table {
    /// The columns' names.
    pub head: Vec<String>,
    /// The cells, row by row.
    pub rows: Vec<Vec<String>>,
}

impl Table {
    /// A table with no row yet.
    pub fn new(head: &[&str]) -> Self {
        Self { head: head.iter().map(|&name| name.to_owned()).collect(), rows: Vec::new() }
    }

    /// Adds a row.
    pub fn row<const N: usize>(&mut self, cells: [String; N]) {
        self.rows.push(cells.into());
    }
}

impl Measured {
    /// What was measured now, of the commit that is checked out.
    pub fn now(title: &str, text: String, tables: Vec<Table>) -> Result<Self> {
        let today = jiff::tz::TimeZone::UTC.to_datetime(jiff::Timestamp::now()).date();
        Ok(Self {
            title: title.to_owned(),
            text,
            tables,
            commit: commit()?,
            date: today.to_string(),
            sampled: None,
        })
    }
}

/// The commit checked out, with a plus where tracked files differ from it.
fn commit() -> Result<String> {
    let git = |arguments: &[&str]| -> Result<String> {
        let done = Command::new("git").args(arguments).output().context("starting git")?;
        Ok(String::from_utf8_lossy(&done.stdout).trim().to_owned())
    };
    let changed = git(&["status", "--porcelain", "--untracked-files=no", "--", "crates"])?;
    let plus = if changed.is_empty() { "" } else { "+" };
    Ok(git(&["rev-parse", "--short", "HEAD"])? + plus)
}

fn kept(section: &str) -> PathBuf {
    Path::new(RESULTS).join(format!("{section}.json"))
}

/// Keeps a section's figures in place of earlier ones.
pub fn keep(section: &str, measured: &Measured) -> Result<()> {
    fs::create_dir_all(RESULTS)?;
    let path = kept(section);
    let text = serde_json::to_string_pretty(measured)? + "\n";
    fs::write(&path, text).with_context(|| format!("writing {}", path.display()))
}

/// The page, of every section that was ever measured.
pub fn render(sections: &[&str]) -> Result<String> {
    let mut page = INTRODUCTION.to_owned();
    for section in sections {
        let path = kept(section);
        if !path.exists() {
            let _ = write!(page, "\n## {section}\n\nNot measured yet.\n");
            continue;
        }
        let text = fs::read_to_string(&path)?;
        let measured: Measured =
            serde_json::from_str(&text).with_context(|| format!("reading {}", path.display()))?;
        let _ = write!(page, "\n## {}\n\n{}\n", measured.title, measured.text);
        for table in &measured.tables {
            let _ = write!(page, "\n{}", self::table(table));
        }
        let sample = measured.sampled.map_or(String::new(), |n| {
            format!(" Only a sample was measured, about {n} pictures of each kind.")
        });
        let _ = write!(page, "\nMeasured at {} on {}.{sample}\n", measured.commit, measured.date);
    }
    page.push_str(SETS);
    Ok(page)
}

/// A table as Markdown.
pub fn table(table: &Table) -> String {
    let line = |cells: &[String]| format!("| {} |\n", cells.join(" | "));
    let rule = format!("|{}\n", "---|".repeat(table.head.len()));
    line(&table.head) + &rule + &table.rows.iter().map(|row| line(row)).collect::<String>()
}

const INTRODUCTION: &str = include_str!("report/introduction.md");
const SETS: &str = include_str!("report/sets.md");

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_is_markdown() {
        let mut made = Table::new(&["set", "right"]);
        made.row(["a".to_owned(), "1 of 2".to_owned()]);
        assert_eq!(table(&made), "| set | right |\n|---|---|\n| a | 1 of 2 |\n");
    }

    /// `ACCURACY.md` says what was measured, not what somebody wrote into it.
    #[test]
    fn the_page_is_made_of_the_kept_figures() {
        std::env::set_current_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("..")).unwrap();
        let names: Vec<_> = crate::SECTIONS.iter().map(|section| section.name).collect();
        let page = fs::read_to_string("ACCURACY.md").unwrap();
        assert!(page == render(&names).unwrap(), "run `cargo xtask eval --page`");
    }
}
