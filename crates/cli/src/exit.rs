//! The six ways in which a command ends.

use std::process::ExitCode;

use domain::decision::Verdict;

/// How a command ended, as a script sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// Done; for `verify`: approved.
    Approved = 0,
    /// Something of ours broke: no verdict.
    Internal = 1,
    /// The input was refused: a file, an argument, a policy.
    Refused = 2,
    /// The person can mend it: take a picture again or correct a detail.
    Retry = 3,
    /// A person has to look.
    Review = 4,
    /// Declined.
    Declined = 5,
}

impl From<Verdict> for Exit {
    fn from(verdict: Verdict) -> Self {
        match verdict {
            Verdict::Approve => Self::Approved,
            Verdict::Retry => Self::Retry,
            Verdict::Review => Self::Review,
            Verdict::Decline => Self::Declined,
        }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}

/// An input that was refused, in one sentence with what to do.
#[derive(Debug)]
pub struct Refused(pub String);

impl std::fmt::Display for Refused {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Refused {}
