//! Checking the logs of the database against roots that were sent out of its reach.

use std::fmt;

use domain::id::CaseId;
use jiff::Timestamp;
use vault::PublicKey;

use super::line::{Line, hash, statement};
use super::merkle;
use crate::errors::Breakage;
use crate::installation::Installation;

/// What came of checking roots.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RootsReport {
    /// How many roots there were.
    pub roots: u64,
    /// When the last one was signed: what came later is covered by none of them.
    pub until: Option<Timestamp>,
    /// What does not hold.
    pub broken: Vec<BrokenRoot>,
}

/// Something that does not hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BrokenRoot {
    /// A line is no root.
    NotARoot {
        /// Which line, counted from 1.
        line: u64,
    },
    /// Roots are missing, repeated or in another order.
    OutOfPlace {
        /// The number that was due.
        due: i64,
        /// The number that came.
        number: i64,
    },
    /// The root does not follow from the one before.
    NotLinked {
        /// Its number.
        number: i64,
    },
    /// It was not signed by a key that counts.
    NotSigned {
        /// Its number.
        number: i64,
    },
    /// The heads beside it are not those that were signed.
    OtherHeads {
        /// Its number.
        number: i64,
    },
    /// The log of a case is not the one that was signed: entries up to there were changed or
    /// removed.
    LogChanged {
        /// The case.
        case: CaseId,
        /// The place of the entry that was the head then.
        place: u64,
        /// The number of the root.
        number: i64,
        /// When it was signed.
        at: Timestamp,
    },
}

impl fmt::Display for BrokenRoot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotARoot { line } => write!(f, "line {line} of the roots is no root"),
            Self::OutOfPlace { due, number } => {
                write!(f, "root {number} stands where root {due} belongs")
            }
            Self::NotLinked { number } => {
                write!(f, "root {number} does not follow from the root before")
            }
            Self::NotSigned { number } => {
                write!(f, "root {number} is not signed by this installation's key")
            }
            Self::OtherHeads { number } => {
                write!(f, "the heads beside root {number} are not those that were signed")
            }
            Self::LogChanged { case, place, number, at } => write!(
                f,
                "the audit log of {case} is not the one that root {number} signed at {at}: of \
                 its entries 1 to {place} some were changed or removed"
            ),
        }
    }
}

/// Checks roots one after another, as they were sent.
pub struct RootsCheck {
    installation: Installation,
    keys: Vec<PublicKey>,
    lines: u64,
    number: i64,
    before: [u8; 32],
    report: RootsReport,
}

impl RootsCheck {
    /// A check of the logs of `installation`; signatures by one of `keys` count.
    pub fn new(installation: Installation, keys: Vec<PublicKey>) -> Self {
        let report = RootsReport::default();
        Self { installation, keys, lines: 0, number: 0, before: [0; 32], report }
    }

    /// Checks the next line. A log counts as what was signed where the entry that was its head
    /// has the same hash still: whether the entries before lead there is for
    /// [`Installation::verify_audit`] to say.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn line(&mut self, text: &str) -> Result<(), Breakage> {
        self.lines += 1;
        let read = serde_json::from_str::<Line>(text).ok().and_then(|line| line.read());
        let Some((root, heads)) = read else {
            self.report.broken.push(BrokenRoot::NotARoot { line: self.lines });
            return Ok(());
        };
        let (number, at, due) = (root.number, root.at, self.number + 1);
        let key = PublicKey::new(root.public_key);
        let signed =
            self.keys.contains(&key) && key.verifies(statement(&root).as_bytes(), &root.signature);
        let faults = [
            (number != due, BrokenRoot::OutOfPlace { due, number }),
            (number == due && root.before != self.before, BrokenRoot::NotLinked { number }),
            (!signed, BrokenRoot::NotSigned { number }),
            (merkle::root(&heads) != Some(root.merkle), BrokenRoot::OtherHeads { number }),
        ];
        let faults = faults.into_iter().filter(|(is, _)| *is).map(|(_, fault)| fault);
        self.report.broken.extend(faults);
        let mut tx = self.installation.parts.store.read().await?;
        for head in &heads {
            let found = tx.audit_hash(head.case, head.length).await?;
            // Without the row of its case nobody would follow the chain to that entry.
            let orphan = tx.case(head.case).await?.is_none();
            if orphan || found.is_none_or(|found| found != head.hash) {
                let (case, place) = (head.case, head.length);
                self.report.broken.push(BrokenRoot::LogChanged { case, place, number, at });
            }
        }
        (self.number, self.before) = (number, hash(&root));
        self.report.roots += 1;
        self.report.until = Some(at);
        Ok(())
    }

    /// What came of it.
    pub fn report(self) -> RootsReport {
        self.report
    }
}
