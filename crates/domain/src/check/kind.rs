//! The checks, under their stable public names.

use std::fmt;

use serde::{Deserialize, Serialize};

macro_rules! checks {
    ($($(#[$doc:meta])* $variant:ident = $name:literal,)*) => {
        /// A check, under its stable public name. A policy lists every one as
        /// required, advisory or off.
        #[derive(
            Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
        )]
        pub enum CheckKind {
            $($(#[$doc])* #[serde(rename = $name)] $variant,)*
        }

        impl CheckKind {
            /// Every check, in the order in which a report shows them.
            pub const ALL: &[Self] = &[$(Self::$variant,)*];

            /// The stable public name.
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)*
                }
            }
        }
    };
}

checks! {
    /// What was typed is plausible by itself.
    DetailsPlausible = "details_plausible",
    /// A document is in the picture.
    DocumentFound = "document_found",
    /// All four corners are inside the picture.
    DocumentWhole = "document_whole",
    /// No other document is in the picture.
    DocumentAlone = "document_alone",
    /// The document is sharp.
    DocumentSharp = "document_sharp",
    /// No reflection hides part of it.
    DocumentGlare = "document_glare",
    /// It is not overexposed.
    DocumentExposure = "document_exposure",
    /// It is light enough.
    DocumentLight = "document_light",
    /// No hard shadow lies over it.
    DocumentShadow = "document_shadow",
    /// The print is large enough.
    DocumentResolution = "document_resolution",
    /// Nothing lies over what it says: no thing, no stamp.
    DocumentUncovered = "document_uncovered",
    /// It is in colour.
    DocumentColour = "document_colour",
    /// No editing program left its name in the file of a picture.
    PictureUnedited = "picture_unedited",
    /// The picture is of the document itself, not of a screen or a print.
    DocumentOriginal = "document_original",
    /// Nothing in the picture was put over the document or changed on it.
    DocumentUnaltered = "document_unaltered",
    /// It is no specimen.
    NotSpecimen = "not_specimen",
    /// Its type is accepted.
    TypeAccepted = "type_accepted",
    /// Its country is accepted.
    CountryAccepted = "country_accepted",
    /// It is of the type that the person chose.
    TypeAsDeclared = "type_as_declared",
    /// Every side that is needed is there, each in its place.
    SidesPresent = "sides_present",
    /// Every required field was read.
    FieldsRead = "fields_read",
    /// It has not expired.
    NotExpired = "not_expired",
    /// The person is old enough.
    MinimumAge = "minimum_age",
    /// The machine-readable zone holds.
    MrzValid = "mrz_valid",
    /// The identity number holds and agrees with birth date and sex.
    IdNumberValid = "id_number_valid",
    /// The machine-readable zone and a barcode agree with the printed fields.
    MrzMatchesPrinted = "mrz_matches_printed",
    /// The name typed is the name on the document.
    NameMatches = "name_matches",
    /// The birth date typed is the one on the document.
    BirthDateMatches = "birth_date_matches",
    /// The number typed is the one on the document.
    DocumentNumberMatches = "document_number_matches",
    /// The nationality typed is the one on the document.
    NationalityMatches = "nationality_matches",
    /// The document shows a portrait.
    PortraitFound = "portrait_found",
    /// The selfie shows a face.
    SelfieFace = "selfie_face",
    /// The selfie shows one person.
    SelfieAlone = "selfie_alone",
    /// The face in the selfie is large enough.
    SelfieSize = "selfie_size",
    /// The face in the selfie is light enough.
    SelfieLight = "selfie_light",
    /// It is not overexposed.
    SelfieExposure = "selfie_exposure",
    /// The light falls on all of it.
    SelfieEven = "selfie_even",
    /// It is sharp.
    SelfieSharp = "selfie_sharp",
    /// It looks into the camera.
    SelfieFrontal = "selfie_frontal",
    /// Both eyes are open.
    SelfieEyesOpen = "selfie_eyes_open",
    /// Nothing covers it.
    SelfieUncovered = "selfie_uncovered",
    /// Portrait and selfie are the same person.
    FaceMatch = "face_match",
    /// The person holds this very document.
    DocumentHeld = "document_held",
    /// The person did what was asked, in its order and time.
    Liveness = "liveness",
    /// The movements were slow enough to be seen.
    LivenessPace = "liveness_pace",
    /// One person's face was there from start to end.
    LivenessSameFace = "liveness_same_face",
    /// Nothing says that it was a picture, a screen or a mask.
    LivenessGenuine = "liveness_genuine",
    /// Nothing says that the frames did not come from a camera.
    StreamGenuine = "stream_genuine",
    /// No other account uses this document.
    DocumentUnique = "document_unique",
    /// No other account has this face.
    FaceUnique = "face_unique",
    /// Neither document nor number nor face is on the operator's blocklist.
    NotBlocklisted = "not_blocklisted",
    /// A recent proof of address in the same name.
    AddressProof = "address_proof",
    /// Not on a sanctions or watch list.
    Screening = "screening",
    /// A person spoke with the applicant by video.
    VideoInterview = "video_interview",
}

impl CheckKind {
    /// The checks of a picture of a face by itself.
    pub const OF_SELFIE: [Self; 10] = [
        Self::SelfieFace,
        Self::SelfieAlone,
        Self::SelfieSize,
        Self::SelfieLight,
        Self::SelfieExposure,
        Self::SelfieEven,
        Self::SelfieSharp,
        Self::SelfieFrontal,
        Self::SelfieEyesOpen,
        Self::SelfieUncovered,
    ];

    /// Whether it is about other accounts, and not about the person's own document and face.
    pub const fn looks_elsewhere(self) -> bool {
        matches!(self, Self::DocumentUnique | Self::FaceUnique | Self::NotBlocklisted)
    }

    /// The checks of a live capture.
    pub const OF_CAPTURE: [Self; 5] = [
        Self::Liveness,
        Self::LivenessPace,
        Self::LivenessSameFace,
        Self::LivenessGenuine,
        Self::StreamGenuine,
    ];
}

impl fmt::Display for CheckKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
