//! The engine's decision on a case, made by a job.

use std::sync::Arc;

use domain::account::{Account, Lapsed, Standing};
use domain::case::{CaseState, Move};
use domain::claims::Claims;
use domain::decision::{self, Decision, Verdict};
use domain::id::{AccountId, CaseId, DecisionId};
use domain::reason::{Code, Reason};
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use store::{CaseRow, DecidedBy, DecisionRow, Job, Tx};
use tracing::{Instrument, info_span};
use vault::{ObjectName, PersonKey, VaultError};

use crate::cases::{CaseError, ConsentKind, claims};
use crate::challenge::{Issued, issued};
use crate::elsewhere::Who;
use crate::engine::{Engine, EngineError, Material, Sight};
use crate::errors::Breakage;
use crate::installation::Installation;
use crate::report::{Report, codes};
use crate::uploads::Place;

impl Installation {
    /// Assesses the case of `job`, which `worker` has. Done twice, or for a case that is no
    /// longer waiting for it, nothing happens a second time.
    ///
    /// # Errors
    /// When something of ours breaks: the job is tried again.
    pub(crate) async fn assess(&self, job: &Job, worker: &str) -> Result<(), CaseError> {
        let unreadable = CaseError::Broken(Breakage::Unreadable { what: "the job" });
        let id: CaseId = job.payload.parse().map_err(|_| unreadable)?;
        let mut tx = self.parts.store.read().await?;
        let Some(row) = tx.case(id).await? else { return self.done(job, worker).await };
        if row.case.state != CaseState::Assessing {
            return self.done(job, worker).await;
        }
        let key = match self.parts.vault.person(row.case.account).await {
            // In a restored database: nobody can look at it, so a person ends it.
            Err(VaultError::Erased(_) | VaultError::Restricted { .. }) => {
                drop(tx);
                return self.hand_over(id, (job, worker)).await;
            }
            key => key?,
        };
        let opening = self.material(&mut tx, &row, &key);
        let material = opening.instrument(info_span!("open uploads")).await?;
        drop(tx);
        let typed = claims(&row, &key)?.unwrap_or_default();
        let today = self.today();
        let whose = row.case.account;
        let seen = self.on_a_core(move |engine| engine.see(whose, &material, today)).await;
        let sight = seen.map_err(Breakage::from)?;
        // Most of the reading is done here, where nobody waits for it.
        self.refresh_faces().instrument(info_span!("refresh faces")).await?;
        let decide = self.decide((job, worker), id, &key, (sight, typed, today));
        let decided = decide.instrument(info_span!("decide")).await;
        if decided.is_err() {
            self.forget_gallery().await;
        }
        decided
    }

    async fn hand_over(&self, id: CaseId, (job, worker): (&Job, &str)) -> Result<(), CaseError> {
        let mut tx = self.parts.store.begin().await?;
        self.give_up(&mut tx, id).await?;
        tx.finish_job(job.id, worker, self.now()).await?;
        Ok(tx.commit().await?)
    }

    async fn done(&self, job: &Job, worker: &str) -> Result<(), CaseError> {
        let mut tx = self.parts.store.begin().await?;
        tx.finish_job(job.id, worker, self.now()).await?;
        tx.commit().await?;
        Ok(())
    }

    /// What was uploaded, opened. Without the consent to compare faces no picture of the face
    /// is looked at; the checks that need it do not run, and so a person decides.
    async fn material(
        &self,
        tx: &mut Tx,
        row: &CaseRow,
        key: &PersonKey,
    ) -> Result<Material, CaseError> {
        let consents = tx.consents(row.case.id).await?;
        let faces = ConsentKind::FaceMatch.is_given_in(&consents);
        let tier = self.tier(&row.case.tier)?;
        // A letter is read by a person.
        let looks = |place: &Place| *place != Place::Address && place.is_looked_at(&tier);
        let places: Vec<Place> = Place::ALL.into_iter().filter(looks).collect();
        let mut material = Material::default();
        for upload in tx.uploads(row.case.id).await? {
            let place = Place::named(&upload.slot);
            if !place.is_some_and(|place| places.contains(&place)) {
                continue;
            }
            let of_a_face = !matches!(place, Some(Place::Front | Place::Back));
            if of_a_face && !faces {
                continue;
            }
            let bytes = self.parts.vault.get(key, &ObjectName::upload(upload.id)).await?;
            match (place.and_then(Place::slot), issued(row)) {
                (Some(slot), _) => {
                    material.pictures.insert(slot, bytes);
                }
                (None, Some(issued)) => material.capture = Some((bytes, issued.asked)),
                (None, None) => {}
            }
        }
        Ok(material)
    }

    /// Looks for the same person elsewhere, decides, and writes all of it in one transaction.
    async fn decide(
        &self,
        (job, worker): (&Job, &str),
        id: CaseId,
        key: &PersonKey,
        (Sight { mut evidence, face }, typed, today): (Sight, Claims, Date),
    ) -> Result<(), CaseError> {
        let mut tx = self.parts.store.begin().await?;
        // The account comes first wherever both are locked.
        let Some(listed) = tx.case(id).await? else {
            drop(tx);
            return self.done(job, worker).await;
        };
        let account = tx.lock_account(listed.case.account).await?;
        let account = account.ok_or(Breakage::Unreadable { what: "the account" })?;
        let row = tx.lock_case(id).await?;
        let Some(mut row) = row.filter(|row| row.case.state == CaseState::Assessing) else {
            // Cancelled, or decided by another worker.
            drop(tx);
            return self.done(job, worker).await;
        };
        let tier = self.tier(&row.case.tier)?;
        let face = self.keep_face(&mut tx, (&row, key), &tier, face).await?;
        let device = self.device_of(&row, key)?;
        let (account_id, identities) = (account.id, self.recognised(&evidence, &tier));
        let (identities, face) = (&identities[..], face.as_ref());
        let who = Who { account: account_id, tier: &tier, identities, face, key, device };
        let others = self.look_elsewhere(&mut tx, &who, &mut evidence).await?;
        let decision = decision::assess(&evidence, &typed, today, &tier);
        let tried = self.attempts(&mut tx, &row).await?;
        let last_attempt = tried >= self.service().max_attempts;
        let before = Before { last_attempt, appealed: row.appeal.is_some() };
        let decision = with_regard_to(before, decision);
        let mut report = Report::of(&decision, evidence, typed, today).knowing(others);
        report.client = issued(&row).map(Issued::signs).unwrap_or_default();
        if decision.verdict == Verdict::Approve {
            self.grant(&mut tx, account, (&row, today), &report).await?;
        }
        self.record(&mut tx, (id, key), DecidedBy::Engine, &report).await?;
        if decision.verdict == Verdict::Review {
            let service = self.service();
            row.due_at = Some(service.business_days_after(self.now(), service.review_days));
        }
        self.step(&mut tx, &mut row, Move::Assessed(decision.verdict), "engine").await?;
        if tx.finish_job(job.id, worker, self.now()).await? {
            tx.commit().await?;
            self.parts.metrics.decided(&decision);
            return Ok(());
        }
        // Another worker has the job by now, and this transaction never happened.
        drop(tx);
        self.forget_gallery().await;
        Ok(())
    }

    /// Gives the case of a job that broke for good to a person: nobody waits for ever for an
    /// engine that will not answer.
    pub(crate) async fn give_up(&self, tx: &mut Tx, id: CaseId) -> Result<(), CaseError> {
        let Some(mut row) = tx.lock_case(id).await? else { return Ok(()) };
        if row.case.state != CaseState::Assessing {
            return Ok(());
        }
        // Whatever broke the job may break this too, and must not: without the key there is no
        // record of it, and whoever claims the case is shown that nothing was seen.
        if let Ok(key) = self.parts.vault.person(row.case.account).await {
            let typed = claims(&row, &key).ok().flatten().unwrap_or_default();
            let report = Report::of_nothing(&row, typed, self.today());
            self.record(tx, (id, &key), DecidedBy::Engine, &report).await?;
        }
        let service = self.service();
        row.due_at = Some(service.business_days_after(self.now(), service.review_days));
        self.step(tx, &mut row, Move::GiveUp, "engine").await
    }

    /// Gives the account the tier of the case, approved `on` that day, and records who it is.
    pub(crate) async fn grant(
        &self,
        tx: &mut Tx,
        mut account: Account,
        (row, on): (&CaseRow, Date),
        report: &Report,
    ) -> Result<(), CaseError> {
        let (now, today) = (self.now(), self.today());
        let ends = {
            let policy = self.tier(&row.case.tier)?;
            policy.verifies_a_document().then(|| report.valid_until(&policy)).flatten()
        };
        self.know(tx, account.id, (row, report)).await?;
        tx.approve_face(account.id, row.case.id, now).await?;
        let (has, tier) = (account.standing.tier_on(today), &row.case.tier);
        // Nothing takes a higher tier away; the same one is verified again.
        if has.is_none_or(|has| has == tier || !self.service().reaches(has, tier)) {
            let until = self.service().verify_again.last_day(tier, on, ends);
            let ran_out = account.standing.lapsed_on(today);
            account.standing = Standing::Verified { tier: tier.clone(), until };
            let above = |lapsed: &Lapsed| {
                lapsed.tier != *tier && self.service().reaches(&lapsed.tier, tier)
            };
            account.lapsed = ran_out.or(account.lapsed.take()).filter(above);
            tx.save_account(&account).await?;
        }
        Ok(())
    }

    /// Records what `account` is known by through an approved case, which may be that of an earlier
    /// account of its person.
    pub(crate) async fn know(
        &self,
        tx: &mut Tx,
        account: AccountId,
        (row, report): (&CaseRow, &Report),
    ) -> Result<(), CaseError> {
        let known = self.known_by(report, &self.tier(&row.case.tier)?);
        for identity in known {
            tx.add_identity(account, &identity.now, self.now()).await?;
        }
        Ok(())
    }

    /// How often the person tried for the tier of `row`, in the cases that were opened in the policy's
    /// days: whoever gives up one and opens another has not begun anew.
    async fn attempts(&self, tx: &mut Tx, row: &CaseRow) -> Result<u32, CaseError> {
        let hours = 24 * i64::from(self.service().attempts_days);
        let since = self.now().checked_sub(SignedDuration::from_hours(hours));
        let since = since.unwrap_or(Timestamp::MIN);
        // The newest first: what led to the tier being given is over.
        let all = tx.cases_of(row.case.account).await?.into_iter().map(|row| row.case);
        let ours = all.filter(|case| case.tier == row.case.tier && case.id != row.case.id);
        let earlier = ours
            .take_while(|case| case.state != CaseState::Approved && case.created_at >= since)
            .map(|case| case.attempts);
        Ok(earlier.fold(row.case.attempts, u32::saturating_add))
    }

    /// Adds a decision as a fact.
    pub(crate) async fn record(
        &self,
        tx: &mut Tx,
        (case, key): (CaseId, &PersonKey),
        by: DecidedBy,
        report: &Report,
    ) -> Result<(), CaseError> {
        let now = self.now();
        let decision = DecisionRow {
            id: DecisionId::new(now, self.dice()),
            case,
            verdict: report.verdict,
            by,
            policy: report.policy.clone(),
            codes: codes(&report.reasons),
            report: Some(report.seal(key, case)),
            decided_at: now,
        };
        Ok(tx.add_decision(&decision).await?)
    }

    /// Runs `work` with the engine on a thread of its own, once a core is free.
    pub(crate) async fn on_a_core<T: Send + 'static>(
        &self,
        work: impl FnOnce(&dyn Engine) -> Result<T, EngineError> + Send + 'static,
    ) -> Result<T, EngineError> {
        let parts = Arc::clone(&self.parts);
        let core = Arc::clone(&self.cores).acquire_owned().await.expect("it is never closed");
        let span = info_span!("engine");
        let work = move || {
            // Kept to the end, though whoever asked may have gone before.
            let _core = core;
            span.in_scope(|| work(&*parts.engine))
        };
        let done = tokio::task::spawn_blocking(work).await;
        done.unwrap_or_else(|panic| Err(EngineError::Broken(Box::new(panic))))
    }
}

/// What a case has behind it when the engine decides.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Before {
    /// Whether it may not be tried again.
    pub last_attempt: bool,
    /// Whether its person appealed.
    pub appealed: bool,
}

/// Who has tried too often gets a person instead of another try; what was appealed against is
/// not ended by the engine: a person hears it.
pub(crate) fn with_regard_to(before: Before, decision: Decision) -> Decision {
    match decision.verdict {
        Verdict::Retry if before.last_attempt => {
            let mut reasons = vec![Reason::new(Code::AttemptsExceeded)];
            reasons.extend(decision.reasons.iter().cloned());
            Decision { verdict: Verdict::Review, reasons, ..decision }
        }
        Verdict::Decline if before.appealed => Decision { verdict: Verdict::Review, ..decision },
        _ => decision,
    }
}
