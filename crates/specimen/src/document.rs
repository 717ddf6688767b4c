//! Documents rendered flat, with the place of everything on them.

mod aamva;
mod background;
mod card;
mod chinese_id;
mod chinese_licence;
mod content;
mod layout;
mod licence;
mod look;
mod passport;
mod sheet;
#[cfg(test)]
mod tests;
mod travel_permit;
mod visa;

use image::RgbImage;
use jiff::civil::{Date, date};
use rand::Rng;
use serde::{Deserialize, Serialize};

use crate::fonts::Fonts;
use crate::kind::Kind;
use crate::person::Person;
use crate::rng::stream;
use crate::truth::SideTruth;

pub use content::Content;

/// The words of the mark on every specimen.
pub const MARK: &str = "SPECIMEN 样本";

/// Whether a document is still valid on [`Order::today`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Validity {
    /// For a year or more.
    Current,
    /// No more, for at least a month.
    Expired,
    /// Without end: `长期` on a Chinese card; elsewhere as [`Validity::Current`].
    LongTerm,
}

/// What to render.
#[derive(Clone, Debug, PartialEq)]
pub struct Order {
    /// The kind of document.
    pub kind: Kind,
    /// Which look, below [`Kind::TEMPLATES`]; greater indices wrap round.
    pub template: u8,
    /// Everything not said otherwise follows from it.
    pub seed: u64,
    /// Whose document it is; `None` makes a person from the seed.
    pub person: Option<Person>,
    /// The day on which the document is shown; it was issued before.
    pub today: Date,
    /// Whether it is valid on that day; `None` lets the seed choose among the
    /// current and, for older holders of a Chinese card, the long-term.
    pub validity: Option<Validity>,
    /// Prints only the first 17 of the 18 characters of a Chinese number.
    pub seventeen_digits: bool,
    /// Resolution of the rendering in pixels per millimetre.
    pub pixels_per_mm: f32,
}

impl Order {
    /// A document of `kind` in look `template`, the rest following from `seed`:
    /// shown on 1 January 2026, at 16 pixels per millimetre (406 dpi).
    pub fn new(kind: Kind, template: u8, seed: u64) -> Self {
        Self {
            kind,
            template,
            seed,
            person: None,
            today: date(2026, 1, 1),
            validity: None,
            seventeen_digits: false,
            pixels_per_mm: 16.0,
        }
    }
}

/// One side of a document, rendered flat.
#[derive(Clone, Debug)]
pub struct Side {
    /// The rendering, its pixels covering exactly the side (corners square).
    pub image: RgbImage,
    /// Pixels per millimetre of `image`.
    pub pixels_per_mm: f32,
    /// What is printed and where, in pixels of `image`.
    pub truth: SideTruth,
}

/// A fictional document.
#[derive(Clone, Debug)]
pub struct Document {
    /// Front first; the back where the kind has one.
    pub sides: Vec<Side>,
    /// What the document says.
    pub content: Content,
}

/// What the holder would type about the document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claims {
    /// Family name in Latin letters.
    pub surname: String,
    /// Given names in Latin letters.
    pub given_names: String,
    /// Name in Chinese characters.
    pub native_name: Option<String>,
    /// Birth date.
    pub birth_date: Date,
    /// `passport`, `id_card`, `visa` or `driving_licence`.
    pub document_type: String,
    /// The document's number; the citizen number for the Chinese card.
    pub document_number: String,
    /// Three letters of ICAO 9303-3.
    pub nationality: String,
}

impl Document {
    /// Renders what `order` asks for with `portrait` as the holder's picture
    /// (cropped about its middle to the place's shape). The same order, fonts and
    /// portrait give the same pixels.
    pub fn generate(fonts: &Fonts, order: &Order, portrait: &RgbImage) -> Self {
        let content = Content::of(order);
        let draft = Draft { fonts, order, content: &content, portrait };
        let sides = match order.kind {
            Kind::Passport => vec![passport::data_page(&draft)],
            Kind::Td1Card => vec![card::td1_front(&draft), card::td1_back(&draft)],
            Kind::Td2Card => vec![card::td2(&draft)],
            Kind::VisaA | Kind::VisaB => vec![visa::sticker(&draft)],
            Kind::ChineseId => vec![chinese_id::front(&draft), chinese_id::back(&draft)],
            Kind::DrivingLicence => vec![licence::front(&draft)],
            Kind::ChineseLicence => vec![chinese_licence::front(&draft)],
            Kind::AamvaLicence => vec![aamva::front(&draft), aamva::back(&draft)],
            Kind::ExitEntryPermit | Kind::HomeReturnPermit => vec![travel_permit::front(&draft)],
        };
        Self { sides, content }
    }

    /// What the holder would truthfully type.
    pub fn claims(&self) -> Claims {
        let content = &self.content;
        let chinese = content.kind == Kind::ChineseId;
        Claims {
            surname: content.person.surname.clone(),
            given_names: content.person.given_names.clone(),
            native_name: content.person.native_name.clone(),
            birth_date: content.person.birth_date,
            document_type: content.kind.document_type().to_owned(),
            document_number: if chinese {
                content.national_number.clone()
            } else {
                content.number.clone()
            },
            nationality: content.kind.country().to_owned(),
        }
    }
}

/// What every renderer starts from.
struct Draft<'a> {
    fonts: &'a Fonts,
    order: &'a Order,
    content: &'a Content,
    portrait: &'a RgbImage,
}

impl Draft<'_> {
    fn template(&self) -> u8 {
        self.order.template % Kind::TEMPLATES
    }
}

/// Whose document it is when the order does not say.
fn person_of(order: &Order) -> Person {
    if let Some(person) = &order.person {
        return person.clone();
    }
    let share = match order.kind {
        kind if kind.is_chinese() => 1.0,
        _ => 0.25,
    };
    if stream(order.seed, "document.person").random_bool(share) {
        let person = Person::chinese(order.seed, order.today);
        if order.kind.is_chinese() {
            return person;
        }
        // Utopia writes addresses in Latin letters.
        let address = Person::latin(order.seed, order.today).address;
        Person { address, ..person }
    } else {
        Person::latin(order.seed, order.today)
    }
}
