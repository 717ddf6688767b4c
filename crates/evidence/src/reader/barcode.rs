//! What the barcode on the back of a North American licence adds to its text.

use domain::document::Side;
use domain::evidence::SpecimenSign;
use domain::field::{Field, Fields};
use image::RgbImage;
use imaging::geometry::Quad;
use vision::barcode::pdf417;

use super::text::{Reading, flat_view, longer_side, lying};
use crate::aamva::{self, Licence};
use crate::kind::{self, Kind};

/// A barcode that its error correction made whole, in the form of the standard.
const SCORE: f32 = 0.99;

/// Pixels along the longer side of the flat document in which a barcode is looked for.
const SIDE: f32 = 2400.0;

impl Reading {
    /// Whether the side may be one that bears a barcode: of a document that is unknown or
    /// may have one, without a zone, and not the side that says and shows who the holder is.
    /// Backs of some say birth and number as well, or show a second portrait.
    pub(super) fn may_bear_a_barcode(&self, portrait: bool) -> bool {
        let kind = self.kind.known().is_none_or(|known| known.barcode.is_some());
        let names_the_holder = self.printed.value(Field::BirthDate).is_some()
            && self.printed.value(Field::DocumentNumber).is_some();
        self.zone.is_none() && kind && !(names_the_holder && portrait)
    }

    /// The same with what a barcode says of the document.
    pub(super) fn with(mut self, licence: Licence) -> Self {
        let fictional = kind::is_of_utopia(&licence.fields);
        let sign = fictional.then_some(SpecimenSign::ImpossibleNumber);
        self.specimen = self.specimen.or(sign);
        self.kind = Kind {
            document_type: licence.document_type,
            country: licence.country,
            side: Some(Side::Back),
            score: SCORE,
        };
        // Small print about the licence looks like fields of it.
        self.printed = Fields::default();
        self.barcode = Some(licence.fields);
        self
    }
}

/// What a barcode in `picture` says, looked for where the document lies and then
/// everywhere.
pub(super) fn licence(picture: &RgbImage, place: Option<&Quad>) -> Option<Licence> {
    let flat = |place: &Quad| {
        let place = lying(place);
        let (view, _) = flat_view(picture, &place, longer_side(&place).min(SIDE))?;
        pdf417(&view)
    };
    let text = place.and_then(flat).or_else(|| pdf417(picture))?;
    aamva::parse(&text)
}
