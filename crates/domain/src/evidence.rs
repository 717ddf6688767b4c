//! What was seen, as facts: the only input of checks beside claims, date and
//! policy, and stored so that a decision can be replayed.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::document::{Country, DocumentType, Side};
use crate::field::{Field, Fields, Reading, Source};
use crate::liveness::LivenessEvidence;
use crate::trace::Trace;
use crate::uniqueness::{Blocklisted, Elsewhere, FaceSearch};

/// Which picture of a submission.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Slot {
    /// The document's portrait side.
    Front,
    /// The document's other side.
    Back,
    /// The person holding the document.
    Held,
    /// The person's face.
    Selfie,
}

/// A polygon in pixels of the upright source picture, origin top left.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Region(pub Vec<[f32; 2]>);

/// A quality that is measured on a picture's pixels: of the document, or in a selfie of the
/// main face. The unit stands with each; policy holds the limits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Quality {
    /// Blur of the print's edges in millimetres on the document: the standard
    /// deviation of a Gaussian as soft as they are, along rows or columns,
    /// whichever is more, less what the grid of pixels itself makes. A small
    /// sharp picture has as little as a large one.
    Blur,
    /// Share of something printed (a line's end, the portrait, a field that is
    /// always printed and was not read) that mirrored light hides, 0 to 1; light
    /// that hides nothing is 0.
    Glare,
    /// Share of the portrait's light and dark that is clipped away, each channel by
    /// what it gives to luminance; of a side without one, share of the whole document
    /// that is clipped to white; 0 to 1.
    Overexposure,
    /// Luminance of the document's light part, its paper: the 75th percentile,
    /// 0 to 255.
    Brightness,
    /// Darkening of the darkest printed part against the brightest, 0 to 1.
    Shadow,
    /// Median height of the printed characters, pixels of the picture; no more than
    /// what 2 mm of the document take, as the height of print of a few pixels cannot be
    /// told.
    TextHeight,
    /// Share of something printed that a thing lying over it hides, 0 to 1; as
    /// [`Quality::Glare`].
    Occlusion,
    /// How far the document's colours lie from its commonest tint, levels, at
    /// the 90th percentile, as in good light; a grey copy has almost 0.
    Colour,
    /// Doubt in a printed field of this side over which a stamp or a watermark
    /// lies, 0 to 1: 1 where it was not read, else what is missing to full
    /// confidence; 0 where it is proven by a zone or by its check digit, and
    /// where no stamp lies on anything that must be read.
    Stamp,
    /// Luminance of the lightest twentieth of the face, 0 to 255: where the skin shines and
    /// the eyes are white. In good light dark skin has lights too.
    FaceLight,
    /// Share of the face's light and dark that is clipped to white, each channel by what it
    /// gives to luminance, 0 to 1.
    FaceOverexposure,
    /// How much darker one side of the face is than the other, over the same parts of both,
    /// 0 to 1.
    FaceUnevenness,
    /// How much of what changes over six pixels of the face, at 50 between the eyes, changes
    /// over two, in the direction in which it is least: a third where all is smooth, about
    /// 0.4 of a sharp face.
    FaceSharpness,
    /// How far the less open eye is open, eye distances: the height of what is dark between
    /// its lids, corrected by where it lies and by the mesh; about 0.17 open, 0.08 closed.
    EyeOpening,
    /// How far the brow looks like one under a hat, 0 free to 1 covered.
    HatCover,
    /// How far an eye looks like one behind dark or mirroring glasses, 0 to 1.
    GlassesCover,
    /// How far nose and mouth look like those under a mask, 0 to 1.
    MaskCover,
    /// How far the mouth looks like one under a hand, 0 to 1.
    HandCover,
    /// How far an eye looks like one under hair, 0 to 1.
    HairCover,
}

/// One measured quality.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Measurement {
    /// What was measured.
    pub quality: Quality,
    /// The value, in the unit of its [`Quality`].
    pub value: f64,
    /// Where, when it is not the whole document or face.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub region: Option<Region>,
    /// The field that it hides, when one is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub field: Option<Field>,
}

/// A machine-readable zone that was read.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MrzEvidence {
    /// `TD1`, `TD2`, `TD3`, `MRV-A`, `MRV-B` or `EEP`.
    pub format: String,
    /// The lines as read.
    pub lines: Vec<String>,
    /// Whether every check digit that the format has holds.
    pub check_digits_ok: bool,
    /// Whether a character was corrected because grammar and check digits
    /// prove it.
    pub repaired: bool,
    /// The fields in it.
    pub fields: Fields,
}

/// Why a document is a specimen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SpecimenSign {
    /// It bears the word SPECIMEN or 样本.
    Marked,
    /// Its issuer or number cannot exist.
    ImpossibleNumber,
}

/// A document seen in a picture.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SeenDocument {
    /// What it is.
    pub document_type: DocumentType,
    /// Who issued it, when that could be told.
    pub country: Option<Country>,
    /// Which side, when that could be told.
    pub side: Option<Side>,
    /// Confidence in type, country and side, 0 to 1.
    pub score: f32,
    /// Its outline: four corners, tl tr br bl of the document as printed.
    pub outline: Region,
    /// How many of the four corners lie inside the picture.
    pub corners_inside: u8,
    /// How many other documents the same picture shows.
    #[serde(default)]
    pub others: u8,
    /// Fields read from the printed zone.
    pub printed: Fields,
    /// The machine-readable zone, when there is one.
    pub mrz: Option<MrzEvidence>,
    /// What a barcode says, when there is one that was read whole.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub barcode: Option<Fields>,
    /// Set when the document is a specimen.
    pub specimen: Option<SpecimenSign>,
}

/// Whether a document in the hand is the one whose sides were read: a number and the birth
/// date are on both, and no number or date differs. With less, the page of one would lend
/// what it says to another.
fn same_document(sides: &Fields, held: &Fields) -> bool {
    let both = |field| sides.value(field).zip(held.value(field));
    let numbers = [Field::DocumentNumber, Field::NationalIdNumber];
    let told = |field: &Field| both(*field).is_some();
    let agrees = |field: &Field| both(*field).is_none_or(|(one, other)| one == other);
    let days = [Field::BirthDate, Field::IssueDate, Field::ExpiryDate];
    numbers.iter().any(told) && told(&Field::BirthDate) && numbers.iter().chain(&days).all(agrees)
}

/// Whether an end of validity that is printed as never coming is what a zone writes so: with two
/// figures of the year, 99.
fn is_without_end(field: Field, printed: Option<&str>, coded: &str) -> bool {
    field == Field::ExpiryDate && printed == Some("long_term") && coded.get(2..4) == Some("99")
}

/// How much a reading weighs against another of the same field.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Standing {
    /// In a zone whose check digits do not hold: at least one character is misread.
    Doubtful,
    /// Read from print.
    Printed,
    /// In a zone whose check digits hold, or in a barcode.
    Proven,
}

impl SeenDocument {
    /// How much one of its own [`fields`](Self::fields) weighs.
    fn standing(&self, reading: &Reading) -> Standing {
        match reading.source {
            Source::Barcode => Standing::Proven,
            Source::Mrz if self.mrz.as_ref().is_some_and(|mrz| mrz.check_digits_ok) => {
                Standing::Proven
            }
            Source::Mrz => Standing::Doubtful,
            Source::Printed | Source::Derived => Standing::Printed,
        }
    }

    /// Whether one of its own [`fields`](Self::fields) can contradict: proven by the check digits
    /// of its zone or by a barcode, or print of at least `certain` confidence.
    pub(crate) fn is_certain(&self, reading: &Reading, certain: f64) -> bool {
        match self.standing(reading) {
            Standing::Proven => true,
            Standing::Printed => f64::from(reading.confidence) >= certain,
            Standing::Doubtful => false,
        }
    }

    /// One value a field: the machine-readable zone where its check digits
    /// hold, a barcode, which corrects its own errors, else the printed zone;
    /// names from the printed zone, which keeps letters beyond ASCII, when both
    /// agree on who it is.
    pub fn fields(&self) -> Fields {
        let mut merged = self.printed.clone();
        let barcode = self.barcode.iter().map(|fields| (fields, true));
        let mrz = self.mrz.iter().map(|mrz| (&mrz.fields, mrz.check_digits_ok));
        for (coded, proven) in barcode.chain(mrz) {
            for (field, reading) in &coded.0 {
                let name = matches!(field, Field::Surname | Field::GivenNames | Field::FullName);
                let printed = merged.0.contains_key(field);
                let endless = is_without_end(*field, merged.value(*field), &reading.value);
                if !printed || (proven && !name && !endless) {
                    merged.0.insert(*field, reading.clone());
                }
            }
        }
        merged
    }
}

/// A face seen in a picture, the main one first.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SeenFace {
    /// Left, top, width, height in pixels.
    pub bounds: [f32; 4],
    /// Distance between the eye centres, pixels.
    pub eye_distance: f32,
    /// Confidence that it is a face, 0 to 1.
    pub score: f32,
    /// Turn of the head to its left, degrees.
    pub yaw: f32,
    /// Nod upwards, degrees.
    pub pitch: f32,
    /// Tilt clockwise, degrees.
    pub roll: f32,
    /// Edge sharpness of the face: mean difference of neighbouring pixels over the standard
    /// deviation of all, on the face at 128 pixels; about 0.1 for a sharp picture.
    pub sharpness: f32,
    /// Mean luminance of the face, 0 to 255.
    pub brightness: f32,
}

/// What one picture shows.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PictureEvidence {
    /// Width of the upright picture, pixels.
    pub width: u32,
    /// Height of the upright picture, pixels.
    pub height: u32,
    /// The editing program that the file's metadata names, when it names one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub edited_with: Option<String>,
    /// The document, when one was found.
    pub document: Option<SeenDocument>,
    /// What was measured on it; in a selfie, on the main face.
    pub quality: Vec<Measurement>,
    /// Traces of forgery that were looked for, with how strong each is.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub traces: Vec<Trace>,
    /// The faces, the main one first; on a document the portrait first; in a hand-held
    /// picture the person, then what the document shows.
    pub faces: Vec<SeenFace>,
}

/// How alike the portrait and the selfie are.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FaceMatch {
    /// Euclidean distance of the joined embeddings.
    pub distance: f64,
    /// The rate at which two different people come this close, by measured
    /// population.
    pub false_accept_rate: BTreeMap<String, f64>,
    /// The same against how close strangers come to either face, where there is
    /// a cohort of strangers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub normalised: Option<NormalisedMatch>,
}

/// How alike two faces are against how alike a cohort of strangers is to either.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NormalisedMatch {
    /// The cohort's id, a SHA-256.
    pub cohort: String,
    /// The distance that is normalised.
    pub distance: f64,
    /// How close the cohort comes to the one face and to the other.
    pub strangers: [Strangers; 2],
    /// The mean of (distance − mean) / deviation over both faces.
    pub score: f64,
    /// The rate at which two different people score this low, by measured
    /// population.
    pub false_accept_rate: BTreeMap<String, f64>,
}

/// Distances between one face and the nearest people of a cohort.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Strangers {
    /// Their mean.
    pub mean: f64,
    /// Their standard deviation.
    pub deviation: f64,
}

/// The picture with the document in hand against the other pictures.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HeldMatch {
    /// The person against the one in the live capture, else in the selfie; without either
    /// against the portrait in the document's own picture.
    pub person: Option<FaceMatch>,
    /// The portrait on the document in hand against the one in its own picture.
    pub portrait: Option<FaceMatch>,
}

/// Everything that was seen of one submission, and with what.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Evidence {
    /// What each picture shows.
    pub pictures: BTreeMap<Slot, PictureEvidence>,
    /// Portrait against selfie, when both had a face.
    pub face_match: Option<FaceMatch>,
    /// The hand-held picture against the others, when there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub held_match: Option<HeldMatch>,
    /// The live capture, when there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub liveness: Option<LivenessEvidence>,
    /// What other accounts have of it, where that was looked up.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub elsewhere: Option<Elsewhere>,
    /// The search of the face among those of other accounts, where it was made.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub face_search: Option<FaceSearch>,
    /// What the blocklist has of it, where that was looked up.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub blocklisted: Option<Blocklisted>,
    /// SHA-256 of each model that was run, by role.
    pub models: BTreeMap<String, String>,
    /// SHA-256 of the calibration of the face scores.
    pub calibration: Option<String>,
}

impl Evidence {
    /// The document in `slot`, when one was found there.
    pub fn document(&self, slot: Slot) -> Option<&SeenDocument> {
        self.pictures.get(&slot)?.document.as_ref()
    }

    /// One value a field over both sides: proven before printed, printed before doubtful, of
    /// equals the front's; what neither says as the document in the person's hand says it, when
    /// that is this one.
    pub(crate) fn fields(&self) -> Fields {
        let mut merged = self.fields_of_sides();
        if let Some(held) = self.document(Slot::Held).map(SeenDocument::fields)
            && same_document(&merged, &held)
        {
            for (field, reading) in held.0 {
                merged.0.entry(field).or_insert(reading);
            }
        }
        merged
    }

    /// One value a field over both sides as their own pictures show them.
    pub(crate) fn fields_of_sides(&self) -> Fields {
        let mut merged: BTreeMap<Field, (Standing, Reading)> = BTreeMap::new();
        for document in [Slot::Front, Slot::Back].into_iter().filter_map(|at| self.document(at)) {
            for (field, reading) in document.fields().0 {
                let standing = document.standing(&reading);
                let weighs_more = |(before, other): &(Standing, Reading)| {
                    standing > *before && !is_without_end(field, Some(&other.value), &reading.value)
                };
                if merged.get(&field).is_none_or(weighs_more) {
                    merged.insert(field, (standing, reading));
                }
            }
        }
        Fields(merged.into_iter().map(|(field, (_, reading))| (field, reading)).collect())
    }

    /// The document as both sides together tell what it is: what the front leaves open, its
    /// back says. Cards print their title where they like. A front that is known to be of another
    /// type stays that.
    pub fn seen_document(&self) -> Option<SeenDocument> {
        let mut document = self.document(Slot::Front)?.clone();
        let Some(back) = self.document(Slot::Back) else { return Some(document) };
        let untold = document.document_type == DocumentType::Other && document.score <= 0.0;
        if untold {
            document.document_type = back.document_type;
            document.score = back.score;
        }
        document.country = document.country.or_else(|| back.country.clone());
        Some(document)
    }

    /// Whether one of [`fields`](Self::fields) can contradict, as
    /// [`SeenDocument::is_certain`] says of the picture that it was read in.
    pub(crate) fn is_certain(&self, reading: &Reading, certain: f64) -> bool {
        let documents = self.pictures.values().filter_map(|picture| picture.document.as_ref());
        documents
            .filter(|document| document.fields().0.values().any(|own| own == reading))
            .any(|document| document.is_certain(reading, certain))
    }

    /// What a barcode on either side says.
    pub fn barcode(&self) -> Option<&Fields> {
        [Slot::Front, Slot::Back].into_iter().find_map(|slot| self.document(slot)?.barcode.as_ref())
    }

    /// The machine-readable zone of either side, the one that holds first.
    pub fn mrz(&self) -> Option<&MrzEvidence> {
        let zones = [Slot::Front, Slot::Back].into_iter();
        zones
            .filter_map(|slot| self.document(slot)?.mrz.as_ref())
            .min_by_key(|mrz| !mrz.check_digits_ok)
    }
}
