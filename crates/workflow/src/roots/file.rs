//! The file that roots are appended to, one line each.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use super::RootsError;
use super::line::Line;

/// Bytes that are read at once, from the end on.
const CHUNK: u64 = 1 << 16;

/// An open file of roots, which no other process writes meanwhile.
pub struct RootsFile {
    path: PathBuf,
    file: File,
    /// The number of the last root in it.
    pub number: i64,
}

impl RootsFile {
    /// Opens the file, or makes it; `None` while another process has it.
    pub fn open(path: &Path) -> Result<Option<Self>, RootsError> {
        let failed = |source| RootsError::File { path: path.to_owned(), source };
        let mut options = OpenOptions::new();
        let file = options.read(true).append(true).create(true).mode(0o600).open(path);
        let file = file.map_err(failed)?;
        match file.try_lock() {
            Ok(()) => Ok(Some(Self { path: path.to_owned(), file, number: 0 })),
            Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(source)) => Err(failed(source)),
        }
    }

    /// The last root in it. What a crash left of a line behind that is removed.
    pub fn last(&mut self) -> Result<Option<Line>, RootsError> {
        let text = self.last_line().map_err(|source| self.failed(source))?;
        let Some(text) = text else { return Ok(None) };
        let line = serde_json::from_slice(&text);
        line.map(Some)
            .map_err(|error| self.failed(io::Error::new(io::ErrorKind::InvalidData, error)))
    }

    fn last_line(&mut self) -> io::Result<Option<Vec<u8>>> {
        let mut start = self.file.seek(SeekFrom::End(0))?;
        let mut tail = Vec::new();
        loop {
            let mut ends = (0..tail.len()).rev().filter(|place| tail[*place] == b'\n');
            let (end, before) = (ends.next(), ends.next());
            if let Some(end) = end
                && (before.is_some() || start == 0)
            {
                self.file.set_len(start + end as u64 + 1)?;
                return Ok(Some(tail[before.map_or(0, |before| before + 1)..end].to_vec()));
            }
            if start == 0 {
                self.file.set_len(0)?;
                return Ok(None);
            }
            let length = CHUNK.max(tail.len() as u64).min(start);
            start -= length;
            let mut head = vec![0; length as usize];
            self.file.seek(SeekFrom::Start(start))?;
            self.file.read_exact(&mut head)?;
            head.append(&mut tail);
            tail = head;
        }
    }

    /// Adds a root: on return it would survive a loss of power.
    pub fn append(&mut self, line: &Line) -> Result<(), RootsError> {
        let mut text = serde_json::to_vec(line).expect("a root is plain data");
        text.push(b'\n');
        let written = self.file.write_all(&text).and_then(|()| self.file.sync_data());
        written.map_err(|source| self.failed(source))
    }

    /// It ends with a root that is not ours.
    pub fn elsewhere(&self, number: i64) -> RootsError {
        RootsError::Elsewhere { path: self.path.clone(), number }
    }

    fn failed(&self, source: io::Error) -> RootsError {
        RootsError::File { path: self.path.clone(), source }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_a_line_that_a_crash_left_is_removed_and_the_last_whole_one_found() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("roots.jsonl");
        let long = "x".repeat(3 * CHUNK as usize);
        let cases = [
            ("", None, ""),
            ("half", None, ""),
            ("one\n", Some("one"), "one\n"),
            ("one\ntwo\nhal", Some("two"), "one\ntwo\n"),
            (&format!("one\n{long}\nha"), Some(&*long), &format!("one\n{long}\n")),
            (&format!("{long}\n"), Some(&*long), &format!("{long}\n")),
        ];
        for (found, last, left) in cases {
            std::fs::write(&path, found).unwrap();
            let mut file = RootsFile::open(&path).unwrap().unwrap();
            assert!(RootsFile::open(&path).unwrap().is_none(), "one at a time");
            let line = file.last_line().unwrap().map(|line| String::from_utf8(line).unwrap());
            assert_eq!(line.as_deref(), last);
            assert_eq!(std::fs::read_to_string(&path).unwrap(), left);
        }
    }
}
