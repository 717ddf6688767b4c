//! The machine-readable zone as a fact.

use domain::evidence::MrzEvidence;
use domain::field::{Field, Fields, Source};

use crate::mrz::{Format, MrzReading};

/// The zone with its fields under their public names. Names carry their own
/// confidence: no check digit covers them.
pub(super) fn facts(zone: &MrzReading) -> MrzEvidence {
    let read = &zone.fields;
    let date = |date: &Option<matching::dates::PartialDate>| date.as_ref().map(ToString::to_string);
    let values = [
        (Field::Surname, read.surname.clone()),
        (Field::GivenNames, read.given_names.clone()),
        (Field::DocumentNumber, read.document_number.clone()),
        (Field::Nationality, read.nationality.clone()),
        (Field::IssuingCountry, read.issuing_country.clone()),
        (Field::BirthDate, date(&read.birth_date)),
        (Field::Sex, read.sex.map(String::from)),
        (Field::ExpiryDate, date(&read.expiry_date)),
    ];
    let mut fields = Fields::default();
    // The card of Mexico's electoral institute has H for men and M for women (mujer), which
    // no zone of ICAO can be read by.
    let elsewhere = zone.format == Format::Td1 && read.issuing_country.as_deref() == Some("MEX");
    let values = values.into_iter().filter(|(field, _)| !elsewhere || *field != Field::Sex);
    for (field, value) in values {
        let name = matches!(field, Field::Surname | Field::GivenNames);
        let confidence = if name { zone.names_confidence } else { zone.confidence };
        if let Some(value) = value {
            fields.set(field, value, Source::Mrz, confidence);
        }
    }
    MrzEvidence {
        format: zone.format.as_str().to_owned(),
        lines: zone.lines.clone(),
        check_digits_ok: zone.check_digits_ok,
        repaired: !zone.repaired.is_empty(),
        fields,
    }
}
