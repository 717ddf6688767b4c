//! A case as it is seen: what was given, what is left to give, and what was said of it.

use domain::case::{Case, CaseState};
use domain::decision::Verdict;
use domain::id::CaseId;
use domain::reason::{Code, Reason};
use jiff::Timestamp;
use store::{CaseRow, Consent, Tx};
use vault::PersonKey;

use crate::cases::{CaseError, ConsentKind, claims};
use crate::challenge::issued;
use crate::estimate::{Estimate, estimate};
use crate::installation::Installation;
use crate::report::{Report, Told};
use crate::steps::{SoFar, Step, retry, steps};

/// A case as its applicant and the operator see it.
#[derive(Debug, Clone, PartialEq)]
pub struct CaseView {
    /// The case.
    pub case: Case,
    /// What is done and what is next.
    pub steps: Vec<Step>,
    /// What was agreed to.
    pub consents: Vec<Consent>,
    /// By when a person decides, while one has to.
    pub due_at: Option<Timestamp>,
    /// How long the engine's decision takes, while it has one to make.
    pub estimate: Option<Estimate>,
    /// What the last decision tells the applicant; while a person looks, that one does.
    pub told: Option<Told>,
    /// When the person appealed, where they did.
    pub appealed_at: Option<Timestamp>,
    /// Until when they may.
    pub appealable_until: Option<Timestamp>,
}

/// What was given in a case, and what is left to give.
pub(crate) struct Given {
    /// Each step with how far it is; none where the policy lost the case's tier since.
    pub steps: Vec<Step>,
    /// What was agreed to.
    pub consents: Vec<Consent>,
    /// What the last decision tells the applicant.
    pub told: Option<Told>,
}

impl Installation {
    /// The case with what is done in it and what is next.
    ///
    /// # Errors
    /// See [`CaseError`].
    pub async fn case(&self, id: CaseId) -> Result<CaseView, CaseError> {
        let mut tx = self.parts.store.read().await?;
        let row = tx.case(id).await?.ok_or(CaseError::NoSuchCase)?;
        let key = self.parts.vault.person(row.case.account).await?;
        self.view(&mut tx, &row, &key).await
    }

    /// The case in `row` as it is seen.
    pub(crate) async fn view(
        &self,
        tx: &mut Tx,
        row: &CaseRow,
        key: &PersonKey,
    ) -> Result<CaseView, CaseError> {
        let Given { steps, consents, told } = self.given(tx, row, key).await?;
        let waits =
            || Told { verdict: Verdict::Review, reasons: vec![Reason::new(Code::UnderReview)] };
        let told = if row.case.state == CaseState::InReview { Some(waits()) } else { told };
        let appealable_until = self.appealable_until(tx, row).await?;
        Ok(CaseView {
            case: row.case.clone(),
            steps,
            consents,
            due_at: row.due_at,
            estimate: estimate(tx, (row.case.id, row.case.state), self.now()).await?,
            told,
            appealed_at: row.appeal.as_ref().map(|appeal| appeal.at),
            appealable_until,
        })
    }

    /// What was given in the case in `row`, and what is left to give.
    pub(crate) async fn given(
        &self,
        tx: &mut Tx,
        row: &CaseRow,
        key: &PersonKey,
    ) -> Result<Given, CaseError> {
        let id = row.case.id;
        let claims = claims(row, key)?;
        let uploads = tx.uploads(id).await?;
        let last = tx.decisions(id).await?.into_iter().next();
        let sealed = last.as_ref().and_then(|last| last.report.as_deref());
        let report = sealed.map(|sealed| Report::open(key, id, sealed)).transpose()?;
        let told = report
            .as_ref()
            .map(|report| Told { verdict: report.verdict, reasons: report.told.clone() });
        let retry = last
            .as_ref()
            .zip(told.as_ref())
            .map(|(last, told)| (retry(told.verdict, &told.reasons), last.decided_at));
        let changed = report.as_ref().is_none_or(|report| claims.as_ref() != Some(&report.claims));
        let typed_since = last.as_ref().map(|last| last.decided_at) < row.claims_at;
        let consents = tx.consents(id).await?;
        let without_face = consents.iter().any(|consent| {
            consent.kind == ConsentKind::FaceMatch.as_str() && consent.withdrawn_at.is_some()
        });
        // What is left of a case is seen, also where the policy lost its tier since.
        let tier = self.tier(&row.case.tier).ok();
        let steps = tier.as_ref().map(|tier| {
            steps(&SoFar {
                tier,
                claims: claims.as_ref(),
                claims_anew: changed || typed_since,
                uploads: &uploads,
                retry,
                without_face,
                challenge_since: issued(row).map(|issued| issued.at),
            })
        });
        Ok(Given { steps: steps.unwrap_or_default(), consents, told })
    }
}
