//! Pictures and captures: judged at once, kept sealed, the last of each place counts.

use domain::case::{Impossible, Move};
use domain::check::{self, CheckKind, Finding};
use domain::evidence::{PictureEvidence, Slot};
use domain::id::{CaseId, TransferId, UploadId};
use domain::liveness::LivenessEvidence;
use domain::policy::{Duty, TierPolicy};
use domain::reason::{self, Audience, Disposition, Reason};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use store::{CaseRow, StoreError, Upload};
use thiserror::Error;
use vault::{ObjectName, VaultError};

use crate::cases::claims;
use crate::challenge::{Issued, issued};
use crate::engine::{EngineError, Frame, Hint};
use crate::errors::{Breakage, TierGone};
use crate::hex;
use crate::installation::{Installation, Kind, act};

/// A picture is at most so large: the decoder's own limit.
const MOST_BYTES_OF_A_PICTURE: usize = 20 * 1024 * 1024;
/// A capture of twelve seconds of 640 pixels has a quarter of this.
const MOST_BYTES_OF_A_CAPTURE: usize = 48 * 1024 * 1024;

/// A case takes so many, with those that others took the place of: a person who tries again needs a
/// tenth of it. What lies aside is kept as long as the rest, so it has to end somewhere.
pub(crate) const MOST_UPLOADS: u64 = 100;

/// What an upload is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Place {
    /// The document's portrait side.
    Front,
    /// Its other side.
    Back,
    /// The person holding it.
    Held,
    /// The person's face.
    Selfie,
    /// The live capture of the face, a ZIP of frames.
    Capture,
    /// A letter that proves the address, which a person reads.
    Address,
}

impl Place {
    /// Every place.
    pub const ALL: [Self; 6] =
        [Self::Front, Self::Back, Self::Held, Self::Selfie, Self::Capture, Self::Address];

    /// The stable public name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Front => "front",
            Self::Back => "back",
            Self::Held => "held",
            Self::Selfie => "selfie",
            Self::Capture => "capture",
            Self::Address => "address",
        }
    }

    /// The place of that name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|place| place.as_str() == name)
    }

    /// An upload of it has at most so many bytes.
    pub const fn most_bytes(self) -> usize {
        match self {
            Self::Capture => MOST_BYTES_OF_A_CAPTURE,
            Self::Front | Self::Back | Self::Held | Self::Selfie | Self::Address => {
                MOST_BYTES_OF_A_PICTURE
            }
        }
    }

    /// The slot of the picture, where the engine looks at it; a capture and a letter have none.
    pub const fn slot(self) -> Option<Slot> {
        match self {
            Self::Front => Some(Slot::Front),
            Self::Back => Some(Slot::Back),
            Self::Held => Some(Slot::Held),
            Self::Selfie => Some(Slot::Selfie),
            Self::Capture | Self::Address => None,
        }
    }

    /// Whether `tier` looks at it. What it does not look at is not taken: nobody keeps pictures that
    /// they have no use for, and what nobody checked says nothing.
    pub(crate) fn is_looked_at(self, tier: &TierPolicy) -> bool {
        let check = match self {
            Self::Front | Self::Back => CheckKind::DocumentFound,
            Self::Held => CheckKind::DocumentHeld,
            Self::Selfie => CheckKind::FaceMatch,
            Self::Capture => CheckKind::Liveness,
            Self::Address => CheckKind::AddressProof,
        };
        tier.duty(check) != Duty::Off
    }

    /// Whether `reason` asks for this upload again: it names the picture, or where it names
    /// none, the step that this place answers.
    pub(crate) fn is_meant_by(self, reason: &Reason) -> bool {
        let step = reason.code.step();
        match (reason.slot, self.slot()) {
            (Some(meant), Some(slot)) => meant == slot,
            (Some(_), None) => false,
            (None, _) => match self {
                Self::Front | Self::Back => step == reason::Step::Document,
                Self::Held => step == reason::Step::Held,
                Self::Selfie => step == reason::Step::Face,
                Self::Capture => step == reason::Step::Liveness,
                Self::Address => step == reason::Step::Address,
            },
        }
    }
}

/// An upload that was taken.
#[derive(Debug, Clone, PartialEq)]
pub struct Accepted {
    /// What is kept of it.
    pub upload: Upload,
    /// What is wrong with it: it is kept, and better taken again.
    pub faults: Vec<Reason>,
}

/// Why an upload was not taken.
#[derive(Debug, Error)]
pub enum UploadError {
    /// There is no such case.
    #[error("there is no such case")]
    NoSuchCase,
    /// The case does not take uploads any more.
    #[error(transparent)]
    Impossible(#[from] Impossible),
    /// Too many bytes.
    #[error("the upload is larger than the {most} bytes that are allowed: send a smaller one")]
    TooLarge {
        /// How many are allowed.
        most: usize,
    },
    /// There were too many.
    #[error(
        "{MOST_UPLOADS} pictures were sent in this case, which takes no more: submit it if nothing is \
         missing, or cancel it and open another one"
    )]
    TooMany,
    /// Its tier is gone.
    #[error(transparent)]
    TierGone(#[from] TierGone),
    /// The tier has no use for it.
    #[error("{tier} asks for no {}: nothing was kept", .place.as_str())]
    NotAsked {
        /// Where it was sent.
        place: Place,
        /// The tier of the case.
        tier: String,
    },
    /// It is no picture, or no capture.
    #[error("{sentence}")]
    Refused {
        /// The stable code.
        code: String,
        /// What to do.
        sentence: String,
    },
    /// A sandbox was sent a document that is no specimen.
    #[error(
        "this is a sandbox and takes specimens only: make one with `bonafide specimen make passport`; \
         the picture was not kept"
    )]
    SpecimensOnly,
    /// No challenge was issued, or it ran out, or a newer one was issued meanwhile.
    #[error("the challenge ran out before its answer came: ask for a new one")]
    NoChallenge,
    /// What was announced is no digest.
    #[error(
        "announce the SHA-256 of the capture, and its running digest if any: 64 hexadecimal digits"
    )]
    NoDigest,
    /// Another upload took its place.
    #[error("another upload took the place of this one, and counts")]
    Superseded,
    /// The person was erased, or asked to be.
    #[error("the data of this account was erased, or is to be")]
    Erased,
    /// Our own side.
    #[error(transparent)]
    Broken(Breakage),
}

impl From<StoreError> for UploadError {
    fn from(error: StoreError) -> Self {
        Self::Broken(error.into())
    }
}

impl From<VaultError> for UploadError {
    fn from(error: VaultError) -> Self {
        match error {
            VaultError::Erased(_) | VaultError::Restricted { .. } => Self::Erased,
            error => Self::Broken(error.into()),
        }
    }
}

impl From<EngineError> for UploadError {
    fn from(error: EngineError) -> Self {
        match error {
            EngineError::Refused { code, sentence } => Self::Refused { code, sentence },
            error @ EngineError::Broken(_) => Self::Broken(error.into()),
        }
    }
}

/// What the engine saw in an upload.
enum Seen {
    Picture(Slot, Box<PictureEvidence>),
    Capture(LivenessEvidence),
    /// A letter: nothing but that a person can look at it.
    Letter,
}

impl Installation {
    /// Takes an upload: judges it, keeps it sealed, and puts it in its place. What lay there
    /// counts no more.
    ///
    /// # Errors
    /// See [`UploadError`].
    pub async fn upload(
        &self,
        id: CaseId,
        place: Place,
        bytes: Vec<u8>,
    ) -> Result<Accepted, UploadError> {
        self.take(id, place, bytes, None).await
    }

    /// The same of what came by a `transfer`, which ends with it: of two calls that end one, one
    /// makes the upload.
    pub(crate) async fn take(
        &self,
        id: CaseId,
        place: Place,
        bytes: Vec<u8>,
        transfer: Option<TransferId>,
    ) -> Result<Accepted, UploadError> {
        let most = place.most_bytes();
        if bytes.len() > most {
            return Err(UploadError::TooLarge { most });
        }
        let mut tx = self.parts.store.read().await?;
        let row = tx.case(id).await?.ok_or(UploadError::NoSuchCase)?;
        row.case.state.after(Move::Fill)?;
        self.takes(&row, place)?;
        if tx.count_uploads(id).await? >= MOST_UPLOADS {
            return Err(UploadError::TooMany);
        }
        drop(tx);
        let digest = hex::digits(&Sha256::digest(&bytes));
        let now = self.now();
        let issued = issued(&row).filter(|issued| issued.takes(&digest, now));
        let issued = issued.map(|issued| issued.answered(now));
        let (bytes, seen) = self.judge((&row, place), bytes, issued.clone()).await?;
        let tier = self.tier(&row.case.tier)?;
        if self.parts.kind == Kind::Sandbox && shows_a_document_that_is_no_specimen(&seen) {
            return Err(UploadError::SpecimensOnly);
        }
        let answered = match (&seen, issued) {
            (Seen::Capture(capture), Some(issued)) => Some(issued.judged(capture, &tier)),
            _ => None,
        };
        let (bytes, answered) = self.held_against_chain(bytes, answered).await?;
        let upload = self.keep((&row, place), &bytes, answered, transfer).await?;
        let faults = self.faults(&row, &seen, &tier).await?;
        self.parts.metrics.uploaded(place, &faults);
        Ok(Accepted { upload, faults })
    }

    /// Refuses what is sent to a `place` that the tier of the case does not look at.
    pub(crate) fn takes(&self, row: &CaseRow, place: Place) -> Result<(), UploadError> {
        let tier = self.tier(&row.case.tier)?;
        let taken = place.is_looked_at(&tier);
        taken.then_some(()).ok_or(UploadError::NotAsked { place, tier: tier.name })
    }

    /// Judges an upload that was taken once more: for whoever lost the answer.
    pub(crate) async fn judge_again(
        &self,
        id: CaseId,
        place: Place,
        upload: UploadId,
    ) -> Result<Accepted, UploadError> {
        let mut tx = self.parts.store.read().await?;
        let row = tx.case(id).await?.ok_or(UploadError::NoSuchCase)?;
        let upload = tx.uploads(id).await?.into_iter().find(|one| one.id == upload);
        drop(tx);
        // Another one lies in its place by now, and that one counts.
        let upload = upload.ok_or(UploadError::Superseded)?;
        let key = self.parts.vault.person(row.case.account).await?;
        let bytes = self.parts.vault.get(&key, &ObjectName::upload(upload.id)).await?;
        let (_, seen) = self.judge((&row, place), bytes, issued(&row)).await?;
        let tier = self.tier(&row.case.tier)?;
        let faults = self.faults(&row, &seen, &tier).await?;
        Ok(Accepted { upload, faults })
    }

    /// What is wrong with an upload by itself, for the applicant's eyes: what they can mend. Of a
    /// document also that it is another one than they declared, the other side, or no longer valid:
    /// who is told so at the camera makes no live check in vain.
    async fn faults(
        &self,
        row: &CaseRow,
        seen: &Seen,
        tier: &TierPolicy,
    ) -> Result<Vec<Reason>, UploadError> {
        let mut found = findings(seen, tier);
        if let Seen::Picture(slot @ (Slot::Front | Slot::Back), picture) = seen
            && let Some(document) = &picture.document
        {
            let key = self.parts.vault.person(row.case.account).await?;
            let typed = claims(row, &key).map_err(UploadError::Broken)?.unwrap_or_default();
            let today = (self.today(), tier);
            found.extend(check::of_document(*slot, document, &typed, today));
        }
        Ok(told(found, seen, tier))
    }

    async fn judge(
        &self,
        (row, place): (&CaseRow, Place),
        bytes: Vec<u8>,
        issued: Option<Issued>,
    ) -> Result<(Vec<u8>, Seen), UploadError> {
        let today = self.today();
        if place == Place::Capture && issued.is_none() {
            return Err(UploadError::NoChallenge);
        }
        let whose = row.case.account;
        let judged = self.on_a_core(move |engine| {
            let seen = match (place.slot(), issued) {
                (Some(slot), _) => {
                    Seen::Picture(slot, Box::new(engine.look(whose, slot, &bytes, today)?))
                }
                (None, _) if place == Place::Address => {
                    engine.page(&bytes)?;
                    Seen::Letter
                }
                (None, issued) => {
                    let asked = issued.map(|issued| issued.asked).unwrap_or_default();
                    Seen::Capture(engine.watch(whose, &bytes, &asked)?)
                }
            };
            Ok((bytes, seen))
        });
        Ok(judged.await?)
    }

    /// Puts an upload in its place; a capture if the challenge that it answered still stands.
    async fn keep(
        &self,
        (row, place): (&CaseRow, Place),
        bytes: &[u8],
        answered: Option<Issued>,
        transfer: Option<TransferId>,
    ) -> Result<Upload, UploadError> {
        let now = self.now();
        let upload = Upload {
            id: UploadId::new(now, self.dice()),
            slot: place.as_str().to_owned(),
            digest: hex::digits(&Sha256::digest(bytes)),
            bytes: bytes.len() as u64,
            created_at: now,
        };
        // The object comes first: a row without its object would be a loss, an object without
        // a row is only litter.
        let key = self.parts.vault.person(row.case.account).await?;
        let name = ObjectName::upload(upload.id);
        self.parts.vault.put(&key, &name, bytes).await?;
        let mut tx = self.parts.store.begin().await?;
        let mut row = tx.lock_case(row.case.id).await?.ok_or(UploadError::NoSuchCase)?;
        if let Err(impossible) = row.case.state.after(Move::Fill) {
            self.parts.vault.delete(&name).await?;
            return Err(impossible.into());
        }
        if tx.count_uploads(row.case.id).await? >= MOST_UPLOADS {
            self.parts.vault.delete(&name).await?;
            return Err(UploadError::TooMany);
        }
        // Another tab may have asked for a new one while the capture was judged by the old.
        if answered.is_some_and(|one| !one.is_noted_in(&mut row, &upload.digest)) {
            self.parts.vault.delete(&name).await?;
            return Err(UploadError::NoChallenge);
        }
        if let Some(transfer) = transfer
            && tx.transfer(transfer).await?.is_none_or(|one| one.upload.is_some())
        {
            self.parts.vault.delete(&name).await?;
            return Err(UploadError::Superseded);
        }
        tx.add_upload(row.case.id, &upload).await?;
        if let Some(transfer) = transfer {
            tx.finish_transfer(transfer, upload.id).await?;
        }
        tx.save_case(&row).await?;
        let what = format!("uploaded {} {}", upload.slot, upload.id);
        tx.log(&mut row, now, &act("applicant", what)).await?;
        tx.commit().await?;
        Ok(upload)
    }

    /// What to mend before a picture of the case is taken.
    ///
    /// # Errors
    /// See [`UploadError`].
    pub async fn preview(&self, id: CaseId, frame: Frame) -> Result<Hint, UploadError> {
        let row = self.parts.store.read().await?.case(id).await?;
        let row = row.ok_or(UploadError::NoSuchCase)?;
        let tier = self.tier(&row.case.tier)?;
        let hint = self.on_a_core(move |engine| engine.preview(&frame, &tier)).await;
        Ok(hint?)
    }
}

fn shows_a_document_that_is_no_specimen(seen: &Seen) -> bool {
    match seen {
        Seen::Picture(Slot::Front | Slot::Back | Slot::Held, picture) => {
            picture.document.as_ref().is_some_and(|document| document.specimen.is_none())
        }
        Seen::Picture(Slot::Selfie, _) | Seen::Capture(_) | Seen::Letter => false,
    }
}

/// What the checks of an upload find on it by itself.
fn findings(seen: &Seen, tier: &TierPolicy) -> Vec<(CheckKind, Finding)> {
    match seen {
        Seen::Picture(Slot::Front | Slot::Back, picture) => check::of_picture(picture, tier),
        Seen::Picture(Slot::Selfie, picture) => check::of_selfie(picture, tier),
        Seen::Letter => Vec::new(),
        Seen::Picture(Slot::Held, picture) => check::of_held(picture),
        Seen::Capture(capture) => {
            let checks = check::of_capture(capture, tier);
            let findings = CheckKind::OF_CAPTURE.into_iter();
            findings
                .flat_map(|kind| checks.findings(kind).iter().map(move |f| (kind, f.clone())))
                .collect()
        }
    }
}

/// What of `found` the applicant is told: what they can mend.
fn told(found: Vec<(CheckKind, Finding)>, seen: &Seen, tier: &TierPolicy) -> Vec<Reason> {
    let slot = match seen {
        Seen::Picture(slot, _) => Some(*slot),
        Seen::Capture(_) | Seen::Letter => None,
    };
    let mut reasons: Vec<Reason> = Vec::new();
    for (kind, finding) in found {
        let finding = slot.map_or(finding.clone(), |slot| finding.on(slot));
        let Some(reason) = finding.outcome.reason() else { continue };
        let mendable = tier.disposition(reason) != Disposition::Review;
        let theirs = reason.code.audience() == Audience::Applicant && mendable;
        let shown = theirs && tier.duty(kind) != Duty::Off;
        if shown && !reasons.contains(reason) {
            reasons.push(reason.clone());
        }
    }
    reasons
}
