//! What would have been decided under another policy.

use std::collections::BTreeMap;

use domain::decision::{Verdict, assess};
use domain::id::{AccountId, CaseId, DecisionId};
use domain::policy::Policy;
use domain::reason::Code;
use serde::Serialize;
use store::DecisionRow;
use vault::VaultError;

use crate::assess::{Before, with_regard_to};
use crate::errors::Breakage;
use crate::installation::Installation;
use crate::report::{Report, codes};

/// Decisions are read so many at a time.
const AT_ONCE: u32 = 100;

/// The engine's decisions as they were made and as another policy would make them.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Replay {
    /// Those that could be made again, the latest first.
    pub replayed: Vec<Redecided>,
    /// How many could not, and why.
    pub left_out: BTreeMap<LeftOut, usize>,
}

/// One decision, made again.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Redecided {
    /// Which.
    pub decision: DecisionId,
    /// Of which case.
    pub case: CaseId,
    /// As it was made.
    pub was: Outcome,
    /// As the other policy makes it.
    pub now: Outcome,
}

/// What was decided, and why.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Outcome {
    /// What is to happen.
    pub verdict: Verdict,
    /// The codes of the reasons.
    pub codes: Vec<String>,
}

/// Why a decision cannot be made again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum LeftOut {
    /// What it was made of was erased, or had its time.
    Removed,
    /// Another version of this program made it, and this one cannot read it.
    OtherVersion,
    /// The other policy has no such tier.
    NoSuchTier,
}

impl LeftOut {
    /// In words, as "so many …" goes on.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Removed => "erased or removed",
            Self::OtherVersion => "of another version of this program",
            Self::NoSuchTier => "of a tier that the policy does not have",
        }
    }
}

impl Redecided {
    /// Whether the other policy decides otherwise.
    pub fn differs(&self) -> bool {
        self.was.verdict != self.now.verdict
    }
}

impl Installation {
    /// Makes the last `last` decisions of the engine again under `policy`, from the same
    /// evidence, on the same day. Nothing is written.
    ///
    /// # Errors
    /// When the database or the vault fails.
    pub async fn replay(&self, policy: &Policy, last: u32) -> Result<Replay, Breakage> {
        let mut replay = Replay::default();
        let mut before = None;
        let mut left = last;
        while left > 0 {
            let most = left.min(AT_ONCE);
            let mut tx = self.parts.store.read().await?;
            let decisions = tx.decided_by_engine(before, most).await?;
            drop(tx);
            let Some((_, oldest)) = decisions.last() else { break };
            before = Some(oldest.id);
            left -= decisions.len() as u32;
            for (account, decision) in &decisions {
                match self.again(policy, *account, decision).await? {
                    Ok(replayed) => replay.replayed.push(replayed),
                    Err(left_out) => *replay.left_out.entry(left_out).or_default() += 1,
                }
            }
        }
        Ok(replay)
    }

    async fn again(
        &self,
        policy: &Policy,
        account: AccountId,
        was: &DecisionRow,
    ) -> Result<Result<Redecided, LeftOut>, Breakage> {
        let Some(sealed) = &was.report else { return Ok(Err(LeftOut::Removed)) };
        let key = match self.parts.vault.person(account).await {
            Err(VaultError::Erased(_) | VaultError::Restricted { .. }) => {
                return Ok(Err(LeftOut::Removed));
            }
            key => key?,
        };
        let report = match Report::open(&key, was.case, sealed) {
            Err(Breakage::Unreadable { .. }) => return Ok(Err(LeftOut::OtherVersion)),
            report => report?,
        };
        let Ok(tier) = policy.tier(Some(&report.tier)) else {
            return Ok(Err(LeftOut::NoSuchTier));
        };
        let tier = self.as_here(tier);
        let now = assess(&report.evidence, &report.claims, report.as_of, &tier);
        // As much was behind the case as then.
        let row = self.parts.store.read().await?.case(was.case).await?;
        let appeal = row.and_then(|row| row.appeal);
        let before = Before {
            last_attempt: was.codes.iter().any(|code| code == Code::AttemptsExceeded.as_str()),
            appealed: appeal.is_some_and(|appeal| appeal.at <= was.decided_at),
        };
        let now = with_regard_to(before, now);
        Ok(Ok(Redecided {
            decision: was.id,
            case: was.case,
            was: Outcome { verdict: was.verdict, codes: was.codes.clone() },
            now: Outcome { verdict: now.verdict, codes: codes(&now.reasons) },
        }))
    }
}
