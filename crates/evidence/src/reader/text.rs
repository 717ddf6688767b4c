//! What can be read in one picture: its lines, a machine-readable zone, what
//! kind of document it is and its fields.

use std::ops::RangeInclusive;

use domain::document::{Country, DocumentType};
use domain::evidence::SpecimenSign;
use domain::field::{Field, Fields};
use image::RgbImage;
use imaging::geometry::{Homography, Point, Quad, Rect};
use imaging::warp;
use inference::InferenceError;
use jiff::civil::Date;
use vision::document::LocatedDocument;
use vision::text::{Pyramid, TextLine, TextLines};

use super::Reader;
use super::zone::facts;
use crate::kind::{self, Kind};
use crate::mrz::{self, Format, MrzReading};
use crate::page::Page;
use crate::stages::Stages;
use crate::{chinese_id, printed};

/// Pixels along the longer side of the flat document in which text is read
/// closer: fewer than these are enlarged to them, more are reduced.
const CLOSER_SIDES: RangeInclusive<f32> = 1100.0..=2400.0;
/// Fewer fields than these and no zone: the text of a picture says little. Every
/// document has more, and one word may look like a field.
const FEW_FIELDS: usize = 2;

/// More of the print than this beside an outline is much: a guess.
const BESIDE: f32 = 0.2;

/// The text of one picture.
pub(super) struct Text {
    pub(super) lines: TextLines,
    pub(super) reading: Reading,
}

impl Text {
    /// Whether more should stand there: almost no field, or no zone on a document
    /// that has one by its kind (ICAO Doc 9303-4 and -7).
    pub(super) fn says_little(&self) -> bool {
        let bears_zone = self.reading.kind.known().is_some_and(|known| known.zone.is_some());
        let few = self.reading.printed.0.len() < FEW_FIELDS;
        self.reading.zone.is_none() && (few || bears_zone)
    }

    /// Whether lines may be cut, so that they say too little and no zone was found: they run up
    /// or down the picture, where the detector sees less well, or much print lies beside
    /// `document`, as papers on the table, and is found in its place.
    pub(super) fn may_be_cut(&self, document: &LocatedDocument) -> bool {
        let width = |line: &TextLine| line.quad().width();
        let all: f32 = self.lines.lines().iter().map(width).sum();
        let on_it = self.lines.lines().iter().filter(|l| document.contains(l.quad().center()));
        let mixed = on_it.map(width).sum::<f32>() < (1.0 - BESIDE) * all;
        self.reading.zone.is_none() && (mixed || self.lines.quarter_turns() % 2 == 1)
    }

    /// Whether it has a zone where `other` has one, and as many fields.
    pub(super) fn says_no_less_than(&self, other: &Self) -> bool {
        let says = |text: &Self| (text.reading.zone.is_some(), text.reading.printed.0.len());
        says(self) >= says(other)
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
pub(super) struct Reading {
    pub(super) kind: Kind,
    pub(super) printed: Fields,
    pub(super) zone: Option<MrzReading>,
    pub(super) barcode: Option<Fields>,
    pub(super) specimen: Option<SpecimenSign>,
}

impl Reading {
    /// Whether it has the zone of a card's back (ICAO Doc 9303-5).
    pub(super) fn has_td1_zone(&self) -> bool {
        self.zone.as_ref().is_some_and(|zone| zone.format == Format::Td1)
    }
}

impl Reader {
    /// What can be read in `picture`. A zone knows better than the orientation
    /// model which way up its lines are.
    pub(super) fn text(
        &self,
        picture: &RgbImage,
        as_of: Date,
        stages: &mut Stages,
    ) -> Result<Text, InferenceError> {
        let pyramid = Pyramid::new(picture);
        let mut lines = stages.time("text", || self.text.read_lines(&pyramid, &self.zones))?;
        let by = mrz::Networks { zones: &self.zones, text: &self.text };
        let zone = stages.time("mrz", || mrz::read(by, &pyramid, &lines, as_of))?;
        if zone.as_ref().is_some_and(|zone| runs_against(&zone.quad, &lines)) {
            lines = stages.time("text", || self.text.turned_over(&pyramid, &lines, &self.zones))?;
        }
        let fields = || self.interpret(picture, &lines, zone, as_of);
        let reading = stages.time("fields", fields)?;
        Ok(Text { lines, reading })
    }

    /// What can be read in a flat view of the document in `place` alone: print
    /// around it keeps the detector from small or faint print on it, and takes
    /// up the number of lines that are read. `None` when that says little too.
    ///
    /// Of 52 tuning photographs 290 to 450 pixels wide it makes 43 zones exact
    /// instead of 41, and 47 keys instead of 45; of 80 from 800 to 2,400 pixels
    /// 80 zones instead of 79.
    pub(super) fn closer(
        &self,
        picture: &RgbImage,
        place: &Quad,
        as_of: Date,
        stages: &mut Stages,
    ) -> Result<Option<Text>, InferenceError> {
        // The detector finds rows better than columns.
        let lying = lying(place);
        let (least, most) = CLOSER_SIDES.into_inner();
        let side = longer_side(&lying).clamp(least, most);
        let Some((view, map)) = flat_view(picture, &lying, side) else { return Ok(None) };
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
        // Other Chinese documents have most of the labels of an identity card.
        let titled_otherwise = matches!(
            kind::title(&page),
            Some(
                DocumentType::DrivingLicence
                    | DocumentType::TravelPermit
                    | DocumentType::ResidencePermit
            )
        );
        if zone.is_none()
            && !titled_otherwise
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
            return Ok(Reading { kind, printed, zone, barcode: None, specimen });
        }
        let mut kind = kind::of(facts.as_ref(), &page);
        if kind.document_type == DocumentType::Other
            && zone.is_none()
            && !printed::numbered(&page, as_of).0.is_empty()
        {
            kind = kind.of_numbered_fields();
        }
        let coded = facts.as_ref().map(|facts| &facts.fields);
        // A zone that holds knows the number better than any form of it.
        let known = kind.known().filter(|_| coded.is_none());
        let printed = printed::plausible(printed::read(&page, coded, as_of), known, as_of);
        let printed = with_national_number(printed, &kind);
        let specimen = kind::specimen_sign(&page, facts.as_ref(), &printed);
        Ok(Reading { kind, printed, zone, barcode: None, specimen })
    }
}

/// `place` turned so that it is wider than high, as documents are.
pub(super) fn lying(place: &Quad) -> Quad {
    if place.height() > place.width() { place.turned(1) } else { *place }
}

/// The longer side of `place`, in pixels.
pub(super) fn longer_side(place: &Quad) -> f32 {
    place.width().max(place.height())
}

/// Characters of a Chinese citizen number (GB 11643).
const CITIZEN_NUMBER: usize = 18;

/// The number of some documents, as a Chinese licence, is its holder's: but for foreigners, whose
/// licences have the number of their passports.
fn with_national_number(mut printed: Fields, kind: &Kind) -> Fields {
    let number = printed.0.get(&Field::DocumentNumber).cloned();
    if let Some(number) = number
        && kind.known().is_some_and(|known| known.number_of_holder)
        && number.value.len() == CITIZEN_NUMBER
    {
        printed.0.entry(Field::NationalIdNumber).or_insert(number);
    }
    printed
}

/// What lies in `place`, flat, its longer side `side` pixels; and the map of its
/// pixels to the picture's. `None` when it has no area.
pub(super) fn flat_view(
    picture: &RgbImage,
    place: &Quad,
    side: f32,
) -> Option<(RgbImage, Homography)> {
    let scale = side / longer_side(place);
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

#[cfg(test)]
mod tests {
    use domain::field::Source;
    use jiff::civil::date;
    use vision::text::fakes::{self, FakeLine};

    use super::*;

    /// A picture with one bright document on it, and where that was found.
    fn document() -> LocatedDocument {
        let mut picture = RgbImage::from_pixel(960, 640, image::Rgb([20; 3]));
        for (_, _, pixel) in picture
            .enumerate_pixels_mut()
            .filter(|(x, y, _)| (200..760).contains(x) && (120..500).contains(y))
        {
            *pixel = image::Rgb([230; 3]);
        }
        vision::document::fakes::bright().find(&picture).unwrap()[0]
    }

    /// What lines at these places come to, so many fields and perhaps a zone among it.
    fn text(places: &[Rect], fields: usize, zone: Option<MrzReading>) -> Text {
        let line = |place: &Rect| FakeLine::new(*place, "SPECIMEN");
        let lines = fakes::read(&places.iter().map(line).collect::<Vec<_>>());
        let mut printed = Fields::default();
        for field in [Field::Surname, Field::GivenNames, Field::BirthDate].into_iter().take(fields)
        {
            printed.set(field, "X", Source::Printed, 0.9);
        }
        let (document_type, country, side) = (DocumentType::Other, None, None);
        let kind = Kind { document_type, country, side, score: 0.0 };
        Text { lines, reading: Reading { kind, printed, zone, barcode: None, specimen: None } }
    }

    fn zone() -> MrzReading {
        let rows = ["I<UTOD231458907<<<<<<<<<<<<<<<", "7408122F1204159UTO<<<<<<<<<<<6"];
        let rows = [rows[0], rows[1], "ERIKSSON<<ANNA<MARIA<<<<<<<<<<"];
        let at = |index: usize| Rect::new(40.0, 400.0 + 34.0 * index as f32, 600.0, 28.0);
        let lines = [0, 1, 2].map(|index| FakeLine::new(at(index), rows[index]));
        let (zones, text) = (fakes::zone_reader(&lines), fakes::reader(&lines));
        let picture = fakes::picture(960, 640, &lines);
        let by = mrz::Networks { zones: &zones, text: &text };
        let found = mrz::read(by, &Pyramid::new(&picture), &fakes::read(&lines), date(2026, 1, 1));
        found.unwrap().expect("the zone is found")
    }

    #[test]
    fn lines_may_be_cut_among_other_print_or_up_the_picture_unless_a_zone_was_read() {
        let document = document();
        let on = [Rect::new(250.0, 200.0, 400.0, 40.0), Rect::new(250.0, 300.0, 400.0, 40.0)];
        let beside = Rect::new(100.0, 560.0, 400.0, 40.0);
        let with_papers = [on[0], on[1], beside];
        assert!(!text(&on, 2, None).may_be_cut(&document));
        assert!(text(&with_papers, 2, None).may_be_cut(&document));
        assert!(!text(&with_papers, 2, Some(zone())).may_be_cut(&document));
        // A quarter turn about the middle of the document.
        let turned = |p: Point| Point::new(480.0 + p.y - 310.0, 310.0 - (p.x - 480.0));
        assert!(text(&on, 2, None).mapped(turned).may_be_cut(&document));
    }

    #[test]
    fn a_zone_says_more_than_any_fields_and_more_fields_than_fewer() {
        let line = [Rect::new(250.0, 200.0, 400.0, 40.0)];
        let [none, two, three] = [0, 2, 3].map(|fields| text(&line, fields, None));
        let zoned = text(&line, 0, Some(zone()));
        assert!(two.says_no_less_than(&none) && two.says_no_less_than(&two));
        assert!(!two.says_no_less_than(&three));
        assert!(zoned.says_no_less_than(&three) && !three.says_no_less_than(&zoned));
    }
}
