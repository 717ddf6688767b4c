//! Printed values that cannot be true were misread: they count as unread.

use domain::field::{Field, Fields};
use jiff::civil::Date;

use crate::kind::Known;

/// Nobody is older (the oldest person on record reached 122).
const OLDEST: i16 = 130;

/// `fields` without what cannot be: a number of another form than `known` has, a birth in
/// the future or too long ago, an issue before the birth or in the future, an end before
/// the birth; of an issue after the end, the less sure one.
pub fn plausible(mut fields: Fields, known: Option<&Known>, as_of: Date) -> Fields {
    if let Some(known) = known
        && let Some(printed) = fields.0.get_mut(&Field::DocumentNumber)
    {
        match known.number_in(&printed.value).map(str::to_owned) {
            Some(number) => printed.value = number,
            None => drop(fields.0.remove(&Field::DocumentNumber)),
        }
    }
    let date = |fields: &Fields, field| fields.value(field)?.parse::<Date>().ok();
    let born = date(&fields, Field::BirthDate);
    if born.is_some_and(|born| born > as_of || born.year() + OLDEST < as_of.year()) {
        fields.0.remove(&Field::BirthDate);
    }
    let born = date(&fields, Field::BirthDate);
    let before_birth = |day: Date| born.is_some_and(|born| day < born);
    if date(&fields, Field::IssueDate).is_some_and(|day| day > as_of || before_birth(day)) {
        fields.0.remove(&Field::IssueDate);
    }
    if date(&fields, Field::ExpiryDate).is_some_and(before_birth) {
        fields.0.remove(&Field::ExpiryDate);
    }
    let both = date(&fields, Field::IssueDate).zip(date(&fields, Field::ExpiryDate));
    if both.is_some_and(|(issued, ends)| issued > ends) {
        let sure = |field| fields.0.get(&field).map_or(0.0, |reading| reading.confidence);
        let issue = sure(Field::IssueDate) <= sure(Field::ExpiryDate);
        fields.0.remove(if issue { &Field::IssueDate } else { &Field::ExpiryDate });
    }
    fields
}

#[cfg(test)]
mod tests {
    use domain::document::{Country, DocumentType};
    use domain::field::Source;
    use jiff::civil::date;

    use super::*;

    type Read<'a> = &'a [(Field, &'a str, f32)];

    #[test]
    fn what_cannot_be_is_unread() {
        use Field::{BirthDate, DocumentNumber, ExpiryDate, IssueDate};
        let china = Country::parse("CHN").unwrap();
        let licence = Known::of(DocumentType::DrivingLicence, Some(&china));
        let cases: [(Read, &[Field]); 7] = [
            (&[(DocumentNumber, "12345678", 0.9)], &[]),
            (&[(DocumentNumber, "99010119900101123X", 0.9)], &[DocumentNumber]),
            (&[(BirthDate, "2030-01-01", 0.9)], &[]),
            (&[(BirthDate, "1890-01-01", 0.9)], &[]),
            (&[(BirthDate, "1990-01-01", 0.9), (IssueDate, "1989-01-01", 0.9)], &[BirthDate]),
            (&[(IssueDate, "2024-05-01", 0.8), (ExpiryDate, "2023-05-01", 0.9)], &[ExpiryDate]),
            (
                &[(IssueDate, "2024-05-01", 0.8), (ExpiryDate, "long_term", 0.9)],
                &[IssueDate, ExpiryDate],
            ),
        ];
        for (read, kept) in cases {
            let mut fields = Fields::default();
            for (field, value, confidence) in read {
                fields.set(*field, *value, Source::Printed, *confidence);
            }
            let fields = plausible(fields, licence, date(2026, 1, 1));
            let left: Vec<Field> = fields.0.keys().copied().collect();
            let mut kept = kept.to_vec();
            kept.sort();
            assert_eq!(left, kept, "{read:?}");
        }
    }
}
