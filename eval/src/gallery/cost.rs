//! What work costs: processor time and memory, as Linux counts them.

use std::fs;

use anyhow::{Context, Result};

/// Milliseconds that this thread has run on a processor. Other programs beside
/// do not count, as they would by the clock.
pub fn thread_ms() -> Result<f64> {
    let path = "/proc/thread-self/schedstat";
    // The kernel brings the count up to date when a thread offers its turn, and
    // else only every few milliseconds.
    std::thread::yield_now();
    let text = fs::read_to_string(path).context("processor time is counted on Linux only")?;
    let nanoseconds = text.split_whitespace().next().and_then(|first| first.parse::<f64>().ok());
    Ok(nanoseconds.with_context(|| format!("reading {path}"))? / 1e6)
}

/// What `work` gives, and the milliseconds of this thread that it took.
pub fn timed<T>(work: impl FnOnce() -> Result<T>) -> Result<(T, f64)> {
    let start = thread_ms()?;
    let done = work()?;
    Ok((done, thread_ms()? - start))
}

/// Forgets the peak of memory so far.
pub fn forget_peak() -> Result<()> {
    fs::write("/proc/self/clear_refs", "5").context("forgetting the peak of memory")
}

/// The most memory since then, MB.
pub fn peak_megabytes() -> Result<f64> {
    let text = fs::read_to_string("/proc/self/status")?;
    let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kib = line.and_then(|line| line.trim().trim_end_matches("kB").trim().parse::<f64>().ok());
    Ok(kib.context("the kernel tells no peak of memory")? * 1024.0 / 1e6)
}

/// The value below which the share `part` of `values` lies.
pub fn quantile(values: &[f64], part: f64) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let index = (part * sorted.len().saturating_sub(1) as f64).round() as usize;
    sorted.get(index).copied().unwrap_or(f64::NAN)
}
