//! Is the picture of the face good enough to compare?

use crate::check::{CheckKind, Finding, Outcome};
use crate::detail::Detail;
use crate::evidence::{Measurement, PictureEvidence, Quality, Region, SeenFace};
use crate::policy::Limits;
use crate::reason::{Code, Disposition, Reason};

/// A quality of the face, the check that judges it, and the reason of its failure.
struct Rule {
    check: CheckKind,
    quality: Quality,
    code: Code,
    detail: Option<Detail>,
    band: fn(&Limits) -> Band,
}

/// Where a value is good and where it is bad; between the two a person looks.
enum Band {
    /// At most `sure` is good, more than `worst` is bad.
    Below { sure: f64, worst: f64 },
    /// At least `sure` is good, less than `worst` is bad.
    Above { sure: f64, worst: f64 },
}

const RULES: [Rule; 10] = [
    Rule {
        check: CheckKind::SelfieLight,
        quality: Quality::FaceLight,
        code: Code::FaceTooDark,
        detail: None,
        band: |l| Band::Above { sure: l.min_face_light, worst: l.min_face_light },
    },
    Rule {
        check: CheckKind::SelfieExposure,
        quality: Quality::FaceOverexposure,
        code: Code::FaceOverexposed,
        detail: None,
        band: |l| Band::Below { sure: l.max_face_overexposure, worst: l.max_face_overexposure },
    },
    Rule {
        check: CheckKind::SelfieEven,
        quality: Quality::FaceUnevenness,
        code: Code::FaceLightUneven,
        detail: None,
        band: |l| Band::Below { sure: l.max_face_unevenness, worst: l.max_face_unevenness },
    },
    Rule {
        check: CheckKind::SelfieSharp,
        quality: Quality::FaceSharpness,
        code: Code::FaceBlurred,
        detail: None,
        band: |l| Band::Above { sure: l.min_face_sharpness, worst: l.min_face_sharpness },
    },
    Rule {
        check: CheckKind::SelfieEyesOpen,
        quality: Quality::EyeOpening,
        code: Code::FaceEyesClosed,
        detail: None,
        band: |l| Band::Above { sure: l.sure_eye_opening, worst: l.min_eye_opening },
    },
    covered(Quality::HatCover, Detail::Hat),
    covered(Quality::GlassesCover, Detail::Glasses),
    covered(Quality::MaskCover, Detail::Mask),
    covered(Quality::HandCover, Detail::Hand),
    covered(Quality::HairCover, Detail::Hair),
];

const fn covered(quality: Quality, by: Detail) -> Rule {
    Rule {
        check: CheckKind::SelfieUncovered,
        quality,
        code: Code::FaceOccluded,
        detail: Some(by),
        band: |l| Band::Below { sure: l.face_cover_doubt, worst: l.max_face_cover },
    }
}

/// What every check of quality finds on `picture`; what was not measured has no finding.
/// Where no face was found, what is wrong with the picture may tell why; what is in order says
/// nothing about a face.
pub(super) fn findings(picture: &PictureEvidence, limits: &Limits) -> Vec<(CheckKind, Finding)> {
    let face = picture.faces.first();
    let mut all: Vec<_> = RULES
        .iter()
        .flat_map(|rule| {
            let measured = picture.quality.iter().filter(|m| m.quality == rule.quality);
            measured.map(|m| (rule.check, rule.judge(m, face, limits)))
        })
        .filter(|(_, finding)| face.is_some() || finding.outcome.reason().is_some())
        .collect();
    let turns = face.into_iter().flat_map(|face| frontal(face, limits));
    all.extend(turns.map(|finding| (CheckKind::SelfieFrontal, finding)));
    all
}

impl Rule {
    /// Holds one measurement against its limits. A value that is no number fails.
    fn judge(&self, measured: &Measurement, face: Option<&SeenFace>, limits: &Limits) -> Finding {
        let value = measured.value;
        let (good, unsure, worst) = match (self.band)(limits) {
            Band::Below { sure, worst } => (value <= sure, value <= worst, worst),
            Band::Above { sure, worst } => (value >= sure, value >= worst, worst),
        };
        let reason = || {
            let region = measured.region.clone().or_else(|| face.map(bounds));
            let reason = Reason::new(self.code).measured(value, worst).region(region);
            match self.detail {
                Some(detail) => reason.detail(detail),
                None => reason,
            }
        };
        let outcome = if good {
            Outcome::Pass
        } else if unsure {
            Outcome::Inconclusive(reason().asking(Disposition::Review))
        } else {
            Outcome::Fail(reason())
        };
        Finding::of(outcome).measured(value, worst)
    }
}

/// One finding for each way in which a head turns.
fn frontal<'a>(face: &'a SeenFace, limits: &Limits) -> impl Iterator<Item = Finding> + use<'a> {
    let turns =
        [(face.yaw, limits.max_yaw), (face.pitch, limits.max_pitch), (face.roll, limits.max_roll)];
    turns.into_iter().map(|(turn, limit)| {
        let value = f64::from(turn.abs());
        let outcome = if value <= limit {
            Outcome::Pass
        } else {
            let reason = Reason::new(Code::FaceNotFrontal).measured(value, limit);
            Outcome::Fail(reason.region(Some(bounds(face))))
        };
        Finding::of(outcome).measured(value, limit)
    })
}

fn bounds(face: &SeenFace) -> Region {
    let [x, y, w, h] = face.bounds;
    Region(vec![[x, y], [x + w, y], [x + w, y + h], [x, y + h]])
}
