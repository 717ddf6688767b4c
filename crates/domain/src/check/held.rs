//! Does the person hold this very document?

use crate::check::{CheckKind, Checks, Finding, Outcome, face};
use crate::detail::Detail;
use crate::evidence::{Evidence, FaceMatch, HeldMatch, PictureEvidence, SeenDocument, Slot};
use crate::field::Field;
use crate::policy::{Limits, TierPolicy};
use crate::reason::{Code, Reason};

/// Judges the picture with the document in hand, when there is one.
///
/// That a hand of this very person joins the two is not measured: a picture in which
/// everything else is right stays inconclusive, for a person to look at.
pub(super) fn run(evidence: &Evidence, tier: &TierPolicy, checks: &mut Checks) {
    let Some(picture) = evidence.pictures.get(&Slot::Held) else { return };
    let mut findings = shown(picture);
    if let Some(document) = &picture.document {
        findings.extend(same_document(evidence, document, &tier.limits));
    }
    let compared = evidence.held_match.clone().unwrap_or_default();
    findings.extend(same_people(picture, &compared, &tier.limits));
    if findings.iter().all(|finding| finding.outcome == Outcome::Pass) {
        findings.push(Finding::of(Outcome::Inconclusive(reason(Detail::Hand))));
    }
    let findings = findings.into_iter().map(|finding| finding.on(Slot::Held));
    checks.record(CheckKind::DocumentHeld, findings);
}

fn reason(detail: Detail) -> Reason {
    Reason::new(Code::DocHeldInvalid).detail(detail)
}

/// What is missing of a face and a document.
pub(super) fn shown(picture: &PictureEvidence) -> Vec<Finding> {
    let parts = [
        (picture.faces.is_empty(), Detail::NoFace),
        (picture.document.is_none(), Detail::NoDocument),
    ];
    let missing = parts.into_iter().filter(|(missing, _)| *missing);
    missing.map(|(_, detail)| Finding::of(Outcome::Fail(reason(detail)))).collect()
}

/// The number in the hand is the number in the document's own picture. Small print
/// misread is no other document: only a sure reading contradicts. Nothing is found where
/// the document's own picture gives no number.
fn same_document(evidence: &Evidence, held: &SeenDocument, limits: &Limits) -> Option<Finding> {
    let (own, read) = (evidence.fields_of_sides(), held.fields());
    let numbers = [Field::DocumentNumber, Field::NationalIdNumber];
    let expected = numbers.into_iter().filter(|field| own.0.contains_key(field));
    let unread = || Finding::of(Outcome::Fail(reason(Detail::Unread)));
    let mut compared = expected.map(|field| (field, &own.0[&field], read.0.get(&field))).peekable();
    compared.peek()?;
    let Some((field, own, read)) = compared.find_map(|(f, own, read)| Some((f, own, read?))) else {
        return Some(unread());
    };
    let certain = limits.min_printed_confidence;
    Some(if own.value == read.value {
        Finding::of(Outcome::Pass)
    } else if evidence.is_certain(own, certain) && held.is_certain(read, certain) {
        let other = reason(Detail::OtherDocument).field(field);
        Finding::of(Outcome::Fail(other.compared(&read.value, &own.value)))
    } else {
        unread()
    })
}

/// The person is the one of the selfie, the portrait the one of the document. As
/// everywhere, how alike faces are is the operator's to know. A small portrait unlike its
/// larger picture, or none to be seen, proves nothing: a person looks.
fn same_people(picture: &PictureEvidence, compared: &HeldMatch, limits: &Limits) -> Vec<Finding> {
    let judged = |found: &FaceMatch, detail: Detail| {
        let found = face::matches(found, limits);
        let outcome = match found.outcome {
            Outcome::Pass => Outcome::Pass,
            Outcome::Fail(reason) if detail == Detail::OtherPerson => {
                Outcome::Fail(reason.detail(detail))
            }
            Outcome::Fail(reason) | Outcome::Inconclusive(reason) => {
                Outcome::Inconclusive(reason.detail(detail))
            }
        };
        Finding { outcome, ..found }
    };
    let person = compared.person.as_ref().map(|found| judged(found, Detail::OtherPerson));
    let portrait = compared.portrait.as_ref().map(|found| judged(found, Detail::OtherPortrait));
    let unseen = || {
        let reason = Reason::new(Code::FaceMismatch).detail(Detail::OtherPortrait);
        Finding::of(Outcome::Inconclusive(reason))
    };
    let both = picture.document.is_some() && !picture.faces.is_empty();
    person.into_iter().chain(portrait.or_else(|| both.then(unseen))).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::check::tests::{clean, no_claims, tier};
    use crate::check::{self, run as run_all};
    use crate::evidence::FaceMatch;
    use crate::field::Source;
    use crate::reason::Disposition;
    use jiff::civil::date;

    fn rate(rate: f64) -> FaceMatch {
        let false_accept_rate = BTreeMap::from([("worst".to_owned(), rate)]);
        FaceMatch { distance: 1.0, false_accept_rate, normalised: None }
    }

    /// The clean passport, its holder, and both once more in the hand.
    fn in_hand() -> Evidence {
        let mut evidence = clean();
        let mut held = evidence.pictures[&Slot::Front].clone();
        held.faces = evidence.pictures[&Slot::Selfie].faces.clone();
        evidence.pictures.insert(Slot::Held, held);
        evidence.held_match =
            Some(HeldMatch { person: Some(rate(1e-6)), portrait: Some(rate(1e-6)) });
        evidence
    }

    fn held(evidence: &mut Evidence) -> &mut PictureEvidence {
        evidence.pictures.get_mut(&Slot::Held).unwrap()
    }

    fn number(evidence: &mut Evidence, value: &str, source: Source, confidence: f32) {
        let document = held(evidence).document.as_mut().unwrap();
        document.mrz = None;
        document.printed.set(Field::DocumentNumber, value, source, confidence);
    }

    type Case<'a> = (&'a str, fn(&mut Evidence), &'a [(bool, Detail)]);

    /// What is told of a hand-held picture with this `change`: whether it fails, and what.
    fn told(change: fn(&mut Evidence)) -> Vec<(bool, Detail)> {
        let mut evidence = in_hand();
        change(&mut evidence);
        let checks = run_all(&evidence, &no_claims(), date(2026, 3, 1), &tier());
        let findings = checks.findings(CheckKind::DocumentHeld).iter();
        let reasons = findings.filter_map(|finding| {
            let reason = finding.outcome.reason()?;
            let detail = reason.detail?;
            let of_faces = matches!(detail, Detail::OtherPerson | Detail::OtherPortrait);
            let code = if of_faces { Code::FaceMismatch } else { Code::DocHeldInvalid };
            assert_eq!((reason.code, reason.slot), (code, Some(Slot::Held)));
            Some((matches!(finding.outcome, Outcome::Fail(_)), detail))
        });
        reasons.collect()
    }

    #[test]
    fn the_document_in_the_hand_says_what_its_own_picture_does_not() {
        let set = |held: &mut SeenDocument, field, value: &str| {
            held.mrz.as_mut().unwrap().fields.set(field, value, Source::Mrz, 0.99);
        };
        let said = |change: &dyn Fn(&mut SeenDocument)| {
            let mut evidence = in_hand();
            let document = held(&mut evidence).document.as_mut().unwrap();
            document.printed.set(Field::Address, "4 SQUARE", Source::Printed, 0.9);
            change(document);
            evidence.fields().value(Field::Address).map(str::to_owned)
        };
        assert_eq!(said(&|_| {}), Some("4 SQUARE".to_owned()));
        assert_eq!(said(&|held| held.mrz = None), None, "neither number nor birth");
        let others = [
            (Field::DocumentNumber, "X1234567"),
            (Field::BirthDate, "1974-08-13"),
            (Field::ExpiryDate, "2031-04-15"),
        ];
        for (field, value) in others {
            assert_eq!(said(&|held| set(held, field, value)), None, "{field:?}");
        }
    }

    #[test]
    fn what_was_not_surely_seen_contradicts_nothing() {
        use Detail::{OtherPortrait, Unread};
        let cases: [Case; 2] = [
            (
                "another number in a zone that does not hold",
                |e| {
                    let document = held(e).document.as_mut().unwrap();
                    let zone = document.mrz.as_mut().unwrap();
                    zone.check_digits_ok = false;
                    zone.fields.set(Field::DocumentNumber, "L898902C8", Source::Mrz, 0.99);
                },
                &[(true, Unread)],
            ),
            (
                "no portrait to compare",
                |e| e.held_match.as_mut().unwrap().portrait = None,
                &[(false, OtherPortrait)],
            ),
        ];
        for (name, change, expected) in cases {
            assert_eq!(told(change), expected, "{name}");
        }
    }

    #[test]
    fn each_thing_that_is_wrong_in_the_hand_is_said_by_name() {
        use Detail::{Hand, NoDocument, NoFace, OtherDocument, OtherPerson, OtherPortrait, Unread};
        let cases: [Case; 9] = [
            ("all is right", |_| {}, &[(false, Hand)]),
            ("no face", |e| held(e).faces.clear(), &[(true, NoFace)]),
            ("no document", |e| held(e).document = None, &[(true, NoDocument)]),
            (
                "another number, surely read",
                |e| number(e, "X1234567", Source::Printed, 0.99),
                &[(true, OtherDocument)],
            ),
            (
                "another number, hardly read",
                |e| number(e, "L898902C8", Source::Printed, 0.6),
                &[(true, Unread)],
            ),
            ("no number", |e| held(e).document.as_mut().unwrap().mrz = None, &[(true, Unread)]),
            (
                "another person",
                |e| e.held_match.as_mut().unwrap().person = Some(rate(0.5)),
                &[(true, OtherPerson)],
            ),
            (
                "perhaps another person",
                |e| e.held_match.as_mut().unwrap().person = Some(rate(5e-4)),
                &[(false, OtherPerson)],
            ),
            (
                "a small portrait unlike the large one",
                |e| e.held_match.as_mut().unwrap().portrait = Some(rate(0.5)),
                &[(false, OtherPortrait)],
            ),
        ];
        for (name, change, expected) in cases {
            assert_eq!(told(change), expected, "{name}");
        }
    }

    #[test]
    fn what_only_a_person_can_see_goes_to_one_and_the_rest_is_done_again() {
        let tier = tier();
        assert_eq!(tier.disposition(&reason(Detail::Hand)), Disposition::Review);
        for again in [Detail::NoFace, Detail::NoDocument, Detail::Unread, Detail::OtherDocument] {
            assert_eq!(tier.disposition(&reason(again)), Disposition::Retry, "{again:?}");
        }
    }

    #[test]
    fn by_itself_a_picture_is_told_what_it_lacks_and_nothing_that_a_person_has_to_see() {
        let of = |change: fn(&mut PictureEvidence)| {
            let mut evidence = in_hand();
            change(held(&mut evidence));
            let found = check::of_held(held(&mut evidence)).into_iter();
            let told = found.map(|(kind, finding)| {
                assert_eq!(kind, CheckKind::DocumentHeld);
                finding.outcome.reason().and_then(|reason| reason.detail)
            });
            told.collect::<Vec<_>>()
        };
        assert_eq!(of(|_| {}), []);
        assert_eq!(of(|picture| picture.faces.clear()), [Some(Detail::NoFace)]);
        assert_eq!(of(|picture| picture.document = None), [Some(Detail::NoDocument)]);
    }

    #[test]
    fn without_a_hand_held_picture_the_check_does_not_run() {
        let checks = run_all(&clean(), &no_claims(), date(2026, 3, 1), &tier());
        assert!(checks.findings(CheckKind::DocumentHeld).is_empty());
    }
}
