//! A face before the camera: what to do before its picture is taken.

use std::sync::Arc;

use domain::check::{self, CheckKind};
use domain::evidence::{PictureEvidence, Region};
use domain::policy::{Duty, TierPolicy};
use domain::reason::{Disposition, Reason};
use imaging::DecodedImage;
use imaging::resize::{Filter, fit_within};
use inference::{InferenceError, LoadError, Models};
use vision::face::{FaceFinder, FaceObservation, FaceParams};

use super::{Preview, SIDE};
use crate::reader::ObservedFace;
use crate::selfie;
use crate::stages::Stages;

/// What can be mended, the most useful first. Light spoils all else. Of a small or turned face
/// neither what covers it nor how sharp it is can be told. Where no face is found, a cover or
/// the light may tell why, and that is said before that there is none; eyes and sharpness of
/// what may be no face at all are not.
const ORDER: [CheckKind; 10] = [
    CheckKind::SelfieLight,
    CheckKind::SelfieExposure,
    CheckKind::SelfieAlone,
    CheckKind::SelfieSize,
    CheckKind::SelfieFrontal,
    CheckKind::SelfieUncovered,
    CheckKind::SelfieFace,
    CheckKind::SelfieEven,
    CheckKind::SelfieEyesOpen,
    CheckKind::SelfieSharp,
];

/// What can be mended in a picture with the document in hand: the rest is the selfie's to show.
/// Whether it is the document that is held beside the face is for the upload to tell.
const HELD: [CheckKind; 3] =
    [CheckKind::SelfieLight, CheckKind::SelfieExposure, CheckKind::SelfieFace];

/// Judges frames of a face.
pub struct FacePreviewer {
    faces: Arc<FaceFinder>,
}

impl FacePreviewer {
    /// On the stage that finds faces.
    pub fn new(faces: Arc<FaceFinder>) -> Self {
        Self { faces }
    }

    /// With the installed models.
    ///
    /// # Errors
    /// When a model is not installed or will not load.
    pub fn from_models(models: &impl Models) -> Result<Self, LoadError> {
        Ok(Self::new(Arc::new(FaceFinder::from_models(models, FaceParams::default())?)))
    }

    /// Judges `frame` of a selfie by the limits of `tier`; `shrunk` as for documents.
    ///
    /// # Errors
    /// When a model cannot run; never for what the frame shows.
    pub fn judge(
        &self,
        frame: &DecodedImage,
        shrunk: f32,
        tier: &TierPolicy,
    ) -> Result<Preview, InferenceError> {
        self.preview(frame, shrunk, tier, &ORDER)
    }

    /// The same of somebody who holds their document.
    ///
    /// # Errors
    /// As [`FacePreviewer::judge`].
    pub fn judge_held(
        &self,
        frame: &DecodedImage,
        shrunk: f32,
        tier: &TierPolicy,
    ) -> Result<Preview, InferenceError> {
        self.preview(frame, shrunk, tier, &HELD)
    }

    /// What of `order` is wrong with `frame`.
    fn preview(
        &self,
        frame: &DecodedImage,
        shrunk: f32,
        tier: &TierPolicy,
        order: &[CheckKind],
    ) -> Result<Preview, InferenceError> {
        let mut stages = Stages::default();
        let working = fit_within(frame.rgb(), SIDE, Filter::Area);
        let pixels = &*working.image;
        let found = stages.time("face_detection", || self.faces.find_near(pixels))?;
        let measure = || selfie::measurements(pixels, &self.faces, found.first());
        let quality = stages.time("face_quality", measure)?;
        let to_frame = |point| working.to_source(point);
        let observed = |face: FaceObservation| ObservedFace::of(face, None, to_frame);
        let faces: Vec<ObservedFace> = found.into_iter().map(observed).collect();
        let mut picture = selfie::facts(frame, quality, &faces);
        for face in &mut picture.faces {
            face.eye_distance *= shrunk;
        }
        for measured in &mut picture.quality {
            measured.region = measured.region.take().map(|region| {
                Region(region.0.into_iter().map(|at| to_frame(at.into()).into()).collect())
            });
        }
        let corners = faces.first().map(|face| face.bounds.quad().0);
        let outline = corners.map(|corners| Region(corners.map(Into::into).to_vec()));
        Ok(Preview { outline, hints: hints(&picture, tier, order), stages })
    }
}

/// Why the checks that `tier` asks for would not let the selfie pass, the reason that is most
/// useful to the person first. What only a person can tell, such as whether narrow eyes are
/// open, is no hint: nobody could mend it.
fn hints(picture: &PictureEvidence, tier: &TierPolicy, order: &[CheckKind]) -> Vec<Reason> {
    let findings = check::of_selfie(picture, tier);
    let wanted = order.iter().filter(|kind| tier.duty(**kind) != Duty::Off);
    let of_kind = |wanted: &CheckKind| {
        let wanted = *wanted;
        findings.iter().filter(move |(kind, _)| *kind == wanted)
    };
    let reasons = wanted.flat_map(of_kind).filter_map(|(_, finding)| finding.outcome.reason());
    reasons.filter(|reason| tier.disposition(reason) != Disposition::Review).cloned().collect()
}

#[cfg(test)]
mod tests {
    use domain::evidence::{Measurement, Quality, SeenFace};
    use domain::policy::Policy;
    use domain::reason::{Audience, Code};

    use super::*;

    fn tier() -> TierPolicy {
        let policy = Policy::parse(include_str!("../../../../policies/exchange.toml")).unwrap();
        policy.tier(Some("L2")).unwrap().clone()
    }

    fn face() -> SeenFace {
        SeenFace {
            bounds: [200.0, 100.0, 240.0, 300.0],
            eye_distance: 400.0,
            score: 0.9,
            yaw: 0.0,
            pitch: 0.0,
            roll: 0.0,
            sharpness: 1.0,
            brightness: 128.0,
        }
    }

    /// The hints of a picture with `faces` in which these were measured.
    fn told(faces: Vec<SeenFace>, measured: &[(Quality, f64)]) -> Vec<Code> {
        let quality = measured.iter().map(|(quality, value)| Measurement {
            quality: *quality,
            value: *value,
            region: None,
            field: None,
        });
        let picture = PictureEvidence {
            width: 640,
            height: 480,
            edited_with: None,
            document: None,
            quality: quality.collect(),
            traces: Vec::new(),
            faces,
        };
        hints(&picture, &tier(), &ORDER).iter().map(|hint| hint.code).collect()
    }

    type Case<'a> = (&'a str, Vec<SeenFace>, &'a [(Quality, f64)], Option<Code>);

    #[test]
    fn the_first_hint_is_what_the_person_has_to_do_next() {
        let dark = (Quality::FaceLight, 30.0);
        let soft = (Quality::FaceSharpness, 0.33);
        let masked = (Quality::MaskCover, 1.0);
        let cases: [Case; 9] = [
            ("nothing is wrong", vec![face()], &[], None),
            ("nobody", vec![], &[], Some(Code::FaceNotFound)),
            ("nobody to be seen in the dark", vec![], &[dark], Some(Code::FaceTooDark)),
            ("hidden by a mask", vec![], &[masked, soft], Some(Code::FaceOccluded)),
            ("what may be no face is not sharp", vec![], &[soft], Some(Code::FaceNotFound)),
            ("dark and not sharp", vec![face()], &[soft, dark], Some(Code::FaceTooDark)),
            ("two people", vec![face(), face()], &[soft], Some(Code::FaceMultiple)),
            (
                "turned, so that a cover cannot be told",
                vec![SeenFace { yaw: 50.0, ..face() }],
                &[masked],
                Some(Code::FaceNotFrontal),
            ),
            (
                "far away",
                vec![SeenFace { eye_distance: 20.0, ..face() }],
                &[soft],
                Some(Code::FaceTooSmall),
            ),
        ];
        for (name, faces, measured, code) in cases {
            assert_eq!(told(faces, measured).first().copied(), code, "{name}");
        }
    }

    #[test]
    fn what_only_a_person_can_tell_is_no_hint() {
        let limits = tier().limits;
        let narrow = f64::midpoint(limits.min_eye_opening, limits.sure_eye_opening);
        assert_eq!(told(vec![face()], &[(Quality::EyeOpening, narrow)]), []);
        let closed = limits.min_eye_opening / 2.0;
        assert_eq!(told(vec![face()], &[(Quality::EyeOpening, closed)]), [Code::FaceEyesClosed]);
    }

    #[test]
    fn a_hint_is_for_the_person_and_never_about_authenticity() {
        let all = [
            (Quality::FaceLight, 0.0),
            (Quality::FaceOverexposure, 1.0),
            (Quality::FaceUnevenness, 1.0),
            (Quality::FaceSharpness, 0.0),
            (Quality::EyeOpening, 0.0),
            (Quality::HandCover, 1.0),
        ];
        let turned = SeenFace { yaw: 90.0, eye_distance: 1.0, ..face() };
        let codes = told(vec![turned, face()], &all);
        assert_eq!(codes.len(), 9, "{codes:?}");
        assert!(codes.iter().all(|code| code.audience() == Audience::Applicant), "{codes:?}");
    }
}
