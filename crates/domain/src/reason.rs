//! Reason codes: stable public names, and what each leads to by default.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::detail::Detail;
use crate::evidence::{Region, Slot};
use crate::field::Field;

/// Which step of the applicant's way a reason belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// The pictures of the document.
    Document,
    /// The picture with the document in the hand.
    Held,
    /// The details that were typed.
    Details,
    /// The picture of the face.
    Face,
    /// The live face capture.
    Liveness,
    /// The proof of address.
    Address,
    /// Duplicates and blocklists.
    Risk,
    /// Sanctions and watch lists.
    Screening,
    /// The network.
    Network,
    /// Waiting for a person.
    Review,
    /// Our own side.
    System,
}

/// What a reason asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Disposition {
    /// Take the picture again.
    Retry,
    /// Correct what was typed, or bring another document.
    FixData,
    /// A person decides.
    Review,
    /// It ends here.
    Final,
    /// Our own side has to act.
    System,
}

/// Who may see a reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Audience {
    /// The applicant, and the operator.
    Applicant,
    /// The operator only: it would help an attacker or tip off a suspect.
    Operator,
}

/// A reason code, in its stable public spelling (`DOC_BLURRED`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Code {
    /// No document in the picture.
    DocNotFound,
    /// The document is out of focus or moved.
    DocBlurred,
    /// A reflection hides part of the document.
    DocGlare,
    /// The document is too bright to read.
    DocOverexposed,
    /// The document is too dark to read.
    DocTooDark,
    /// A hard shadow lies over the document.
    DocShadow,
    /// A corner or edge lies outside the picture.
    DocCornersCut,
    /// Something lies over the document.
    DocOccluded,
    /// The print is too small in the picture.
    DocLowResolution,
    /// A watermark or stamp lies over fields.
    DocWatermark,
    /// A grey picture or copy.
    DocNotColour,
    /// A side that is needed was not sent.
    DocSideMissing,
    /// The other side was sent.
    DocSideWrong,
    /// More than one document in the picture.
    DocMultiple,
    /// A required field is covered.
    DocFieldCovered,
    /// The document is damaged.
    DocDamaged,
    /// This type is not accepted.
    DocTypeUnsupported,
    /// Not the type the person chose.
    DocTypeMismatch,
    /// Documents of this country are not accepted.
    DocCountryUnsupported,
    /// The document has expired.
    DocExpired,
    /// The hand-held picture does not show what it must.
    DocHeldInvalid,
    /// A specimen, not a real document.
    DocSpecimen,
    /// A required field could not be read.
    DataUnreadable,
    /// The machine-readable zone does not hold.
    MrzInvalid,
    /// The identity number's check digit does not hold.
    IdNumberInvalid,
    /// Two places on the document contradict each other.
    DataInconsistent,
    /// The name typed is not the name on the document.
    NameMismatch,
    /// Family and given names are swapped.
    NameOrderSwapped,
    /// The name typed differs by a slip.
    NameTypo,
    /// A detail typed differs from the document.
    DataMismatch,
    /// The person is too young.
    AgeBelowMinimum,
    /// A picture of a screen.
    DocScreenCopy,
    /// A photocopy.
    DocPhotocopy,
    /// Signs of a change.
    DocTampered,
    /// No face in the picture.
    FaceNotFound,
    /// The face is too dark.
    FaceTooDark,
    /// The face is too bright.
    FaceOverexposed,
    /// The face is out of focus or moved.
    FaceBlurred,
    /// One side of the face is much darker.
    FaceLightUneven,
    /// Something covers the face.
    FaceOccluded,
    /// The eyes are closed.
    FaceEyesClosed,
    /// The head is turned away.
    FaceNotFrontal,
    /// The face is too small in the picture.
    FaceTooSmall,
    /// More than one face in the picture.
    FaceMultiple,
    /// No portrait on the document.
    PortraitMissing,
    /// Portrait and selfie do not match.
    FaceMismatch,
    /// An action was not completed.
    LivenessIncomplete,
    /// An action was too fast to see.
    LivenessTooFast,
    /// The challenge ran out of time.
    LivenessExpired,
    /// The face left or changed.
    LivenessFaceChanged,
    /// Signs of a presentation attack.
    LivenessAttack,
    /// Signs of an injected stream.
    InjectionSuspected,
    /// The document is used by another account.
    DuplicateDocument,
    /// The face is known from another account.
    DuplicateFace,
    /// The person goes on with an account that they had before.
    EarlierAccount,
    /// On the operator's blocklist.
    Blocklisted,
    /// Too many attempts.
    AttemptsExceeded,
    /// Not a proof of address that is accepted.
    PoaNotRecognised,
    /// The proof of address cannot be read.
    PoaUnreadable,
    /// Issued too long ago.
    PoaTooOld,
    /// No date of issue.
    PoaDateMissing,
    /// Dated in the future.
    PoaDateFuture,
    /// Signs of a change.
    PoaTampered,
    /// In another name.
    PoaNameMismatch,
    /// Another address.
    PoaAddressMismatch,
    /// On a sanctions or watch list.
    AmlHit,
    /// Behind a VPN or proxy.
    NetworkAnonymised,
    /// Network and document point to different countries.
    CountryMismatch,
    /// The check did not run.
    NotRun,
    /// A person is looking at it.
    UnderReview,
}

/// Every code: name, step, default disposition, audience.
const CODES: [(Code, &str, Step, Disposition, Audience); 70] = {
    use Audience::{Applicant, Operator};
    use Disposition::{Final, FixData, Retry, Review, System};
    [
        (Code::DocNotFound, "DOC_NOT_FOUND", Step::Document, Retry, Applicant),
        (Code::DocBlurred, "DOC_BLURRED", Step::Document, Retry, Applicant),
        (Code::DocGlare, "DOC_GLARE", Step::Document, Retry, Applicant),
        (Code::DocOverexposed, "DOC_OVEREXPOSED", Step::Document, Retry, Applicant),
        (Code::DocTooDark, "DOC_TOO_DARK", Step::Document, Retry, Applicant),
        (Code::DocShadow, "DOC_SHADOW", Step::Document, Retry, Applicant),
        (Code::DocCornersCut, "DOC_CORNERS_CUT", Step::Document, Retry, Applicant),
        (Code::DocOccluded, "DOC_OCCLUDED", Step::Document, Retry, Applicant),
        (Code::DocLowResolution, "DOC_LOW_RESOLUTION", Step::Document, Retry, Applicant),
        (Code::DocWatermark, "DOC_WATERMARK", Step::Document, Retry, Applicant),
        (Code::DocNotColour, "DOC_NOT_COLOUR", Step::Document, Retry, Applicant),
        (Code::DocSideMissing, "DOC_SIDE_MISSING", Step::Document, Retry, Applicant),
        (Code::DocSideWrong, "DOC_SIDE_WRONG", Step::Document, Retry, Applicant),
        (Code::DocMultiple, "DOC_MULTIPLE", Step::Document, Retry, Applicant),
        (Code::DocFieldCovered, "DOC_FIELD_COVERED", Step::Document, Retry, Applicant),
        (Code::DocDamaged, "DOC_DAMAGED", Step::Document, Review, Applicant),
        (Code::DocTypeUnsupported, "DOC_TYPE_UNSUPPORTED", Step::Document, FixData, Applicant),
        (Code::DocTypeMismatch, "DOC_TYPE_MISMATCH", Step::Document, FixData, Applicant),
        (
            Code::DocCountryUnsupported,
            "DOC_COUNTRY_UNSUPPORTED",
            Step::Document,
            FixData,
            Applicant,
        ),
        (Code::DocExpired, "DOC_EXPIRED", Step::Document, FixData, Applicant),
        (Code::DocHeldInvalid, "DOC_HELD_INVALID", Step::Held, Retry, Applicant),
        (Code::DocSpecimen, "DOC_SPECIMEN", Step::Document, Final, Applicant),
        (Code::DataUnreadable, "DATA_UNREADABLE", Step::Document, Retry, Applicant),
        (Code::MrzInvalid, "MRZ_INVALID", Step::Document, Retry, Applicant),
        (Code::IdNumberInvalid, "ID_NUMBER_INVALID", Step::Document, Retry, Applicant),
        (Code::DataInconsistent, "DATA_INCONSISTENT", Step::Document, Review, Operator),
        (Code::NameMismatch, "NAME_MISMATCH", Step::Details, FixData, Applicant),
        (Code::NameOrderSwapped, "NAME_ORDER_SWAPPED", Step::Details, FixData, Applicant),
        (Code::NameTypo, "NAME_TYPO", Step::Details, FixData, Applicant),
        (Code::DataMismatch, "DATA_MISMATCH", Step::Details, FixData, Applicant),
        (Code::AgeBelowMinimum, "AGE_BELOW_MINIMUM", Step::Details, Final, Applicant),
        (Code::DocScreenCopy, "DOC_SCREEN_COPY", Step::Document, Review, Operator),
        (Code::DocPhotocopy, "DOC_PHOTOCOPY", Step::Document, Review, Operator),
        (Code::DocTampered, "DOC_TAMPERED", Step::Document, Review, Operator),
        (Code::FaceNotFound, "FACE_NOT_FOUND", Step::Face, Retry, Applicant),
        (Code::FaceTooDark, "FACE_TOO_DARK", Step::Face, Retry, Applicant),
        (Code::FaceOverexposed, "FACE_OVEREXPOSED", Step::Face, Retry, Applicant),
        (Code::FaceBlurred, "FACE_BLURRED", Step::Face, Retry, Applicant),
        (Code::FaceLightUneven, "FACE_LIGHT_UNEVEN", Step::Face, Retry, Applicant),
        (Code::FaceOccluded, "FACE_OCCLUDED", Step::Face, Retry, Applicant),
        (Code::FaceEyesClosed, "FACE_EYES_CLOSED", Step::Face, Retry, Applicant),
        (Code::FaceNotFrontal, "FACE_NOT_FRONTAL", Step::Face, Retry, Applicant),
        (Code::FaceTooSmall, "FACE_TOO_SMALL", Step::Face, Retry, Applicant),
        (Code::FaceMultiple, "FACE_MULTIPLE", Step::Face, Retry, Applicant),
        (Code::PortraitMissing, "PORTRAIT_MISSING", Step::Document, Retry, Applicant),
        (Code::FaceMismatch, "FACE_MISMATCH", Step::Face, Review, Operator),
        (Code::LivenessIncomplete, "LIVENESS_INCOMPLETE", Step::Liveness, Retry, Applicant),
        (Code::LivenessTooFast, "LIVENESS_TOO_FAST", Step::Liveness, Retry, Applicant),
        (Code::LivenessExpired, "LIVENESS_EXPIRED", Step::Liveness, Retry, Applicant),
        (Code::LivenessFaceChanged, "LIVENESS_FACE_CHANGED", Step::Liveness, Retry, Applicant),
        (Code::LivenessAttack, "LIVENESS_ATTACK", Step::Liveness, Review, Operator),
        (Code::InjectionSuspected, "INJECTION_SUSPECTED", Step::Liveness, Review, Operator),
        (Code::DuplicateDocument, "DUPLICATE_DOCUMENT", Step::Risk, Review, Operator),
        (Code::DuplicateFace, "DUPLICATE_FACE", Step::Risk, Review, Operator),
        (Code::EarlierAccount, "EARLIER_ACCOUNT", Step::Risk, Review, Applicant),
        (Code::Blocklisted, "BLOCKLISTED", Step::Risk, Review, Operator),
        (Code::AttemptsExceeded, "ATTEMPTS_EXCEEDED", Step::Risk, Review, Applicant),
        (Code::PoaNotRecognised, "POA_NOT_RECOGNISED", Step::Address, Retry, Applicant),
        (Code::PoaUnreadable, "POA_UNREADABLE", Step::Address, Retry, Applicant),
        (Code::PoaTooOld, "POA_TOO_OLD", Step::Address, Retry, Applicant),
        (Code::PoaDateMissing, "POA_DATE_MISSING", Step::Address, Retry, Applicant),
        (Code::PoaDateFuture, "POA_DATE_FUTURE", Step::Address, Retry, Applicant),
        (Code::PoaTampered, "POA_TAMPERED", Step::Address, Review, Operator),
        (Code::PoaNameMismatch, "POA_NAME_MISMATCH", Step::Address, FixData, Applicant),
        (Code::PoaAddressMismatch, "POA_ADDRESS_MISMATCH", Step::Address, FixData, Applicant),
        (Code::AmlHit, "AML_HIT", Step::Screening, Review, Operator),
        (Code::NetworkAnonymised, "NETWORK_ANONYMISED", Step::Network, Retry, Applicant),
        (Code::CountryMismatch, "COUNTRY_MISMATCH", Step::Network, Review, Applicant),
        (Code::NotRun, "NOT_RUN", Step::System, System, Operator),
        (Code::UnderReview, "UNDER_REVIEW", Step::Review, Review, Applicant),
    ]
};

impl Code {
    /// Every code, in the order of the reference page.
    pub fn all() -> impl Iterator<Item = Self> {
        CODES.iter().map(|row| row.0)
    }

    /// The row of this code; the table is in the order of the enum.
    fn row(self) -> &'static (Self, &'static str, Step, Disposition, Audience) {
        &CODES[self as usize]
    }

    /// The stable public spelling.
    pub fn as_str(self) -> &'static str {
        self.row().1
    }

    /// The step it belongs to.
    pub fn step(self) -> Step {
        self.row().2
    }

    /// What it asks for unless policy says otherwise.
    pub fn disposition(self) -> Disposition {
        self.row().3
    }

    /// Who may see it.
    pub fn audience(self) -> Audience {
        self.row().4
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A measured value beside the limit that it was held against.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Measured {
    /// What was measured, in the unit of the check.
    pub value: f64,
    /// The limit of the policy.
    pub threshold: f64,
}

/// Why a check did not pass, with what a person needs to see and mend it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Reason {
    /// The code.
    pub code: Code,
    /// What exactly, where the code covers several things.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub detail: Option<Detail>,
    /// What it asks for in place of what its code does: of what could not be told a person
    /// decides, as asking for another picture again and again would help nobody.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub asks: Option<Disposition>,
    /// The picture it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub slot: Option<Slot>,
    /// The field it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub field: Option<Field>,
    /// What was measured.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub measured: Option<Measured>,
    /// Where in the picture.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub region: Option<Region>,
    /// What the document says, for the guidance text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub found: Option<String>,
    /// What was expected: what the person typed, or what policy asks.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expected: Option<String>,
}

impl Reason {
    /// The bare code.
    pub fn new(code: Code) -> Self {
        Self {
            code,
            detail: None,
            asks: None,
            slot: None,
            field: None,
            measured: None,
            region: None,
            found: None,
            expected: None,
        }
    }

    /// What it asks for unless policy says otherwise: what nobody but a person can see
    /// goes to one, whatever else the code asks for.
    pub fn disposition(&self) -> Disposition {
        match (self.code, self.detail) {
            (Code::DocHeldInvalid, Some(Detail::Hand)) => Disposition::Review,
            _ => self.asks.unwrap_or_else(|| self.code.disposition()),
        }
    }

    /// About `detail`.
    #[must_use]
    pub fn detail(self, detail: Detail) -> Self {
        Self { detail: Some(detail), ..self }
    }

    /// Asking for `disposition` in place of what its code asks for.
    #[must_use]
    pub fn asking(self, disposition: Disposition) -> Self {
        Self { asks: Some(disposition), ..self }
    }

    /// About the picture in `slot`.
    #[must_use]
    pub fn on(self, slot: Slot) -> Self {
        Self { slot: Some(slot), ..self }
    }

    /// About `field`.
    #[must_use]
    pub fn field(self, field: Field) -> Self {
        Self { field: Some(field), ..self }
    }

    /// With what was measured against which limit.
    #[must_use]
    pub fn measured(self, value: f64, threshold: f64) -> Self {
        Self { measured: Some(Measured { value, threshold }), ..self }
    }

    /// With where it is.
    #[must_use]
    pub fn region(self, region: Option<Region>) -> Self {
        Self { region, ..self }
    }

    /// With what was found and what was expected.
    #[must_use]
    pub fn compared(self, found: impl Into<String>, expected: impl Into<String>) -> Self {
        Self { found: Some(found.into()), expected: Some(expected.into()), ..self }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_of_codes_is_in_the_order_of_the_enum_and_spelt_as_serialised() {
        for (index, code) in Code::all().enumerate() {
            assert_eq!(code as usize, index);
            assert_eq!(serde_json::to_value(code).unwrap(), code.as_str());
        }
    }
}
