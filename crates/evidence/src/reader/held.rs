//! A person with a document in the hand.

use domain::evidence::{HeldMatch, PictureEvidence};
use image::RgbImage;
use imaging::DecodedImage;
use imaging::geometry::Quad;
use inference::InferenceError;
use jiff::civil::Date;
use vision::document::LocatedDocument;
use vision::face::{Embedding, FaceObservation};
use vision::text::TextLines;

use super::document::seen;
use super::outline::Outlined;
use super::text::Text;
use super::{Observed, ObservedFace, Reader, editor, facts};
use crate::page::Page;
use crate::quality;
use crate::stages::Stages;

// No hand-held photograph was at hand: what follows are guesses, tried on composed ones.

/// So many outlines, the largest first, are read as the document in the hand.
const OUTLINES: usize = 2;

/// A portrait's face takes up to a fifteenth of its document, and a person beside it is
/// larger: an outline of which a face takes more than this holds the person too.
const PORTRAIT: f32 = 0.12;

/// Clothes and walls have outlines too: with fewer lines of print than this an outline is
/// no document. Every document has more, in a hand as well.
const PRINTED: usize = 3;

/// The portrait stands beside the print: it is looked for in so many times the print's
/// width and height where no outline was found.
const AROUND_PRINT: f32 = 1.6;

impl Reader {
    /// Reads the document that the person in `picture` holds, and turns the person's
    /// face and the document's portrait into vectors. The faces are the person's, then
    /// what the document shows; none at all where only the document shows one.
    ///
    /// # Errors
    /// When a model cannot run; never for what the picture shows.
    pub(super) fn held(
        &self,
        picture: &DecodedImage,
        as_of: Date,
    ) -> Result<Observed, InferenceError> {
        let mut stages = Stages::default();
        let rgb = picture.rgb();
        let people = stages.time("face_detection", || self.faces.find(rgb))?;
        let mut found = stages.time("outline", || self.documents.find(rgb))?;
        found.retain(|outline| !people.iter().any(|face| holds_person(outline, face)));
        let Text { lines, reading } = self.in_hand(rgb, &found, as_of, &mut stages)?;
        let zone = reading.zone.as_ref().map(|zone| zone.quad);
        let outlined = Outlined::choose(&found, &lines, zone.as_ref());
        let outline = outlined.quad();

        let on_it = |face: &FaceObservation| {
            outlined.document.is_some_and(|held| held.contains(face.bounds.center()))
        };
        let mut faces = Vec::new();
        if let Some(person) = people.into_iter().find(|face| !on_it(face)) {
            let embed = || self.embedder.embed(rgb, &person);
            let embedding = stages.time("face_embedding", embed)?;
            faces.push(ObservedFace::of(person, Some(embedding), |point| point));
        }
        let place = outline.or_else(|| around_print(&lines));
        let portraits = match &place {
            Some(place) => self.faces_in(rgb, place, &mut stages)?,
            None => None,
        };
        let mut portraits = self.with_vectors(portraits, &mut stages)?;
        portraits.retain(|portrait| !faces.iter().any(|person| same_size(person, portrait)));
        let document = seen(&reading, &outlined, rgb, !portraits.is_empty())
            .filter(|_| lines.lines().len() >= PRINTED);
        if document.is_none() {
            portraits.clear();
        }
        if !faces.is_empty() {
            faces.extend(portraits);
        }
        let evidence = PictureEvidence {
            width: picture.width(),
            height: picture.height(),
            edited_with: editor(picture),
            document,
            quality: Vec::new(),
            traces: Vec::new(),
            faces: faces.iter().map(ObservedFace::fact).collect(),
        };
        let lines =
            lines.lines().iter().map(|line| (*line.quad(), line.text().to_owned())).collect();
        Ok(Observed { evidence, take: 0, outline, lines, zone, faces, stages })
    }

    /// The text of the document in hand: it is small in the picture, so each outline, or
    /// without one what print there is, is read closer.
    fn in_hand(
        &self,
        rgb: &RgbImage,
        found: &[LocatedDocument],
        as_of: Date,
        stages: &mut Stages,
    ) -> Result<Text, InferenceError> {
        for document in found.iter().take(OUTLINES) {
            if let Some(text) = self.closer(rgb, document.quad(), as_of, stages)? {
                return Ok(text);
            }
        }
        let text = self.text(rgb, as_of, stages)?;
        let place = around_print(&text.lines).filter(|_| text.says_little());
        let closer = match place {
            Some(place) => self.closer(rgb, &place, as_of, stages)?,
            None => None,
        };
        Ok(closer.unwrap_or(text))
    }

    /// The hand-held picture against the `person` of the live capture or the selfie, and
    /// against the document's own picture.
    pub(super) fn compare_held(
        &self,
        held: &Observed,
        front: Option<&Observed>,
        person: Option<&Embedding>,
    ) -> HeldMatch {
        let vector = |seen: Option<&Observed>, nth: usize| {
            seen.and_then(|seen| seen.faces.get(nth)?.embedding.clone())
        };
        let alike = |a: Option<_>, b: Option<_>| Some(facts(self.compare(&a?, &b?)));
        let person = person.cloned().or_else(|| vector(front, 0));
        HeldMatch {
            person: alike(vector(Some(held), 0), person),
            portrait: alike(vector(Some(held), 1), vector(front, 0)),
        }
    }
}

fn holds_person(outline: &LocatedDocument, face: &FaceObservation) -> bool {
    outline.contains(face.bounds.center()) && face.bounds.area() > PORTRAIT * outline.quad().area()
}

/// Whether a face found as the portrait is the person's own: no portrait is nearly so large.
fn same_size(person: &ObservedFace, portrait: &ObservedFace) -> bool {
    portrait.bounds.area() > 0.5 * person.bounds.area()
}

/// The frame around all print, with room for a portrait beside it.
fn around_print(lines: &TextLines) -> Option<Quad> {
    let print = quality::around(&Page::from(lines), None)?;
    let middle = print.center();
    Some(print.map(|corner| middle.lerp(corner, AROUND_PRINT)))
}
