//! Several pictures of one side, read as one: what glare or a finger hides in one, another
//! shows.

use std::collections::BTreeMap;

use domain::evidence::{Measurement, MrzEvidence, PictureEvidence, Quality, SeenDocument};
use domain::field::{Field, Fields, Reading};
use domain::trace::Trace;

/// A value that pictures contradict counts as read only where those that say it are
/// together this many times as sure as those that say another.
const OUTVOTED: f32 = 2.0;
/// No number of pictures makes print quite sure.
const MOST: f32 = 0.999;
/// Share of something printed up to which light or a thing only touches it, or doubt up to which
/// print under a stamp is read: the least that any shipped policy complains of.
const TOUCHED: f64 = 0.05;

/// Which of `takes`, at least one, says the most of its document: a zone whose check
/// digits hold, then more fields, then less that something hides, more corners inside, and the
/// sharpest.
pub fn best(takes: &[&PictureEvidence]) -> usize {
    let says = |take: &PictureEvidence| {
        let document = take.document.as_ref();
        let zone = document.is_some_and(|document| proven(document).is_some());
        let fields = document.map_or(0, |document| document.fields().0.len());
        let hidden = take.quality.iter().filter(|measured| hides(measured)).count();
        let corners = document.map_or(0, |document| document.corners_inside);
        (document.is_some(), zone, fields, usize::MAX - hidden, corners)
    };
    let blur = |take: &PictureEvidence| {
        let blur = take.quality.iter().find(|measured| measured.quality == Quality::Blur);
        blur.map_or(f64::INFINITY, |measured| measured.value)
    };
    let better = |a: &usize, b: &usize| {
        let [one, other] = [a, b].map(|index| takes[*index]);
        let sharper = blur(other).total_cmp(&blur(one));
        says(one).cmp(&says(other)).then(sharper).then(b.cmp(a))
    };
    (0..takes.len()).max_by(better).unwrap_or(0)
}

/// Whether it tells of something that is hidden, and not only touched: a field, or the portrait.
fn hides(measured: &Measurement) -> bool {
    let over = matches!(measured.quality, Quality::Glare | Quality::Occlusion | Quality::Stamp);
    over && measured.value > TOUCHED
}

/// `best` with what `others` read of the same document: a picture of another adds nothing
/// but that it is a specimen or that an editing program's name stands in its file. Each field gets
/// the value that the pictures are surest of; one on which they cannot agree is unread. A spot that
/// hides a field which another picture shows hides nothing. Every picture of the document adds its
/// traces of forgery, without their places, which are in another picture.
pub fn combined(best: PictureEvidence, others: &[&PictureEvidence]) -> PictureEvidence {
    let mut combined = best;
    let Some(document) = &mut combined.document else { return combined };
    // A word that ends the case does so in whatever picture it stands.
    let signs = others.iter().filter_map(|take| take.document.as_ref()?.specimen);
    document.specimen = document.specimen.into_iter().chain(signs).next();
    let editors = others.iter().filter_map(|take| take.edited_with.clone());
    combined.edited_with = combined.edited_with.into_iter().chain(editors).next();
    let others: Vec<(&SeenDocument, &PictureEvidence)> = others
        .iter()
        .filter_map(|take| Some((take.document.as_ref()?, *take)))
        .filter(|(other, _)| same(document, other))
        .collect();
    let traces = others.iter().flat_map(|(_, take)| &take.traces);
    combined.traces.extend(traces.map(|trace| Trace { region: None, ..trace.clone() }));
    let printed = others.iter().map(|(other, _)| &other.printed);
    document.printed = voted(std::iter::once(&document.printed).chain(printed));
    if proven(document).is_none() {
        let zone = others.iter().find_map(|(other, _)| proven(other));
        document.mrz = zone.or(document.mrz.as_ref()).cloned();
    }
    if document.barcode.is_none() {
        document.barcode = others.iter().find_map(|(other, _)| other.barcode.clone());
    }
    let shown = |field: Field| {
        others.iter().any(|(other, take)| {
            let over = |measured: &Measurement| measured.field == Some(field) && hides(measured);
            let hidden = take.quality.iter().any(over);
            other.printed.0.contains_key(&field) && !hidden
        })
    };
    for measured in &mut combined.quality {
        if measured.field.is_some_and(shown) {
            // Measured, and nothing is hidden: without it the check would not have run.
            *measured =
                Measurement { quality: measured.quality, value: 0.0, region: None, field: None };
        }
    }
    combined
}

/// What tells one document of a kind from another: it never differs on the same one.
const TELLING: [Field; 3] = [Field::DocumentNumber, Field::NationalIdNumber, Field::BirthDate];
/// What two pictures of one document may have in common where the number is hidden.
const SHARED: [Field; 2] = [Field::Surname, Field::FullNameNative];

/// Whether two pictures show one document: the same kind, no telling field that differs,
/// and one at least that both say. Else the page of one would lend its proof to the
/// portrait of another.
fn same(a: &SeenDocument, b: &SeenDocument) -> bool {
    let (one, two) = (a.fields(), b.fields());
    let both = |field: &Field| one.value(*field).zip(two.value(*field));
    let kind = a.document_type == b.document_type && a.country == b.country && a.side == b.side;
    kind && TELLING.iter().filter_map(both).all(|(one, two)| one == two)
        && TELLING.iter().chain(&SHARED).filter_map(both).any(|(one, two)| one == two)
}

fn proven(document: &SeenDocument) -> Option<&MrzEvidence> {
    document.mrz.as_ref().filter(|zone| zone.check_digits_ok)
}

/// The value of each field that `takes` are surest of.
fn voted<'a>(takes: impl Iterator<Item = &'a Fields>) -> Fields {
    let mut votes: BTreeMap<Field, Vec<&Reading>> = BTreeMap::new();
    for take in takes {
        for (field, reading) in &take.0 {
            votes.entry(*field).or_default().push(reading);
        }
    }
    let agreed = |readings: Vec<&Reading>| {
        let mut doubt: BTreeMap<&str, (f32, f32)> = BTreeMap::new();
        for reading in &readings {
            let (sum, doubt) = doubt.entry(&reading.value).or_insert((0.0, 1.0));
            *sum += reading.confidence;
            *doubt *= 1.0 - reading.confidence.min(1.0);
        }
        let all: f32 = doubt.values().map(|(sum, _)| sum).sum();
        let (value, (sum, doubt)) = doubt.into_iter().max_by(|a, b| a.1.0.total_cmp(&b.1.0))?;
        let agreed = sum >= OUTVOTED * (all - sum);
        let mut reading = readings.into_iter().find(|reading| reading.value == value)?.clone();
        reading.confidence = (1.0 - doubt).min(MOST) * sum / all.max(f32::EPSILON);
        agreed.then_some(reading)
    };
    Fields(
        votes
            .into_iter()
            .filter_map(|(field, readings)| Some((field, agreed(readings)?)))
            .collect(),
    )
}

#[cfg(test)]
mod tests {
    use domain::document::{DocumentType, Side};
    use domain::evidence::{Region, SpecimenSign};
    use domain::field::Source;
    use domain::trace::TraceKind;

    use super::*;

    fn take(fields: &[(Field, &str, f32)], hidden: &[Field]) -> PictureEvidence {
        let mut printed = Fields::default();
        for (field, value, confidence) in fields {
            printed.set(*field, *value, Source::Printed, *confidence);
        }
        let document = SeenDocument {
            document_type: DocumentType::IdCard,
            country: None,
            side: Some(Side::Front),
            score: 0.9,
            outline: Region(vec![[0.0, 0.0], [9.0, 0.0], [9.0, 9.0], [0.0, 9.0]]),
            corners_inside: 4,
            others: 0,
            printed,
            mrz: None,
            barcode: None,
            specimen: None,
        };
        let hides = |field: &Field| Measurement {
            quality: Quality::Glare,
            value: 0.9,
            region: None,
            field: Some(*field),
        };
        PictureEvidence {
            width: 1000,
            height: 700,
            edited_with: None,
            document: Some(document),
            quality: hidden.iter().map(hides).collect(),
            traces: Vec::new(),
            faces: Vec::new(),
        }
    }

    fn values(take: &PictureEvidence) -> Vec<(Field, String)> {
        let printed = &take.document.as_ref().unwrap().printed;
        printed.0.iter().map(|(field, reading)| (*field, reading.value.clone())).collect()
    }

    #[test]
    fn what_one_picture_hides_another_shows() {
        use Field::{BirthDate, DocumentNumber, Surname};
        let born = (BirthDate, "1990-02-03", 0.9);
        let first = take(&[(Surname, "KOVAC", 0.9), born], &[DocumentNumber]);
        let second = take(&[(DocumentNumber, "L1234567", 0.9), born], &[Surname]);
        assert_eq!(best(&[&first, &second]), 0);
        let both = combined(first, &[&second]);
        let read = |field, value: &str| (field, value.to_owned());
        assert_eq!(
            values(&both),
            [
                read(Surname, "KOVAC"),
                read(DocumentNumber, "L1234567"),
                read(BirthDate, "1990-02-03")
            ]
        );
        let hidden: Vec<_> = both.quality.iter().map(|m| (m.quality, m.value, m.field)).collect();
        assert_eq!(hidden, [(Quality::Glare, 0.0, None)]);
    }

    #[test]
    fn pictures_that_agree_are_surer_and_those_that_contradict_leave_it_unread() {
        use Field::{BirthDate, Surname};
        let born = (BirthDate, "1990-02-03", 0.9);
        let say = |value, confidence| take(&[(Surname, value, confidence), born], &[]);
        let values = |take: &PictureEvidence| -> Vec<_> {
            values(take).into_iter().filter(|(field, _)| *field == Surname).collect()
        };
        let agreed = combined(say("KOVAC", 0.8), &[&say("KOVAC", 0.8)]);
        let reading = &agreed.document.as_ref().unwrap().printed.0[&Surname];
        assert!(reading.confidence > 0.95);
        assert_eq!(values(&combined(say("KOVAC", 0.8), &[&say("KOVAK", 0.7)])), []);
        let most = combined(say("KOVAK", 0.8), &[&say("KOVAC", 0.9), &say("KOVAC", 0.8)]);
        assert_eq!(values(&most), [(Surname, "KOVAC".to_owned())]);
    }

    #[test]
    fn a_picture_of_another_document_adds_nothing() {
        use Field::{DocumentNumber, Surname};
        let mut other = take(&[(DocumentNumber, "L1234567", 0.9)], &[]);
        other.document.as_mut().unwrap().side = Some(Side::Back);
        let alone = take(&[(Surname, "KOVAC", 0.9)], &[DocumentNumber]);
        assert_eq!(combined(alone.clone(), &[&other]), alone);
        // Another person's of the same kind, and one that shares nothing.
        let theirs = [(Surname, "KOVAC", 0.9), (DocumentNumber, "L7654321", 0.9)];
        let mine = take(&[(Surname, "KOVAC", 0.9), (DocumentNumber, "L1234567", 0.9)], &[]);
        assert_eq!(combined(mine.clone(), &[&take(&theirs, &[])]), mine);
        assert_eq!(combined(alone.clone(), &[&take(&theirs[1..], &[])]), alone);
    }

    #[test]
    fn a_specimens_mark_and_an_editors_name_count_in_any_picture() {
        let mut other = take(&[], &[]);
        other.document.as_mut().unwrap().specimen = Some(SpecimenSign::Marked);
        other.edited_with = Some("GIMP".to_owned());
        let both = combined(take(&[(Field::Surname, "KOVAC", 0.9)], &[]), &[&other]);
        assert_eq!(both.document.unwrap().specimen, Some(SpecimenSign::Marked));
        assert_eq!(both.edited_with.as_deref(), Some("GIMP"));
    }

    #[test]
    fn of_pictures_that_say_as_much_the_better_one_is_taken() {
        let said = [(Field::Surname, "KOVAC", 0.9)];
        let whole = |quality, value| Measurement { quality, value, region: None, field: None };
        let with = |measured: &[Measurement]| {
            let mut take = take(&said, &[]);
            take.quality = measured.to_vec();
            take
        };
        let blurred = with(&[whole(Quality::Blur, 0.17), whole(Quality::Glare, 0.0)]);
        let sharp = with(&[whole(Quality::Blur, 0.05), whole(Quality::Glare, 0.0)]);
        let lit = with(&[whole(Quality::Blur, 0.05), whole(Quality::Glare, 0.7)]);
        let mut cut = sharp.clone();
        cut.document.as_mut().unwrap().corners_inside = 3;
        assert_eq!(best(&[&blurred, &sharp]), 1);
        assert_eq!(best(&[&lit, &blurred]), 1, "light over the portrait hides more");
        assert_eq!(best(&[&cut, &blurred]), 1);
        let touched = with(&[whole(Quality::Blur, 0.05), whole(Quality::Glare, 0.02)]);
        assert_eq!(best(&[&blurred, &touched]), 1, "light that only touches print hides nothing");
        assert_eq!(best(&[&with(&[]), &blurred]), 1, "blur that was not measured is no sharpness");
        assert_eq!(best(&[&sharp, &sharp]), 0, "of equals the first");
    }

    #[test]
    fn every_picture_of_the_document_adds_its_traces_of_forgery() {
        use Field::{BirthDate, DocumentNumber};
        let number = (DocumentNumber, "L1234567", 0.9);
        let mut forged = take(&[number, (BirthDate, "1990-02-03", 0.9)], &[]);
        forged.traces = vec![Trace {
            kind: TraceKind::FieldSharpness,
            value: 3.0,
            region: Some(Region(vec![[1.0, 1.0], [2.0, 1.0], [2.0, 2.0]])),
        }];
        let both = combined(take(&[number], &[BirthDate]), &[&forged]);
        assert_eq!(values(&both).len(), 2);
        let traces = [Trace { region: None, ..forged.traces[0].clone() }];
        assert_eq!(both.traces, traces, "its place is in another picture");
        // A picture of another document lends neither.
        let other = take(&[(DocumentNumber, "L7654321", 0.9)], &[]);
        assert_eq!(combined(other.clone(), &[&forged]), other);
    }
}
