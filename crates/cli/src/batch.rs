//! Many files through one function: in parallel, answered in input order.

use std::collections::BTreeMap;
use std::io::{self, BufRead, Write};
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;
use std::thread;

/// The files named on the command line; a single `-` stands for names read
/// from standard input, one a line.
pub fn files(named: &[PathBuf]) -> io::Result<Vec<PathBuf>> {
    let mut files = Vec::with_capacity(named.len());
    for path in named {
        if path.as_os_str() == "-" {
            for line in io::stdin().lock().lines() {
                let line = line?;
                if !line.is_empty() {
                    files.push(PathBuf::from(line));
                }
            }
        } else {
            files.push(path.clone());
        }
    }
    Ok(files)
}

/// Writes `line_of(file)` for each file to `out`, one line each, in input
/// order and as soon as the order allows, with `jobs` files at work at once.
///
/// # Errors
/// When `out` cannot be written; the remaining files are not begun.
pub fn lines(
    files: &[PathBuf],
    jobs: usize,
    out: &mut impl Write,
    line_of: impl Fn(&PathBuf) -> String + Sync,
) -> io::Result<()> {
    let next = AtomicUsize::new(0);
    let (sender, receiver) = mpsc::sync_channel(jobs.max(1));
    thread::scope(|scope| {
        for _ in 0..jobs.clamp(1, files.len().max(1)) {
            let (sender, next, line_of) = (sender.clone(), &next, &line_of);
            scope.spawn(move || {
                loop {
                    let index = next.fetch_add(1, Ordering::Relaxed);
                    let Some(file) = files.get(index) else { break };
                    if sender.send((index, line_of(file))).is_err() {
                        break;
                    }
                }
            });
        }
        drop(sender);
        let mut waiting = BTreeMap::new();
        let mut due = 0;
        for (index, line) in receiver {
            waiting.insert(index, line);
            while let Some(line) = waiting.remove(&due) {
                writeln!(out, "{line}")?;
                out.flush()?;
                due += 1;
            }
        }
        Ok(())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_come_in_input_order_whatever_finishes_first() {
        let files: Vec<_> = (0..50).map(|i| PathBuf::from(i.to_string())).collect();
        let mut out = Vec::new();
        let gate = std::sync::Barrier::new(2);
        lines(&files, 2, &mut out, |file| {
            if ["0", "1"].contains(&file.to_str().unwrap()) {
                gate.wait();
            }
            file.display().to_string()
        })
        .unwrap();
        let text = String::from_utf8(out).unwrap();
        let expected: String = (0..50).map(|i| i.to_string() + "\n").collect();
        assert_eq!(text, expected);
    }
}
