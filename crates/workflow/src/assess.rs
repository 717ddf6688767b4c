//! The engine's decision on a case, made by a job.

use std::sync::Arc;

use domain::account::{Account, Standing};
use domain::case::{CaseState, Move};
use domain::claims::Claims;
use domain::decision::{self, Decision, Verdict};
use domain::document::DocumentType;
use domain::evidence::{Elsewhere, Evidence, Slot};
use domain::field::Field;
use domain::id::{AccountId, CaseId, DecisionId};
use domain::reason::{Code, Reason};
use jiff::civil::Date;
use store::{CaseRow, DecidedBy, DecisionRow, Identity, IdentityKind, Job, Tx};
use vault::{ObjectName, PersonKey};

use crate::cases::{CaseError, ConsentKind, claims};
use crate::engine::{Engine, EngineError, Material};
use crate::errors::Breakage;
use crate::installation::Installation;
use crate::report::Report;
use crate::uploads::{Place, challenge};

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
            Err(vault::VaultError::Erased(_)) => return self.done(job, worker).await,
            key => key?,
        };
        let material = self.material(&mut tx, &row, &key).await?;
        drop(tx);
        let typed = claims(&row, &key)?.unwrap_or_default();
        let today = self.today();
        let seen = self.on_a_core(move |engine| engine.see(&material, today)).await;
        let evidence = seen.map_err(Breakage::from)?;
        self.decide((job, worker), id, &key, (evidence, typed, today)).await
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
        let faces = consents.iter().any(|consent| {
            consent.kind == ConsentKind::FaceMatch.as_str() && consent.withdrawn_at.is_none()
        });
        let mut material = Material::default();
        for upload in tx.uploads(row.case.id).await? {
            let place = Place::ALL.into_iter().find(|place| place.as_str() == upload.slot);
            let of_a_face = !matches!(place, Some(Place::Front | Place::Back));
            if of_a_face && !faces {
                continue;
            }
            let bytes = self.parts.vault.get(key, &ObjectName::upload(upload.id)).await?;
            match (place.and_then(Place::slot), challenge(row)) {
                (Some(slot), _) => {
                    material.pictures.insert(slot, bytes);
                }
                (None, Some(issued)) => material.capture = Some((bytes, issued.challenge)),
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
        (mut evidence, typed, today): (Evidence, Claims, Date),
    ) -> Result<(), CaseError> {
        let mut tx = self.parts.store.begin().await?;
        let Some(mut row) = tx.lock_case(id).await? else { return Ok(()) };
        let account = tx.lock_account(row.case.account).await?;
        let account = account.ok_or(Breakage::Unreadable { what: "the account" })?;
        if row.case.state != CaseState::Assessing {
            return Ok(());
        }
        tx.lock_identities().await?;
        let identities = self.identities(&evidence);
        if !identities.is_empty() {
            evidence.elsewhere = Some(elsewhere(&mut tx, account.id, &identities).await?);
        }
        let tier = self.tier(&row.case.tier)?;
        let decision = decision::assess(&evidence, &typed, today, &tier);
        let decision = self.after_attempts(decision, row.case.attempts);
        let report = Report::of(&decision, evidence, typed, today);
        if decision.verdict == Verdict::Approve {
            self.grant(&mut tx, account, &row, &report).await?;
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
        }
        // Otherwise another worker has the job by now, and this transaction never happened.
        Ok(())
    }

    /// Who has tried too often gets a person instead of another try.
    fn after_attempts(&self, decision: Decision, attempts: u32) -> Decision {
        let last = attempts >= self.service().max_attempts;
        if decision.verdict != Verdict::Retry || !last {
            return decision;
        }
        let mut reasons = vec![Reason::new(Code::AttemptsExceeded)];
        reasons.extend(decision.reasons.iter().cloned());
        Decision { verdict: Verdict::Review, reasons, ..decision }
    }

    /// The keyed hashes of the document and of the national number that was read.
    pub(crate) fn identities(&self, evidence: &Evidence) -> Vec<Identity> {
        let fields = evidence.fields();
        let document = evidence.document(Slot::Front);
        let country = document.and_then(|document| document.country.as_ref());
        let Some((document, country)) = document.zip(country) else { return Vec::new() };
        let bare = |field| {
            let text: &str = fields.value(field)?;
            let bare = text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_uppercase);
            Some(bare.collect::<String>()).filter(|bare| !bare.is_empty())
        };
        let mut identities = Vec::new();
        let mut add = |kind: IdentityKind, parts: &[&str]| {
            let lookup = self.parts.lookup.hash(kind.as_str(), parts);
            let (key_version, hash) = (lookup.version, lookup.hash);
            identities.push(Identity { kind, key_version, hash });
        };
        let national = bare(Field::NationalIdNumber);
        let chinese_card = document.document_type == DocumentType::IdCard;
        // A card that has only the person's number is known by it.
        let number = bare(Field::DocumentNumber);
        if let Some(number) = number.or_else(|| national.clone().filter(|_| chinese_card)) {
            let kind = document.document_type.as_str();
            add(IdentityKind::Document, &[country.as_str(), kind, &number]);
        }
        if let Some(national) = national {
            add(IdentityKind::NationalId, &[country.as_str(), &national]);
        }
        identities
    }

    /// Gives the account the tier of the case and records who it is.
    pub(crate) async fn grant(
        &self,
        tx: &mut Tx,
        mut account: Account,
        row: &CaseRow,
        report: &Report,
    ) -> Result<(), CaseError> {
        let (now, today) = (self.now(), self.today());
        for identity in self.identities(&report.evidence) {
            tx.add_identity(account.id, &identity, now).await?;
        }
        let has = account.standing.tier_on(today);
        if has.is_none_or(|has| !self.service().reaches(has, &row.case.tier)) {
            let fields = report.evidence.fields();
            let expiry = fields.value(Field::ExpiryDate).and_then(|text| text.parse().ok());
            account.standing = Standing::Verified { tier: row.case.tier.clone(), until: expiry };
            tx.save_account(&account).await?;
        }
        Ok(())
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
            codes: report.codes(),
            report: report.seal(key, case),
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
        let _core = self.cores.acquire().await.expect("it is never closed");
        let done = tokio::task::spawn_blocking(move || work(&*parts.engine)).await;
        done.unwrap_or_else(|panic| Err(EngineError::Broken(Box::new(panic))))
    }
}

/// How many other accounts hold these.
async fn elsewhere(
    tx: &mut Tx,
    account: AccountId,
    identities: &[Identity],
) -> Result<Elsewhere, CaseError> {
    let mut found = Elsewhere::default();
    for identity in identities {
        let holders = tx.holders(identity).await?;
        let others = holders.iter().filter(|holder| **holder != account).count() as u32;
        match identity.kind {
            IdentityKind::Document => found.document += others,
            IdentityKind::NationalId => found.national_id += others,
        }
    }
    Ok(found)
}
