//! What can be rendered, and the names that ground truth uses.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A kind of fictional document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// ICAO 9303-4 passport data page, 125 × 88 mm, TD3 zone.
    Passport,
    /// ICAO 9303-5 card, 85.6 × 54 mm: front with portrait, back with TD1 zone.
    Td1Card,
    /// ICAO 9303-6 card, 105 × 74 mm, one side with portrait and TD2 zone.
    Td2Card,
    /// ICAO 9303-7 full-page visa, 120 × 80 mm, MRV-A zone.
    VisaA,
    /// ICAO 9303-7 small visa, 105 × 74 mm, MRV-B zone.
    VisaB,
    /// Card in the layout of the Chinese resident identity card, front and back, no zone.
    ChineseId,
    /// Card in the layout of the EU driving licence (Directive 2006/126/EC, Annex I), front.
    DrivingLicence,
    /// Card in the layout of the AAMVA DL/ID Card Design Standard: front, and back with
    /// its PDF417 barcode.
    AamvaLicence,
    /// Card in the layout of the Chinese driving licence (GA 482), main page, 88 × 60 mm.
    ChineseLicence,
    /// Card in the layout of China's exit–entry permit to Hong Kong and Macao: front, with
    /// its zone of one line.
    ExitEntryPermit,
    /// Card in the layout of the mainland travel permit of Hong Kong and Macao residents: front.
    HomeReturnPermit,
}

impl Kind {
    /// Every kind, in a fixed order.
    pub const ALL: [Self; 11] = [
        Self::Passport,
        Self::Td1Card,
        Self::Td2Card,
        Self::VisaA,
        Self::VisaB,
        Self::ChineseId,
        Self::DrivingLicence,
        Self::AamvaLicence,
        Self::ChineseLicence,
        Self::ExitEntryPermit,
        Self::HomeReturnPermit,
    ];

    /// How many visual templates each kind has; a template index is below this.
    pub const TEMPLATES: u8 = 3;

    /// The stable name, as in JSON and on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::Passport => "passport",
            Self::Td1Card => "td1_card",
            Self::Td2Card => "td2_card",
            Self::VisaA => "visa_a",
            Self::VisaB => "visa_b",
            Self::ChineseId => "chinese_id",
            Self::DrivingLicence => "driving_licence",
            Self::AamvaLicence => "aamva_licence",
            Self::ChineseLicence => "chinese_licence",
            Self::ExitEntryPermit => "exit_entry_permit",
            Self::HomeReturnPermit => "home_return_permit",
        }
    }

    /// The document type as the reader names it: `passport`, `id_card`, `visa`,
    /// `driving_licence` or `travel_permit`.
    pub fn document_type(self) -> &'static str {
        match self {
            Self::Passport => "passport",
            Self::Td1Card | Self::Td2Card | Self::ChineseId => "id_card",
            Self::VisaA | Self::VisaB => "visa",
            Self::DrivingLicence | Self::AamvaLicence | Self::ChineseLicence => "driving_licence",
            Self::ExitEntryPermit | Self::HomeReturnPermit => "travel_permit",
        }
    }

    /// The code of the issuing country: ICAO's fictional `UTO`, but `CHN` for
    /// the Chinese layouts, which print no code and are told apart by numbers that no
    /// card has: citizen numbers of the region 990101, which GB/T 2260 does not have, and
    /// permit numbers that begin with X.
    pub fn country(self) -> &'static str {
        if self.is_chinese() { "CHN" } else { "UTO" }
    }

    /// The format of the machine-readable zone, or `None` where there is none.
    pub fn mrz_format(self) -> Option<MrzFormat> {
        match self {
            Self::Passport => Some(MrzFormat::Td3),
            Self::Td1Card => Some(MrzFormat::Td1),
            Self::Td2Card => Some(MrzFormat::Td2),
            Self::VisaA => Some(MrzFormat::MrvA),
            Self::VisaB => Some(MrzFormat::MrvB),
            Self::ExitEntryPermit => Some(MrzFormat::ExitEntryPermit),
            Self::ChineseId
            | Self::DrivingLicence
            | Self::AamvaLicence
            | Self::ChineseLicence
            | Self::HomeReturnPermit => None,
        }
    }

    /// Whether its holder has a name in Chinese characters and a Chinese address.
    pub(crate) fn is_chinese(self) -> bool {
        matches!(
            self,
            Self::ChineseId | Self::ChineseLicence | Self::ExitEntryPermit | Self::HomeReturnPermit
        )
    }

    /// Width and height of one side in millimetres.
    pub fn size_mm(self) -> (f32, f32) {
        match self {
            Self::Passport => (125.0, 88.0),
            Self::Td2Card | Self::VisaB => (105.0, 74.0),
            Self::VisaA => (120.0, 80.0),
            Self::ChineseLicence => (88.0, 60.0),
            Self::Td1Card
            | Self::ChineseId
            | Self::DrivingLicence
            | Self::AamvaLicence
            | Self::ExitEntryPermit
            | Self::HomeReturnPermit => (85.6, 54.0),
        }
    }

    /// Radius of the rounded corners in millimetres; 3.18 for cards (ISO/IEC 7810).
    pub fn corner_radius_mm(self) -> f32 {
        match self {
            Self::Passport => 2.0,
            Self::VisaA | Self::VisaB => 0.6,
            _ => 3.18,
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A text that names no [`Kind`].
#[derive(Debug, thiserror::Error)]
#[error(
    "`{0}` is no kind of specimen; use passport, td1_card, td2_card, visa_a, visa_b, chinese_id, driving_licence, aamva_licence, chinese_licence, exit_entry_permit or home_return_permit"
)]
pub struct UnknownKind(String);

impl FromStr for Kind {
    type Err = UnknownKind;

    fn from_str(text: &str) -> Result<Self, UnknownKind> {
        Self::ALL
            .into_iter()
            .find(|kind| kind.name() == text)
            .ok_or_else(|| UnknownKind(text.to_owned()))
    }
}

/// A format of the machine-readable zone: the five of ICAO 9303, and one of China's own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum MrzFormat {
    /// Three lines of 30.
    #[serde(rename = "TD1")]
    Td1,
    /// Two lines of 36.
    #[serde(rename = "TD2")]
    Td2,
    /// Two lines of 44.
    #[serde(rename = "TD3")]
    Td3,
    /// Visa, two lines of 44.
    #[serde(rename = "MRV-A")]
    MrvA,
    /// Visa, two lines of 36.
    #[serde(rename = "MRV-B")]
    MrvB,
    /// Exit–entry permit of China, one line of 30.
    #[serde(rename = "EEP")]
    ExitEntryPermit,
}

/// Which side of a document; the portrait side is the front.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Face {
    /// The side with the portrait.
    Front,
    /// The other side.
    Back,
}

/// The kinds that bear a machine-readable zone of ICAO 9303, each with the side that bears it.
pub const ZONES: [(Kind, Face); 5] = [
    (Kind::Td1Card, Face::Back),
    (Kind::Td2Card, Face::Front),
    (Kind::Passport, Face::Front),
    (Kind::VisaA, Face::Front),
    (Kind::VisaB, Face::Front),
];

/// A field of the ground truth, named as in the reader's output.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the names are the meaning")]
pub enum Field {
    Surname,
    GivenNames,
    FullName,
    FullNameNative,
    DocumentNumber,
    NationalIdNumber,
    Nationality,
    IssuingCountry,
    BirthDate,
    Sex,
    Ethnicity,
    Address,
    IssuingAuthority,
    IssueDate,
    ExpiryDate,
}
