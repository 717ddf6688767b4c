//! One picture of a document.

use domain::document::{Country, DocumentType, Side};
use domain::evidence::{PictureEvidence, Region, SeenDocument, SpecimenSign};
use domain::field::Fields;
use image::RgbImage;
use imaging::DecodedImage;
use imaging::geometry::{Homography, Point, Quad, Rect};
use imaging::warp;
use inference::InferenceError;
use jiff::civil::Date;
use vision::text::{TextLine, TextLines};

use super::outline::Outlined;
use super::zone::facts;
use super::{Observed, ObservedFace, Reader};
use crate::kind::{self, Kind};
use crate::mrz::{self, Format, MrzReading};
use crate::page::Page;
use crate::quality::{self, Subject};
use crate::stages::Stages;
use crate::{chinese_id, printed};

/// Pixels along the longer side of the upright document in which the portrait
/// is looked for: a portrait a fifth of a card wide then has 320.
const UPRIGHT_SIDE: f32 = 1600.0;

/// The same while its text is read closer.
const CLOSER_SIDE: f32 = 2400.0;
/// Fewer fields than these and no zone: the text of a picture says little.
const FEW_FIELDS: usize = 2;

/// The text of one picture.
struct Text {
    lines: TextLines,
    reading: Reading,
}

impl Text {
    fn says_little(&self) -> bool {
        self.reading.zone.is_none() && self.reading.printed.0.len() < FEW_FIELDS
    }

    /// The same in the pixels to which `map` takes these.
    fn mapped(mut self, map: impl Fn(Point) -> Point) -> Self {
        self.lines = self.lines.mapped(&map);
        if let Some(zone) = &mut self.reading.zone {
            zone.quad = zone.quad.map(&map);
        }
        self
    }
}

/// What the text of one picture came to.
struct Reading {
    kind: Kind,
    printed: Fields,
    zone: Option<MrzReading>,
    specimen: Option<SpecimenSign>,
}

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
        let text = self.text(rgb, as_of, &mut stages)?;
        let text = match found.first().filter(|_| text.says_little()) {
            Some(document) => {
                self.closer(rgb, document.quad(), as_of, &mut stages)?.unwrap_or(text)
            }
            None => text,
        };
        let Text { lines, reading } = text;
        let zone = reading.zone.as_ref().map(|zone| &zone.quad);
        let outlined = Outlined::choose(&found, &lines, zone);
        let outline = outlined.quad();
        let faces = self.portrait(rgb, outline, lines.quarter_turns(), &mut stages)?;
        let document = seen(&reading, &outlined, rgb, !faces.is_empty());
        let page = Page::from(&lines);
        let lines: Vec<_> =
            lines.lines().iter().map(|line| (*line.quad(), line.text().to_owned())).collect();
        let coded = reading.zone.as_ref().map(facts).filter(|zone| zone.check_digits_ok);
        let portrait = faces.first().map(|face| face.bounds);
        let whole = Rect::new(0.0, 0.0, rgb.width() as f32, rgb.height() as f32).quad();
        let quality = stages.time("quality", || {
            let places = [outline, quality::around(&page, portrait)];
            quality::measure(&Subject {
                picture: rgb,
                place: places.into_iter().flatten().next().unwrap_or(whole),
                outlined: outline.is_some(),
                lines: &lines,
                portrait,
                printed: &reading.printed,
                coded: coded.as_ref().map(|zone| &zone.fields),
                document_type: reading.kind.document_type,
                side: reading.kind.side,
            })
        });
        let evidence = PictureEvidence {
            width: picture.width(),
            height: picture.height(),
            document,
            quality,
            faces: faces.iter().map(ObservedFace::fact).collect(),
        };
        let zone = reading.zone.map(|zone| zone.quad);
        Ok(Observed { evidence, outline, lines, zone, faces, stages })
    }

    /// What can be read in `picture`. A zone knows better than the orientation
    /// model which way up its lines are.
    fn text(
        &self,
        picture: &RgbImage,
        as_of: Date,
        stages: &mut Stages,
    ) -> Result<Text, InferenceError> {
        let mut lines = stages.time("text", || self.text.read_lines(picture))?;
        let by = (&self.zones, &self.text);
        let zone = stages.time("mrz", || mrz::read(by, picture, &lines, as_of))?;
        if zone.as_ref().is_some_and(|zone| runs_against(&zone.quad, &lines)) {
            lines = stages.time("text", || self.text.turned_over(picture, &lines))?;
        }
        let fields = || self.interpret(picture, &lines, zone, as_of);
        let reading = stages.time("fields", fields)?;
        Ok(Text { lines, reading })
    }

    /// What can be read in a flat view of the document in `place` alone: print
    /// around it keeps the detector from small or faint print on it, and takes
    /// up the number of lines that are read. `None` when that says little too.
    fn closer(
        &self,
        picture: &RgbImage,
        place: &Quad,
        as_of: Date,
        stages: &mut Stages,
    ) -> Result<Option<Text>, InferenceError> {
        let Some((view, map)) = flat_view(picture, place, CLOSER_SIDE) else { return Ok(None) };
        let text = self.text(&view, as_of, stages)?;
        Ok((!text.says_little()).then(|| text.mapped(|point| map.apply(point))))
    }

    /// The kind and the fields that the lines hold.
    fn interpret(
        &self,
        rgb: &RgbImage,
        lines: &TextLines,
        zone: Option<MrzReading>,
        as_of: Date,
    ) -> Result<Reading, InferenceError> {
        let facts = zone.as_ref().map(facts);
        let found = lines.lines().iter();
        let page = Page::of(found.map(|line| (*line.quad(), line.text(), line.confidence())));
        if zone.is_none()
            && let Some(mut card) = chinese_id::parse(&page)
        {
            card.look_again(rgb, &page, &self.text)?;
            let kind = Kind {
                document_type: DocumentType::IdCard,
                country: Country::parse("CHN").ok(),
                side: Some(card.side()),
                score: card.score(),
            };
            let printed = card.fields();
            let specimen = kind::specimen_sign(&page, None, &printed);
            return Ok(Reading { kind, printed, zone, specimen });
        }
        let kind = kind::of(facts.as_ref(), &page);
        let coded = facts.as_ref().map(|facts| &facts.fields);
        let printed = printed::read(&page, coded, as_of);
        let specimen = kind::specimen_sign(&page, facts.as_ref(), &printed);
        Ok(Reading { kind, printed, zone, specimen })
    }

    /// The faces of the document, looked for in an upright view of it, else
    /// anywhere in the picture: the other side may lie beside the one read.
    fn portrait(
        &self,
        rgb: &RgbImage,
        outline: Option<Quad>,
        quarter_turns: u8,
        stages: &mut Stages,
    ) -> Result<Vec<ObservedFace>, InferenceError> {
        let whole = Rect::new(0.0, 0.0, rgb.width() as f32, rgb.height() as f32).quad();
        for place in outline.into_iter().chain([whole.turned(quarter_turns)]) {
            let faces = self.faces_in(rgb, &place, stages)?;
            if !faces.is_empty() {
                return Ok(faces);
            }
        }
        Ok(Vec::new())
    }

    /// The faces in an upright view of `place`.
    fn faces_in(
        &self,
        rgb: &RgbImage,
        place: &Quad,
        stages: &mut Stages,
    ) -> Result<Vec<ObservedFace>, InferenceError> {
        let Some((upright, map)) = flat_view(rgb, place, UPRIGHT_SIDE) else {
            return Ok(Vec::new());
        };
        let found = stages.time("face_detection", || self.faces.find_portrait(&upright))?;
        let mut faces = Vec::with_capacity(found.len());
        for (index, observation) in found.into_iter().enumerate() {
            let embedding = if index == 0 {
                let embed = || self.embedder.embed(&upright, &observation);
                Some(stages.time("face_embedding", embed)?)
            } else {
                None
            };
            faces.push(ObservedFace::of(observation, embedding, |point| map.apply(point)));
        }
        Ok(faces)
    }
}

/// What lies in `place`, flat, its longer side at most `side` pixels and no
/// larger than in the picture; and the map of its pixels to the picture's.
/// `None` when it has no area.
fn flat_view(picture: &RgbImage, place: &Quad, side: f32) -> Option<(RgbImage, Homography)> {
    let scale = (side / place.width().max(place.height())).min(1.0);
    let (width, height) = ((place.width() * scale) as u32, (place.height() * scale) as u32);
    let view = Rect::new(0.0, 0.0, width as f32, height as f32).quad();
    warp::flatten(picture, place, width.max(1), height.max(1))
        .zip(Homography::between(&view, place))
}

/// Whether most text of `lines` runs the other way than the zone in `quad`.
fn runs_against(quad: &Quad, lines: &TextLines) -> bool {
    let along = |quad: &Quad| {
        let [tl, tr, ..] = quad.0;
        (tr.x - tl.x, tr.y - tl.y)
    };
    let (x, y) = along(quad);
    let dot = |line: &TextLine| {
        let (lx, ly) = along(line.quad());
        x * lx + y * ly
    };
    lines.lines().iter().map(dot).sum::<f32>() < 0.0
}

/// The side that its text leaves open: a portrait makes a front; a zone of
/// format TD1 without one stands on a back (ICAO Doc 9303-5).
fn side(reading: &Reading, portrait: bool) -> Option<Side> {
    let td1 = || reading.zone.as_ref().is_some_and(|zone| zone.format == Format::Td1);
    if portrait {
        Some(Side::Front)
    } else if td1() {
        Some(Side::Back)
    } else {
        None
    }
}

/// The document as a fact; `None` when the picture shows neither an outline
/// nor anything that a document bears.
fn seen(
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
        specimen: reading.specimen,
    })
}
