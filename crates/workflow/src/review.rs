//! People decide: what waits for them, who has it, and what they say.

use std::time::Duration;

use domain::account::Account;
use domain::case::{Case, CaseState, Move};
use domain::check::{self, CheckKind};
use domain::decision::Verdict;
use domain::field::Field;
use domain::id::{AccountId, CaseId};
use domain::policy::Duty;
use domain::reason::{Audience, Code, Reason};
use jiff::Timestamp;
use jiff::civil::Date;
use store::{CaseRow, DecidedBy, InReview, Lease, StoreError, Tx};
use thiserror::Error;
use vault::ObjectName;

use crate::appeal::{Objection, decided_before, objection};
use crate::cases::{CaseError, claims};
use crate::errors::Breakage;
use crate::installation::{Installation, Kind, act};
use crate::messages::{Letter, letters};
use crate::report::{ByEye, Report, Term};
use crate::steps::{Step, StepState};
use crate::uploads::Place;

/// A reviewer has a case for so long; each look at it begins anew.
const LEASE: Duration = Duration::from_mins(20);
/// A note is at most so long, characters.
const LONGEST_NOTE: usize = 4000;

/// What a reviewer says.
#[derive(Debug, Clone, PartialEq)]
pub enum Ruling {
    /// It is this person, and the document is good: it is the one whose details they typed.
    Approve(Approval),
    /// It ends here, for these reasons.
    Decline(Vec<Code>),
    /// It ends here: the person goes on with this earlier account, and the case's is closed.
    Recover(AccountId),
    /// The person takes these pictures again, for these reasons.
    Again(Vec<Reason>),
}

/// What a reviewer says with an approval.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Approval {
    /// This earlier account is the person's too: it is closed.
    pub closes: Option<AccountId>,
    /// Whoever else has the same document or number is somebody else, who stays as they are.
    pub others_are_strangers: bool,
    /// How long the document holds. It counts before what was read, and has to be there where
    /// nothing was and the tier looks whether documents have expired.
    pub valid_until: Option<Term>,
}

/// A case that a reviewer took.
#[derive(Debug, Clone, PartialEq)]
pub struct Claimed {
    /// What the last decision was made of.
    pub report: Report,
    /// What the person says against it, where they appealed.
    pub appeal: Option<Objection>,
    /// What else the person wrote.
    pub letters: Vec<Letter>,
}

/// Why a reviewer's act was not taken.
#[derive(Debug, Error)]
pub enum RuleError {
    /// Another reviewer has it.
    #[error("{reviewer} has this case until {until}")]
    Leased {
        /// Who.
        reviewer: String,
        /// Until when.
        until: Timestamp,
    },
    /// The reviewer has not claimed it, or too long ago.
    #[error("claim the case before you decide it; a claim holds for 20 minutes")]
    NotClaimed,
    /// The reviewer decided the case before the appeal.
    #[error("you decided this case before: another reviewer looks at the appeal")]
    DecidedBefore,
    /// Another account of the person, or an entry of the blocklist, came up meanwhile.
    #[error("since you claimed the case, the same person came up elsewhere: look at it again")]
    FoundSince,
    /// The other account is not among those that were found.
    #[error("this account is not among the others that the report names")]
    NotAmongOthers,
    /// Another account is known by the same document or number, and nothing is said of it.
    #[error(
        "the account {0} has the same document or number: close it with `closes`, or say with \
         `others_are_strangers` that it is another person's"
    )]
    Unresolved(AccountId),
    /// The account to go on with was closed, or its person erased.
    #[error("the account {0} was closed or erased: name another one, or decline")]
    Gone(AccountId),
    /// Nothing is asked for again in an account that is closed.
    #[error("this account is closed for another one: approve or decline")]
    Closed,
    /// Another case closed the account.
    #[error(
        "this account is closed for another one by another case: decline, or have it opened by \
         `thaw` first"
    )]
    ClosedElsewhere,
    /// The account to close was approved by documents of its own.
    #[error(
        "this account has documents of its own, which would be lost: approve and close the other \
         account, or decline"
    )]
    HasDocuments,
    /// That a person has an earlier account is said by naming it.
    #[error("name the earlier account in `recovers` instead of giving EARLIER_ACCOUNT as a reason")]
    Unnamed,
    /// A refusal, or another try, without a reason.
    #[error("say why: give at least one reason")]
    NoReason,
    /// A refusal, or another try, of which the applicant would not learn why.
    #[error(
        "the applicant is told none of these reasons: give one that they are, such as \
         DATA_MISMATCH or DOC_BLURRED, beside"
    )]
    Untold,
    /// Another try in which there would be nothing to do.
    #[error(
        "none of these reasons asks for something that can be done again in this case: give one \
         of a picture that it takes, or of the details"
    )]
    NothingToRedo,
    /// Nothing was read of how long the document holds, and the reviewer says nothing of it.
    #[error(
        "no expiry date was read: say until when the document holds, its last day or \"unlimited\""
    )]
    NoTerm,
    /// The document holds no more.
    #[error("the document ended on {0}: decline, or ask for another one")]
    Ended(Date),
    /// A live installation takes no specimen, whoever says so.
    #[error("a picture shows a specimen, which no account is approved by: decline")]
    Specimen,
    /// The note is too long.
    #[error("a note has at most {LONGEST_NOTE} characters")]
    LongNote,
    /// As with every case.
    #[error(transparent)]
    Case(#[from] CaseError),
}

impl From<StoreError> for RuleError {
    fn from(error: StoreError) -> Self {
        Self::Case(error.into())
    }
}

impl Installation {
    /// Up to `most` cases that wait for a person, those due first, behind `after`.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn in_review(
        &self,
        after: Option<(Timestamp, CaseId)>,
        most: u32,
    ) -> Result<Vec<InReview>, Breakage> {
        Ok(self.parts.store.read().await?.in_review(after, most).await?)
    }

    /// Takes a case for `reviewer`, so that nobody else decides it meanwhile, and shows what
    /// the engine made of it.
    ///
    /// # Errors
    /// See [`RuleError`].
    pub async fn claim(&self, id: CaseId, reviewer: &str) -> Result<Claimed, RuleError> {
        let mut tx = self.parts.store.begin().await?;
        let mut row = self.waiting(&mut tx, id).await?;
        if decided_before(&mut tx, &row, reviewer).await? {
            return Err(RuleError::DecidedBefore);
        }
        let now = self.now();
        if let Some(lease) = row.lease.take()
            && lease.reviewer != reviewer
            && lease.until > now
        {
            return Err(RuleError::Leased { reviewer: lease.reviewer, until: lease.until });
        }
        row.lease = Some(Lease { reviewer: reviewer.to_owned(), until: now + LEASE });
        tx.save_case(&row).await?;
        tx.log(&mut row, now, &act(by(reviewer), "claimed")).await?;
        let report = self.latest(&mut tx, &row).await?;
        let key = self.parts.vault.person(row.case.account).await.map_err(CaseError::from)?;
        let appeal = objection(&row, &key)?;
        let letters = letters(&mut tx, id, &key).await?;
        tx.commit().await?;
        Ok(Claimed { report, appeal, letters })
    }

    /// Gives a case back that `reviewer` has, for another one to take.
    ///
    /// # Errors
    /// See [`RuleError`].
    pub async fn give_back(&self, id: CaseId, reviewer: &str) -> Result<(), RuleError> {
        let mut tx = self.parts.store.begin().await?;
        let mut row = self.held_by(&mut tx, id, reviewer).await?;
        row.lease = None;
        tx.save_case(&row).await?;
        tx.log(&mut row, self.now(), &act(by(reviewer), "gave back")).await?;
        tx.commit().await?;
        Ok(())
    }

    /// One picture of a case that `reviewer` has, which the log remembers. They have it for as long
    /// again from then on.
    ///
    /// # Errors
    /// See [`RuleError`].
    pub async fn look_at(
        &self,
        id: CaseId,
        place: Place,
        reviewer: &str,
    ) -> Result<Option<Vec<u8>>, RuleError> {
        let mut tx = self.parts.store.begin().await?;
        let mut row = self.held_by(&mut tx, id, reviewer).await?;
        let uploads = tx.uploads(id).await?;
        let Some(upload) = uploads.into_iter().find(|upload| upload.slot == place.as_str()) else {
            return Ok(None);
        };
        let until = self.now() + LEASE;
        row.lease = Some(Lease { reviewer: reviewer.to_owned(), until });
        tx.save_case(&row).await?;
        let what = format!("looked at {} {}", upload.slot, upload.id);
        tx.log(&mut row, self.now(), &act(by(reviewer), what)).await?;
        tx.commit().await?;
        let key = self.parts.vault.person(row.case.account).await.map_err(CaseError::from)?;
        let bytes = self.parts.vault.get(&key, &ObjectName::upload(upload.id)).await;
        Ok(Some(bytes.map_err(CaseError::from)?))
    }

    /// Decides a case that `reviewer` has.
    ///
    /// # Errors
    /// See [`RuleError`].
    pub async fn rule(
        &self,
        id: CaseId,
        reviewer: &str,
        ruling: &Ruling,
        note: &str,
    ) -> Result<Case, RuleError> {
        if note.chars().count() > LONGEST_NOTE {
            return Err(RuleError::LongNote);
        }
        let said = ruling.said()?;
        self.refresh_faces().await.map_err(CaseError::from)?;
        let mut tx = self.parts.store.begin().await?;
        let account = lock_accounts(&mut tx, id, ruling).await?;
        let mut row = self.held_by(&mut tx, id, reviewer).await?;
        let mut report = self.latest(&mut tx, &row).await?;
        let key = self.parts.vault.person(row.case.account).await.map_err(CaseError::from)?;
        let verdict = said.verdict;
        report.by_eye = self.by_eye(&row, &report, ruling)?;
        if verdict == Verdict::Approve && self.found_since(&mut tx, (&row, &key), &report).await? {
            tx.commit().await?;
            return Err(RuleError::FoundSince);
        }
        (report.verdict, report.told, report.reasons) = (verdict, said.told, said.reasons);
        report.note = (!note.is_empty()).then(|| note.to_owned());
        let account = account.ok_or(Breakage::Unreadable { what: "the account" });
        let account = account.map_err(CaseError::from)?;
        self.carry_out(&mut tx, account, (&row, &report), (ruling, reviewer)).await?;
        self.resolved(&mut tx, (&mut row, &report), (ruling, reviewer)).await?;
        let decided_by = DecidedBy::Reviewer(reviewer.to_owned());
        self.record(&mut tx, (id, &key), decided_by, &report).await?;
        let actor = by(reviewer);
        self.step(&mut tx, &mut row, Move::Reviewed(verdict), &actor).await?;
        if verdict == Verdict::Retry {
            let steps = self.given(&mut tx, &row, &key).await?.steps;
            let again = |step: &Step| matches!(step.state, StepState::Again(_) | StepState::Todo);
            if !steps.iter().any(again) {
                return Err(RuleError::NothingToRedo);
            }
        }
        tx.commit().await?;
        Ok(row.case)
    }

    /// The case, locked, which must wait for a person.
    async fn waiting(&self, tx: &mut Tx, id: CaseId) -> Result<CaseRow, CaseError> {
        let row = tx.lock_case(id).await?.ok_or(CaseError::NoSuchCase)?;
        if row.case.state != CaseState::InReview {
            // What a person may do to it, from where it stands.
            row.case.state.after(Move::Reviewed(Verdict::Approve))?;
        }
        Ok(row)
    }

    /// The case, locked, which `reviewer` must have.
    pub(crate) async fn held_by(
        &self,
        tx: &mut Tx,
        id: CaseId,
        reviewer: &str,
    ) -> Result<CaseRow, RuleError> {
        let row = self.waiting(tx, id).await?;
        let now = self.now();
        match &row.lease {
            Some(lease) if lease.reviewer == reviewer && lease.until > now => Ok(row),
            Some(lease) if lease.reviewer != reviewer && lease.until > now => {
                let Lease { reviewer, until } = lease.clone();
                Err(RuleError::Leased { reviewer, until })
            }
            _ => Err(RuleError::NotClaimed),
        }
    }

    /// What a reviewer who approves answers for, where the tier looks at a document.
    fn by_eye(
        &self,
        row: &CaseRow,
        report: &Report,
        ruling: &Ruling,
    ) -> Result<Option<ByEye>, RuleError> {
        let Ruling::Approve(Approval { valid_until, .. }) = *ruling else { return Ok(None) };
        let tier = self.tier(&row.case.tier).map_err(CaseError::from)?;
        if !tier.verifies_a_document() {
            return Ok(None);
        }
        let mut seen = report.evidence.pictures.values().filter_map(|seen| seen.document.as_ref());
        if self.parts.kind == Kind::Live && seen.any(|document| document.specimen.is_some()) {
            return Err(RuleError::Specimen);
        }
        let fields = check::fields(&report.evidence, &tier);
        let unlimited = fields.value(Field::ExpiryDate) == Some("long_term");
        let last_day = fields.last_day(Field::ExpiryDate).filter(|_| !unlimited);
        let ends = tier.duty(CheckKind::NotExpired) == Duty::Required;
        match (valid_until, last_day) {
            (Some(Term::Until(day)), _) if day < self.today() => Err(RuleError::Ended(day)),
            (None, Some(day)) if ends && day < self.today() => Err(RuleError::Ended(day)),
            (None, None) if ends && !unlimited => Err(RuleError::NoTerm),
            _ => Ok(Some(ByEye { valid_until })),
        }
    }

    /// An approval says what is to become of whoever else is known by the same document or number:
    /// else one document would verify two accounts.
    async fn resolved(
        &self,
        tx: &mut Tx,
        (row, report): (&mut CaseRow, &Report),
        (ruling, reviewer): (&Ruling, &str),
    ) -> Result<(), RuleError> {
        let Ruling::Approve(approval) = ruling else { return Ok(()) };
        for other in report.others.with_the_same_papers() {
            let closed = tx.account(other).await?.is_none_or(|account| account.closed.is_some());
            let erased = tx.erasure(other).await?.is_some_and(|erasure| erasure.done.is_some());
            if closed || erased {
                continue;
            }
            if !approval.others_are_strangers {
                return Err(RuleError::Unresolved(other));
            }
            let what = format!("said that {other} is another person");
            tx.log(row, self.now(), &act(by(reviewer), what)).await?;
        }
        Ok(())
    }

    /// What the last decision was made of.
    pub(crate) async fn latest(&self, tx: &mut Tx, row: &CaseRow) -> Result<Report, CaseError> {
        let key = self.parts.vault.person(row.case.account).await?;
        let decisions = tx.decisions(row.case.id).await?;
        let last = decisions.first().and_then(|last| last.report.as_deref());
        let Some(last) = last else {
            let typed = claims(row, &key)?.unwrap_or_default();
            return Ok(Report::of_nothing(row, typed, self.today()));
        };
        Ok(Report::open(&key, row.case.id, last)?)
    }
}

/// What a ruling says.
struct Said {
    verdict: Verdict,
    reasons: Vec<Reason>,
    /// Of the reasons those that the applicant is told.
    told: Vec<Reason>,
}

impl Ruling {
    /// The other account of the person that it speaks of.
    fn other(&self) -> Option<AccountId> {
        match self {
            Self::Approve(approval) => approval.closes,
            Self::Recover(earlier) => Some(*earlier),
            Self::Decline(_) | Self::Again(_) => None,
        }
    }

    /// What it says; nobody is refused, or asked again, without being told why.
    fn said(&self) -> Result<Said, RuleError> {
        let given: Vec<Code> = match self {
            Self::Decline(codes) => codes.clone(),
            Self::Again(reasons) => reasons.iter().map(|reason| reason.code).collect(),
            Self::Approve(_) | Self::Recover(_) => Vec::new(),
        };
        if given.contains(&Code::EarlierAccount) {
            return Err(RuleError::Unnamed);
        }
        let (verdict, reasons) = match self {
            Self::Approve(_) => (Verdict::Approve, Vec::new()),
            Self::Decline(codes) => {
                (Verdict::Decline, codes.iter().map(|code| Reason::new(*code)).collect())
            }
            Self::Recover(_) => (Verdict::Decline, vec![Reason::new(Code::EarlierAccount)]),
            Self::Again(reasons) => (Verdict::Retry, reasons.clone()),
        };
        let told = |reason: &&Reason| reason.code.audience() == Audience::Applicant;
        let told: Vec<Reason> = reasons.iter().filter(told).cloned().collect();
        // That a person looks at it is no reason.
        let why = told.iter().any(|reason| reason.code != Code::UnderReview);
        match verdict {
            Verdict::Approve => {}
            _ if reasons.is_empty() => return Err(RuleError::NoReason),
            _ if !why => return Err(RuleError::Untold),
            _ => {}
        }
        Ok(Said { verdict, reasons, told })
    }
}

/// The account of a case, locked, and with it the person's other one: whoever locks a case or
/// the identities holds its account already. Of two the lower id comes first, so that
/// whoever wants both waits in turn.
async fn lock_accounts(
    tx: &mut Tx,
    id: CaseId,
    ruling: &Ruling,
) -> Result<Option<Account>, RuleError> {
    let listed = tx.case(id).await?.ok_or(CaseError::NoSuchCase)?;
    let account = listed.case.account;
    let Some(other) = ruling.other() else { return Ok(tx.lock_account(account).await?) };
    for id in [account.min(other), account.max(other)] {
        tx.lock_account(id).await?;
    }
    // Cases come before identities, which are looked through next.
    for listed in tx.cases_of(other).await? {
        tx.lock_case(listed.case.id).await?;
    }
    Ok(tx.lock_account(account).await?)
}

/// A reviewer, as the log names them.
pub(crate) fn by(reviewer: &str) -> String {
    format!("reviewer:{reviewer}")
}
