//! One tier of a policy.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::amount::Amount;
use crate::check::CheckKind;
use crate::document::{Country, DocumentType};
use crate::evidence::SeenDocument;
use crate::field::Field;
use crate::policy::PolicyId;
use crate::reason::{Code, Disposition, Reason};

/// Whether a tier asks for a check.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Duty {
    /// Must pass; without an outcome it counts as inconclusive.
    Required,
    /// Counts if it ran.
    Advisory,
    /// Does not count.
    Off,
}

/// A tier: what it accepts, demands and grants.
#[derive(Debug, Clone, PartialEq)]
pub struct TierPolicy {
    /// Its name (`L2`).
    pub name: String,
    /// The policy it belongs to.
    pub policy: PolicyId,
    /// What it accepts.
    pub accepts: Accepts,
    /// Fields that must be read.
    pub required_fields: RequiredFields,
    /// Years of age that the person must have reached.
    pub minimum_age: u8,
    /// Whether the page of a live capture shows colours, so that what is no head is told.
    pub light_challenge: bool,
    /// The limits of measured values.
    pub limits: Limits,
    /// What it grants, by feature.
    pub grants: BTreeMap<String, Grant>,
    pub(super) duties: BTreeMap<CheckKind, Duty>,
    pub(super) dispositions: BTreeMap<Code, Disposition>,
}

impl TierPolicy {
    /// Every check with its duty, in the order of [`CheckKind::ALL`].
    pub fn duties(&self) -> impl Iterator<Item = (CheckKind, Duty)> {
        CheckKind::ALL.iter().map(|kind| (*kind, self.duty(*kind)))
    }

    /// The duty of one check.
    pub fn duty(&self, kind: CheckKind) -> Duty {
        *self.duties.get(&kind).expect("a policy that leaves a check unlisted does not load")
    }

    /// Whether it verifies a document: what it is known by, and its end, are its holder's then and
    /// not only somebody's words.
    pub fn verifies_a_document(&self) -> bool {
        self.duty(CheckKind::DocumentFound) == Duty::Required
    }

    /// What a reason asks for under this policy.
    pub fn disposition(&self, reason: &Reason) -> Disposition {
        self.dispositions.get(&reason.code).copied().unwrap_or_else(|| reason.disposition())
    }

    /// The same tier asking for `checks` alone: to judge a part of a submission by itself.
    #[must_use]
    pub fn asking_only(&self, checks: &[CheckKind]) -> Self {
        let mut tier = self.clone();
        for (kind, duty) in &mut tier.duties {
            if !checks.contains(kind) {
                *duty = Duty::Off;
            }
        }
        tier
    }

    /// The same tier for trials and demonstrations: a specimen does not end it.
    /// The decision says so.
    #[must_use]
    pub fn allowing_specimens(&self) -> Self {
        let mut tier = self.clone();
        tier.duties.insert(CheckKind::NotSpecimen, Duty::Off);
        tier
    }
}

/// Which documents a tier accepts.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Accepts {
    /// Accepted types.
    pub document_types: BTreeSet<DocumentType>,
    /// Accepted countries; empty accepts every one.
    #[serde(default)]
    pub countries: BTreeSet<Country>,
    /// Countries that are not accepted, whatever `countries` says.
    #[serde(default)]
    pub countries_refused: BTreeSet<Country>,
    /// Types of which both sides are needed.
    #[serde(default)]
    pub two_sided: BTreeSet<DocumentType>,
}

impl Accepts {
    /// Whether documents of `country` are accepted.
    pub fn country(&self, country: &Country) -> bool {
        !self.countries_refused.contains(country)
            && (self.countries.is_empty() || self.countries.contains(country))
    }

    /// Whether no country is refused, so that an unread one does not matter.
    pub fn every_country(&self) -> bool {
        self.countries.is_empty() && self.countries_refused.is_empty()
    }
}

/// Which fields must be read, by type; a key `CHN_id_card` goes before
/// `id_card` for documents of that country.
#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
#[serde(transparent)]
pub struct RequiredFields(pub(super) BTreeMap<String, Vec<Field>>);

impl RequiredFields {
    /// The fields that must be read on `document` (both sides together).
    pub fn of(&self, document: &SeenDocument) -> &[Field] {
        let general = document.document_type.as_str();
        let special = document.country.as_ref().map(|country| format!("{country}_{general}"));
        special
            .and_then(|key| self.0.get(&key))
            .or_else(|| self.0.get(general))
            .map_or(&[], Vec::as_slice)
    }
}

/// Limits of measured values; each cites its measurement in the policy file.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Limits {
    /// Largest blur of the print, millimetres on the document.
    pub max_blur: f64,
    /// Largest share of something printed that light may hide, 0 to 1.
    pub max_glare: f64,
    /// Largest share of the portrait (or document) that is clipped, 0 to 1.
    pub max_overexposure: f64,
    /// Least luminance of the document's paper, 0 to 255.
    pub min_brightness: f64,
    /// Largest darkening by shadow, 0 to 1.
    pub max_shadow: f64,
    /// Least height of printed characters, pixels.
    pub min_text_height: f64,
    /// Largest share of something printed that may be covered, 0 to 1.
    pub max_occlusion: f64,
    /// Largest doubt in a field under a stamp, 0 to 1.
    pub max_stamp: f64,
    /// Least chroma of the document.
    pub min_colour: f64,
    /// Strength from which a lattice of dots is for a person, natural logarithm.
    pub max_dots: f64,
    /// Difference of the portrait's grain from which a person looks, powers of two.
    pub max_portrait_grain: f64,
    /// Share of JPEG's grid that a portrait may lack, 0 to 1.
    pub max_missing_grid: f64,
    /// Share of the steps of an earlier compression that portrait or print may lack, 0 to 1.
    pub max_missing_steps: f64,
    /// How far across the middle a portrait may stand on the wrong side, share of the width.
    pub max_portrait_misplaced: f64,
    /// Distance of the embeddings of portrait and second portrait from which a person looks.
    pub max_ghost_distance: f64,
    /// How much steeper the print of one field may be than that of the others, powers of two.
    pub max_field_sharpness: f64,
    /// How alike two places of one field may be, 0 to 1.
    pub max_field_likeness: f64,
    /// Confidence from which a printed reading can contradict the
    /// machine-readable zone, 0 to 1.
    pub min_printed_confidence: f64,
    /// Least distance between the eyes in the selfie, pixels.
    pub min_eye_distance: f64,
    /// Largest eye distance of a second face as a share of the main one's.
    pub max_second_face: f64,
    /// Least luminance of the lightest part of the face in the selfie, 0 to 255.
    pub min_face_light: f64,
    /// Largest share of the face that is clipped to white, 0 to 1.
    pub max_face_overexposure: f64,
    /// How much darker one side of the face may be, 0 to 1.
    pub max_face_unevenness: f64,
    /// Least sharpness of the face.
    pub min_face_sharpness: f64,
    /// Farthest that the head may be turned to a side, degrees.
    pub max_yaw: f64,
    /// Farthest that it may be raised or lowered, degrees.
    pub max_pitch: f64,
    /// Farthest that it may be tilted, degrees.
    pub max_roll: f64,
    /// Least opening of an eye, height over width; below, it is closed.
    pub min_eye_opening: f64,
    /// Opening of an eye from which it is surely open; between the two a person looks.
    pub sure_eye_opening: f64,
    /// Likeness of a part of the face to a covered one beyond which it is covered, 0 to 1.
    pub max_face_cover: f64,
    /// Likeness from which a person looks, 0 to 1.
    pub face_cover_doubt: f64,
    /// Rate at which two different people of the worst measured population
    /// may be taken for one.
    pub face_false_accept_rate: f64,
    /// End of the band of doubt, in which a person decides.
    pub face_doubt_rate: f64,
    /// Rate of searches among the faces of other accounts in which a stranger may be hit.
    pub face_search_false_hits: f64,
    /// Share of these faces that may be left out of a search, because another embedder made
    /// their vectors, before a person decides, 0 to 1.
    pub max_faces_unsearched: f64,
    /// Least frames a second of a live capture.
    pub min_frame_rate: f64,
    /// Fastest turn of the head in a live capture, degrees a second.
    pub max_turn_speed: f64,
    /// Largest share of a live capture without a face, 0 to 1.
    pub max_face_missing: f64,
    /// How many kinds of movements may be made that were not asked for, blinks and the
    /// head's swing back left out.
    pub max_unasked_movements: f64,
    /// How much later the last frame of a capture may claim to be than it was there, milliseconds.
    pub max_ahead_ms: f64,
    /// Farthest that the face may go from one frame to the next, its widths.
    pub max_face_jump: f64,
    /// Largest distance between the embeddings of two frames.
    pub max_face_change: f64,
    /// Likeness to a flat picture from which a person looks, 0 to 1.
    pub max_flatness: f64,
    /// Share of repeated frames from which a person looks, 0 to 1.
    pub max_repeated_frames: f64,
    /// Least correlation of the face's tint with the colours shown, from which on a person
    /// need not look, 0 to 1.
    pub min_light_following: f64,
    /// Share of the nose's tint at the sides of the face from which a person looks, 0 to 1.
    pub max_light_evenness: f64,
    /// Likelihood of a living face, as the operator's own network gives it, below which a
    /// person looks, 0 to 1. Unset, it does not count; set, there must be such a network.
    #[serde(default)]
    pub min_passive_liveness: Option<f64>,
    /// Which score of two faces these rates are held against.
    #[serde(default)]
    pub face_score: FaceScore,
}

/// Which score of two faces a policy goes by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FaceScore {
    /// The distance of the two.
    #[default]
    Plain,
    /// The distance against how close strangers come to either, where there is
    /// a cohort of them; the plain one where there is none.
    Normalised,
}

/// What a tier grants of a feature, by currency; without any currency it is granted in every
/// one and without a limit.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(transparent)]
pub struct Grant(pub BTreeMap<String, Money>);

/// How much of one currency, as decimal strings; a missing limit is none.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Money {
    /// Per calendar day of the policy's time zone.
    pub per_day: Option<Amount>,
    /// Per calendar month of it.
    pub per_month: Option<Amount>,
}
