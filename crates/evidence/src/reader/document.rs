//! One picture of a document.

use domain::document::{DocumentType, Side};
use domain::evidence::{Measurement, PictureEvidence, Region, SeenDocument};
use domain::trace::{Trace, TraceKind};
use image::RgbImage;
use imaging::DecodedImage;
use imaging::geometry::{Homography, Quad, Rect};
use inference::InferenceError;
use jiff::civil::Date;
use vision::document::LocatedDocument;
use vision::face::FaceObservation;

use super::face::bounds_of;
use super::outline::Outlined;
use super::text::{Reading, Text, flat_view, longer_side};
use super::zone::facts;
use super::{Observed, ObservedFace, Reader, barcode, editor};
use crate::authenticity;
use crate::page::Page;
use crate::quality::{self, Subject};
use crate::stages::Stages;

/// A document's second portrait is at most this much of the first one's width: they are printed
/// a quarter to a half as large. A larger face is another document's, or a loose photograph.
const SECOND: f32 = 0.7;
/// Pixels along the longer side of the upright document in which the portrait
/// is looked for: a portrait a fifth of a card wide then has 320.
const UPRIGHT_SIDE: f32 = 1600.0;

impl Reader {
    /// Reads one side of a document: text, machine-readable zone, fields,
    /// outline, portrait.
    ///
    /// # Errors
    /// When a model cannot run; never for what the picture shows.
    pub fn document(
        &self,
        picture: &DecodedImage,
        as_of: Date,
    ) -> Result<Observed, InferenceError> {
        let mut stages = Stages::default();
        let rgb = picture.rgb();
        let found = stages.time("outline", || self.documents.find(rgb))?;
        let place = found.first().map(LocatedDocument::quad);
        let Text { lines, reading } = self.side(rgb, &found, as_of, &mut stages)?;
        let mut outlined =
            Outlined::choose(&found, &lines, reading.zone.as_ref().map(|zone| &zone.quad));
        let outline = outlined.quad();
        let whole = Rect::new(0.0, 0.0, rgb.width() as f32, rgb.height() as f32).quad();
        // A face beside the document is not its portrait: anybody can lay a photograph there.
        let on_it = outline.unwrap_or_else(|| whole.turned(lines.quarter_turns()));
        let faces = self.faces_in(rgb, &on_it, &mut stages)?;
        if outline.is_none() && faces.as_ref().is_some_and(FacesInView::shows_two_portraits) {
            outlined.others = outlined.others.saturating_add(1);
        }
        let portrait = faces.as_ref().map(FacesInView::first);
        let reading = with_barcode(reading, (rgb, place), portrait.is_some(), &mut stages);
        let document = seen(&reading, &outlined, rgb, portrait.is_some());
        let page = Page::from(&lines);
        let lines: Vec<_> =
            lines.lines().iter().map(|line| (*line.quad(), line.text().to_owned())).collect();
        let coded = reading.zone.as_ref().map(facts).filter(|zone| zone.check_digits_ok);
        let places = [outline, quality::around(&page, portrait)];
        let subject = Subject {
            picture: rgb,
            place: places.into_iter().flatten().next().unwrap_or(whole),
            outlined: outline.is_some(),
            lines: &lines,
            portrait,
            printed: &reading.printed,
            coded: coded.as_ref().map(|zone| &zone.fields),
            known: reading.kind.known(),
            side: document.as_ref().and_then(|document| document.side),
        };
        let (faces, (quality, mut traces)) = stages.side_by_side(
            |stages| self.with_vectors(faces, stages),
            |stages| measured(&subject, stages),
        );
        let faces = faces?;
        traces.extend(self.ghost(&faces));
        let evidence = PictureEvidence {
            width: picture.width(),
            height: picture.height(),
            edited_with: editor(picture),
            document,
            quality,
            traces,
            faces: faces.iter().map(ObservedFace::fact).collect(),
        };
        let zone = reading.zone.map(|zone| zone.quad);
        Ok(Observed { evidence, take: 0, outline, lines, zone, faces, stages })
    }

    /// The text on the side that the first of `outlines` shows, read closer where it says little
    /// or may be cut, if that says no less. Beside another document it is not cut off: its print
    /// tells that there are two.
    fn side(
        &self,
        rgb: &RgbImage,
        outlines: &[LocatedDocument],
        as_of: Date,
        stages: &mut Stages,
    ) -> Result<Text, InferenceError> {
        let text = self.text(rgb, as_of, stages)?;
        let alone = outlines.len() == 1;
        let hidden = |on: &&LocatedDocument| text.says_little() || alone && text.may_be_cut(on);
        let Some(on) = outlines.first().filter(hidden) else { return Ok(text) };
        let closer = self.closer(rgb, on.quad(), as_of, stages)?;
        Ok(closer.filter(|closer| closer.says_no_less_than(&text)).unwrap_or(text))
    }

    /// How unlike the portrait and the second face are: a second portrait shows the same person,
    /// and a photograph laid beside the portrait another.
    fn ghost(&self, faces: &[ObservedFace]) -> Option<Trace> {
        let [first, second, ..] = faces else { return None };
        let compared = self.compare(first.embedding.as_ref()?, second.embedding.as_ref()?);
        let corners = second.bounds.quad().0.map(<[f32; 2]>::from);
        Some(Trace {
            kind: TraceKind::GhostDistance,
            value: compared.distance,
            region: Some(Region(corners.to_vec())),
        })
    }

    /// The faces in an upright view of `place`; `None` where it shows none.
    pub(super) fn faces_in(
        &self,
        rgb: &RgbImage,
        place: &Quad,
        stages: &mut Stages,
    ) -> Result<Option<FacesInView>, InferenceError> {
        let side = longer_side(place).min(UPRIGHT_SIDE);
        let Some((upright, to_picture)) = flat_view(rgb, place, side) else { return Ok(None) };
        let found = stages.time("face_detection", || self.faces.find_portrait(&upright))?;
        Ok((!found.is_empty()).then_some(FacesInView { upright, to_picture, found }))
    }

    /// The faces of a view, the first two with their vectors.
    pub(super) fn with_vectors(
        &self,
        faces: Option<FacesInView>,
        stages: &mut Stages,
    ) -> Result<Vec<ObservedFace>, InferenceError> {
        let Some(FacesInView { upright, to_picture, found }) = faces else {
            return Ok(Vec::new());
        };
        let mut faces = Vec::with_capacity(found.len());
        for (index, observation) in found.into_iter().enumerate() {
            let embedding = if index < 2 {
                let embed = || self.embedder.embed(&upright, &observation);
                Some(stages.time("face_embedding", embed)?)
            } else {
                None
            };
            faces.push(ObservedFace::of(observation, embedding, |point| to_picture.apply(point)));
        }
        Ok(faces)
    }
}

/// One face or more in an upright view of a document, not yet turned into vectors.
pub(super) struct FacesInView {
    upright: RgbImage,
    to_picture: Homography,
    /// The portrait first; never empty.
    found: Vec<FaceObservation>,
}

impl FacesInView {
    /// The box around the first one, in pixels of the picture.
    fn first(&self) -> Rect {
        bounds_of(&self.found[0], |point| self.to_picture.apply(point))
    }

    /// Whether two faces are as large as portraits: more than one document has.
    fn shows_two_portraits(&self) -> bool {
        let [first, second, ..] = self.found.as_slice() else { return false };
        second.bounds.width > SECOND * first.bounds.width
    }
}

/// How good the picture is, and what in it may be forged.
fn measured(subject: &Subject, stages: &mut Stages) -> (Vec<Measurement>, Vec<Trace>) {
    stages.side_by_side(
        |stages| stages.time("quality", || quality::measure(subject)),
        |stages| stages.time("authenticity", || authenticity::traces(subject)),
    )
}

/// The same with what a barcode says, on a side that may bear one.
fn with_barcode(
    reading: Reading,
    (rgb, place): (&RgbImage, Option<&Quad>),
    portrait: bool,
    stages: &mut Stages,
) -> Reading {
    if !reading.may_bear_a_barcode(portrait) {
        return reading;
    }
    match stages.time("barcode", || barcode::licence(rgb, place)) {
        Some(licence) => reading.with(licence),
        None => reading,
    }
}

/// The side that its text leaves open: a portrait makes a front; a zone of
/// format TD1 without one stands on a back (ICAO Doc 9303-5).
fn side(reading: &Reading, portrait: bool) -> Option<Side> {
    if portrait { Some(Side::Front) } else { reading.has_td1_zone().then_some(Side::Back) }
}

/// The document as a fact; `None` when the picture shows neither an outline
/// nor anything that a document bears.
pub(super) fn seen(
    reading: &Reading,
    outlined: &Outlined,
    picture: &RgbImage,
    portrait: bool,
) -> Option<SeenDocument> {
    let nothing = reading.kind.document_type == DocumentType::Other
        && reading.zone.is_none()
        && reading.printed.is_empty();
    if nothing && outlined.document.is_none() {
        return None;
    }
    let whole = Rect::new(0.0, 0.0, picture.width() as f32, picture.height() as f32).quad();
    let corners = outlined.quad().unwrap_or(whole).0;
    Some(SeenDocument {
        document_type: reading.kind.document_type,
        country: reading.kind.country.clone(),
        side: reading.kind.side.or_else(|| side(reading, portrait)),
        score: reading.kind.score,
        outline: Region(corners.iter().map(|corner| (*corner).into()).collect()),
        // Print without an outline fills the picture.
        corners_inside: outlined.document.map_or(4, |document| document.corners_inside()),
        others: outlined.others,
        printed: reading.printed.clone(),
        mrz: reading.zone.as_ref().map(facts),
        barcode: reading.barcode.clone(),
        specimen: reading.specimen,
    })
}
