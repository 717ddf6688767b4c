//! One frame of a camera, judged while the person still holds it: what to do
//! before the picture is taken.
//!
//! Nothing is read, and no face is turned into a vector. The document's outline is found, its pixels are measured and
//! held against the limits that decide about the picture later, so what the
//! camera asks for is what the decision wants. A preview speaks of the picture
//! only, never of the document or its holder.

use domain::check::{self, CheckKind};
use domain::document::DocumentType;
use domain::evidence::{Measurement, PictureEvidence, Quality, Region, SeenDocument};
use domain::field::Fields;
use domain::policy::{Duty, TierPolicy};
use domain::reason::Reason;
use image::RgbImage;
use imaging::quality::levels::{self, Histogram};
use imaging::resize::{Filter, fit_within};
use imaging::{DecodedImage, Point};
use inference::{InferenceError, LoadError, Models, Role};
use vision::document::{DocumentFinder, LocatedDocument, OutlineParams};

use crate::quality;
use crate::stages::Stages;

mod face;

pub use face::FacePreviewer;

/// A larger frame is judged at this size: pixels along the longer side.
const SIDE: u32 = 640;

/// A corner this near to the border of the frame is at it, pixels: edges are found to
/// one.
const BORDER: f32 = 1.0;

/// Another document has at least this share of the largest one's area: a card
/// beside an open passport has 0.42, less where it lies farther away.
const OTHER: f32 = 0.2;

/// What can be mended at the camera, the most useful first: in too little or too much
/// light nothing else can be told, and there is no use in holding still what is not
/// the one document, whole and near enough. An empty frame may be dark because a
/// table is black, so a document is asked for before light; of 16 dark
/// photographs of specimens none lost its document.
const ORDER: [CheckKind; 10] = [
    CheckKind::DocumentFound,
    CheckKind::DocumentLight,
    CheckKind::DocumentExposure,
    CheckKind::DocumentAlone,
    CheckKind::DocumentWhole,
    CheckKind::DocumentResolution,
    CheckKind::DocumentUncovered,
    CheckKind::DocumentGlare,
    CheckKind::DocumentShadow,
    CheckKind::DocumentSharp,
];

/// What one frame shows and what to do next.
#[derive(Debug, Clone)]
pub struct Preview {
    /// The outline of the largest document, four corners clockwise in pixels of
    /// the frame, outside of it where the document is cut; of a face the box around it.
    /// `None` without one.
    pub outline: Option<Region>,
    /// What to mend, the most useful first; regions are in pixels of the frame.
    pub hints: Vec<Reason>,
    /// How long each stage took.
    pub stages: Stages,
}

impl Preview {
    /// The one thing to tell the person now.
    pub fn hint(&self) -> Option<&Reason> {
        self.hints.first()
    }

    /// Whether an automatic shutter may take the picture: there is nothing left
    /// to mend.
    pub fn is_ready(&self) -> bool {
        self.hints.is_empty()
    }
}

/// Judges frames.
pub struct Previewer {
    documents: DocumentFinder,
}

impl Previewer {
    /// On the stage that finds outlines.
    pub fn new(documents: DocumentFinder) -> Self {
        Self { documents }
    }

    /// With the installed model.
    ///
    /// # Errors
    /// When the model is not installed or will not load.
    pub fn from_models(models: &impl Models) -> Result<Self, LoadError> {
        // One closer look: the next frame comes soon, and three would take too long.
        let params = OutlineParams { closer_looks: 1, ..OutlineParams::default() };
        let model = models.model(Role::DocumentOutline)?;
        Ok(Self::new(DocumentFinder::new(model, params)))
    }

    /// Judges `frame` by the limits of `tier`. One pixel of the frame is
    /// `shrunk` pixels of the picture that will be taken: 1 when the frame is
    /// itself the picture.
    ///
    /// # Errors
    /// When the model cannot run; never for what the frame shows.
    pub fn judge(
        &self,
        frame: &DecodedImage,
        shrunk: f32,
        tier: &TierPolicy,
    ) -> Result<Preview, InferenceError> {
        let mut stages = Stages::default();
        let working = fit_within(frame.rgb(), SIDE, Filter::Area);
        let pixels = &*working.image;
        let found = stages.time("outline", || self.documents.find(pixels))?;
        let shrunk = shrunk * frame.width() as f32 / pixels.width() as f32;
        let quality = stages.time("quality", || measured(pixels, found.first(), shrunk));
        let picture = PictureEvidence {
            width: pixels.width(),
            height: pixels.height(),
            edited_with: None,
            document: seen(&found, pixels),
            quality,
            traces: Vec::new(),
            faces: Vec::new(),
        };
        let to_frame = |region: &Region| {
            let point = |at: &[f32; 2]| working.to_source((*at).into()).into();
            Region(region.0.iter().map(point).collect())
        };
        let mut hints = hints(&picture, tier);
        for hint in &mut hints {
            hint.region = hint.region.as_ref().map(to_frame);
        }
        let outline = picture.document.map(|document| to_frame(&document.outline));
        Ok(Preview { outline, hints, stages })
    }
}

/// What can be told of `document`, or without one of the light.
fn measured(
    pixels: &RgbImage,
    document: Option<&LocatedDocument>,
    shrunk: f32,
) -> Vec<Measurement> {
    let Some(document) = document else { return light(pixels) };
    let mut measured = quality::glimpse(pixels, *document.quad());
    for measurement in measured.iter_mut().filter(|m| m.quality == Quality::TextHeight) {
        measurement.value *= f64::from(shrunk);
    }
    measured
}

/// The light in a frame without a document. It is too dark where not even its
/// lightest part is as light as paper has to be: a table may be black.
fn light(pixels: &RgbImage) -> Vec<Measurement> {
    let whole = |quality, value| Measurement { quality, value, region: None, field: None };
    let lightest = Histogram::of(pixels.pixels().map(levels::luminance)).percentile(0.995);
    vec![
        whole(Quality::Brightness, f64::from(lightest)),
        whole(Quality::Overexposure, f64::from(levels::clipped_share(pixels))),
    ]
}

/// The largest of `found` as a fact, of which nothing was read.
fn seen(found: &[LocatedDocument], pixels: &RgbImage) -> Option<SeenDocument> {
    let (document, others) = found.split_first()?;
    let corners = document.quad().0;
    let least = OTHER * document.quad().area();
    let others = others.iter().filter(|other| other.quad().area() >= least).count();
    Some(SeenDocument {
        document_type: DocumentType::Other,
        country: None,
        side: None,
        score: document.score(),
        outline: Region(corners.iter().map(|corner| (*corner).into()).collect()),
        corners_inside: corners_inside(document, pixels),
        others: u8::try_from(others).unwrap_or(u8::MAX),
        printed: Fields::default(),
        mrz: None,
        barcode: None,
        specimen: None,
    })
}

/// How many corners lie in the frame. A corner at its very border is cut: only of
/// a picture that was cropped, which a frame is not, may it be the document's.
fn corners_inside(document: &LocatedDocument, pixels: &RgbImage) -> u8 {
    let (width, height) = (pixels.width() as f32, pixels.height() as f32);
    let (left, right) = (BORDER, width - BORDER);
    let (top, bottom) = (BORDER, height - BORDER);
    let inside =
        |corner: &&Point| (left..=right).contains(&corner.x) && (top..=bottom).contains(&corner.y);
    document.quad().0.iter().filter(inside).count() as u8
}

/// Why the checks that `tier` asks for would not let the picture pass, the
/// reason that is most useful to the person first.
fn hints(picture: &PictureEvidence, tier: &TierPolicy) -> Vec<Reason> {
    let findings = check::of_picture(picture, tier);
    let wanted = ORDER.into_iter().filter(|kind| tier.duty(*kind) != Duty::Off);
    let of_kind = |wanted: CheckKind| findings.iter().filter(move |(kind, _)| *kind == wanted);
    wanted.flat_map(of_kind).filter_map(|(_, finding)| finding.outcome.reason()).cloned().collect()
}

#[cfg(test)]
mod tests;
