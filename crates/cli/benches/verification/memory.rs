//! The most memory that `bonafide verify` has at once.

use std::process::{Command, Stdio};

use crate::pictures::Person;

/// MiB of resident memory at the peak, as the kernel counts it.
///
/// The program is watched while it runs: the mark only rises, so the last look
/// before its end is within a few pages of the peak.
pub fn peak_mib(person: &Person) -> anyhow::Result<u64> {
    let mut child = Command::new(env!("CARGO_BIN_EXE_bonafide"))
        .arg("verify")
        .args(["--allow-specimen", "--json", "--as-of", "2026-03-01", "--document"])
        .arg(person.document())
        .arg("--selfie")
        .arg(person.selfie())
        .arg("--claims")
        .arg(person.claims())
        .stdout(Stdio::null())
        .spawn()?;
    let status = format!("/proc/{}/status", child.id());
    let mut peak = 0;
    while child.try_wait()?.is_none() {
        let text = std::fs::read_to_string(&status).unwrap_or_default();
        peak = text.lines().find_map(high_water).unwrap_or(peak).max(peak);
        std::thread::sleep(std::time::Duration::from_millis(2));
    }
    Ok(peak / 1024)
}

/// KiB in the line `VmHWM: … kB`.
fn high_water(line: &str) -> Option<u64> {
    line.strip_prefix("VmHWM:")?.split_whitespace().next()?.parse().ok()
}
