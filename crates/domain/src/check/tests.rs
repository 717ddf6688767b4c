use jiff::civil::date;

use super::*;
use crate::detail::Detail;
use crate::document::{Country, DocumentType, Side};
use crate::evidence::{
    FaceMatch, Measurement, MrzEvidence, NormalisedMatch, PictureEvidence, Quality, Region,
    SeenDocument, SeenFace, SpecimenSign, Strangers,
};
use crate::field::{Field, Fields, Source};
use crate::policy::{FaceScore, Policy};
use crate::reason::{Code, Disposition};

pub(super) fn tier() -> TierPolicy {
    let policy = Policy::parse(include_str!("../../../../policies/pictures.toml")).unwrap();
    policy.tier(None).unwrap().clone()
}

pub(super) fn no_claims() -> Claims {
    Claims {
        surname: None,
        given_names: None,
        full_name_native: None,
        birth_date: None,
        document_type: None,
        document_number: None,
        nationality: None,
    }
}

fn face(eye_distance: f32) -> SeenFace {
    SeenFace {
        bounds: [10.0, 10.0, 100.0, 100.0],
        eye_distance,
        score: 0.9,
        yaw: 0.0,
        pitch: 0.0,
        roll: 0.0,
        sharpness: 100.0,
        brightness: 120.0,
    }
}

/// What is measured of a face that is in order.
fn free_face() -> Vec<Measurement> {
    let values = [
        (Quality::FaceLight, 190.0),
        (Quality::FaceOverexposure, 0.0),
        (Quality::FaceUnevenness, 0.1),
        (Quality::FaceSharpness, 0.42),
        (Quality::EyeOpening, 0.17),
        (Quality::HatCover, 0.03),
        (Quality::GlassesCover, 0.0),
        (Quality::MaskCover, 0.0),
        (Quality::HandCover, 0.01),
        (Quality::HairCover, 0.0),
    ];
    let measured = |(quality, value)| Measurement { quality, value, region: None, field: None };
    values.map(measured).to_vec()
}

/// What the zone of the passport says.
fn coded_fields() -> Fields {
    let mut fields = Fields::default();
    for (field, value) in [
        (Field::Surname, "ERIKSSON"),
        (Field::GivenNames, "ANNA MARIA"),
        (Field::DocumentNumber, "L898902C3"),
        (Field::BirthDate, "1974-08-12"),
        (Field::ExpiryDate, "2032-04-15"),
        (Field::Sex, "F"),
    ] {
        fields.set(field, value, Source::Mrz, 0.99);
    }
    fields
}

/// A passport of Utopia and a selfie on which every check passes.
pub(super) fn clean() -> Evidence {
    let document = SeenDocument {
        document_type: DocumentType::Passport,
        country: Some(Country::parse("UTO").unwrap()),
        side: Some(Side::Front),
        score: 0.9,
        outline: Region(vec![[0.0, 0.0], [9.0, 0.0], [9.0, 9.0], [0.0, 9.0]]),
        corners_inside: 4,
        others: 0,
        printed: Fields::default(),
        barcode: None,
        mrz: Some(MrzEvidence {
            format: "TD3".to_owned(),
            lines: Vec::new(),
            check_digits_ok: true,
            repaired: false,
            fields: coded_fields(),
        }),
        specimen: None,
    };
    let front = PictureEvidence {
        width: 2000,
        height: 1500,
        edited_with: None,
        document: Some(document),
        quality: Vec::new(),
        traces: Vec::new(),
        faces: vec![face(90.0)],
    };
    let quality = free_face();
    let faces = vec![face(200.0)];
    let selfie = PictureEvidence { document: None, quality, faces, ..front.clone() };
    let rates = [("western".to_owned(), 1e-6), ("chinese".to_owned(), 2e-5)];
    let mut evidence = Evidence::default();
    evidence.pictures.insert(Slot::Front, front);
    evidence.pictures.insert(Slot::Selfie, selfie);
    evidence.face_match = Some(FaceMatch {
        distance: 0.5,
        false_accept_rate: rates.into_iter().collect(),
        normalised: None,
    });
    evidence
}

fn front(evidence: &mut Evidence) -> &mut PictureEvidence {
    evidence.pictures.get_mut(&Slot::Front).unwrap()
}

pub(super) fn document(evidence: &mut Evidence) -> &mut SeenDocument {
    front(evidence).document.as_mut().unwrap()
}

pub(super) fn mrz(evidence: &mut Evidence) -> &mut MrzEvidence {
    document(evidence).mrz.as_mut().unwrap()
}

/// The codes of everything that did not pass on 1 March 2026, each once.
fn codes(evidence: &Evidence, claims: &Claims) -> Vec<Code> {
    let checks = run(evidence, claims, date(2026, 3, 1), &tier());
    let findings = CheckKind::ALL.iter().flat_map(|kind| checks.findings(*kind));
    let mut codes: Vec<Code> =
        findings.filter_map(|finding| Some(finding.outcome.reason()?.code)).collect();
    let mut seen = std::collections::BTreeSet::new();
    codes.retain(|code| seen.insert(*code));
    codes
}

#[test]
fn a_clean_passport_and_selfie_raise_nothing() {
    assert_eq!(codes(&clean(), &no_claims()), []);
}

#[test]
#[expect(clippy::too_many_lines, reason = "one table")]
fn each_fault_of_a_document_is_told_by_its_code() {
    type Change = fn(&mut Evidence);
    let cases: [(&str, Change, &[Code]); 17] = [
        ("no document", |e| front(e).document = None, &[Code::DocNotFound]),
        ("corner outside", |e| document(e).corners_inside = 3, &[Code::DocCornersCut]),
        ("another one beside it", |e| document(e).others = 1, &[Code::DocMultiple]),
        ("specimen", |e| document(e).specimen = Some(SpecimenSign::Marked), &[Code::DocSpecimen]),
        ("a visa", |e| document(e).document_type = DocumentType::Visa, &[Code::DocTypeUnsupported]),
        ("the back first", |e| document(e).side = Some(Side::Back), &[Code::DocSideWrong]),
        (
            "a card without its back",
            |e| document(e).document_type = DocumentType::IdCard,
            &[Code::DocSideMissing],
        ),
        (
            "expired",
            |e| mrz(e).fields.set(Field::ExpiryDate, "2026-02-28", Source::Mrz, 1.0),
            &[Code::DocExpired],
        ),
        (
            "valid to the day",
            |e| mrz(e).fields.set(Field::ExpiryDate, "2026-03-01", Source::Mrz, 1.0),
            &[],
        ),
        (
            "expiry not read",
            |e| drop(mrz(e).fields.0.remove(&Field::ExpiryDate)),
            &[Code::DataUnreadable],
        ),
        (
            "eighteen tomorrow",
            |e| mrz(e).fields.set(Field::BirthDate, "2008-03-02", Source::Mrz, 1.0),
            &[Code::AgeBelowMinimum],
        ),
        (
            "eighteen today",
            |e| mrz(e).fields.set(Field::BirthDate, "2008-03-01", Source::Mrz, 1.0),
            &[],
        ),
        ("check digits wrong", |e| mrz(e).check_digits_ok = false, &[Code::MrzInvalid]),
        (
            "printed birth date differs",
            |e| document(e).printed.set(Field::BirthDate, "1974-08-13", Source::Printed, 0.99),
            &[Code::DataInconsistent],
        ),
        (
            "printed birth date hardly read",
            |e| document(e).printed.set(Field::BirthDate, "1974-08-13", Source::Printed, 0.4),
            &[],
        ),
        ("no portrait", |e| front(e).faces.clear(), &[Code::PortraitMissing]),
        (
            "glare",
            |e| {
                let quality = Quality::Glare;
                front(e).quality =
                    vec![Measurement { quality, value: 0.5, region: None, field: None }];
            },
            &[Code::DocGlare],
        ),
    ];
    for (name, change, expected) in cases {
        let mut evidence = clean();
        change(&mut evidence);
        assert_eq!(codes(&evidence, &no_claims()), expected, "{name}");
    }
}

#[test]
fn a_quality_that_is_no_number_fails() {
    for quality in [Quality::Blur, Quality::Glare, Quality::TextHeight] {
        let mut evidence = clean();
        let value = f64::NAN;
        front(&mut evidence).quality =
            vec![Measurement { quality, value, region: None, field: None }];
        assert_eq!(codes(&evidence, &no_claims()).len(), 1, "{quality:?}");
    }
}

#[test]
fn what_is_wrong_with_a_picture_is_told_even_where_no_document_was_found() {
    let mut evidence = clean();
    front(&mut evidence).document = None;
    let measured = |quality, value| Measurement { quality, value, region: None, field: None };
    front(&mut evidence).quality =
        vec![measured(Quality::Blur, 0.9), measured(Quality::Brightness, 180.0)];
    let codes = codes(&evidence, &no_claims());
    assert!(codes.contains(&Code::DocBlurred) && codes.contains(&Code::DocNotFound), "{codes:?}");
    let checks = run(&evidence, &no_claims(), date(2026, 3, 1), &tier());
    let light = &checks.findings(CheckKind::DocumentLight)[0].outcome;
    assert_eq!(light.reason().map(|reason| reason.code), Some(Code::DocNotFound));
}

#[test]
fn a_thing_over_a_known_field_is_told_by_the_field() {
    let mut evidence = clean();
    let field = Some(Field::BirthDate);
    front(&mut evidence).quality =
        vec![Measurement { quality: Quality::Occlusion, value: 1.0, region: None, field }];
    assert_eq!(codes(&evidence, &no_claims()), [Code::DocFieldCovered]);
}

#[test]
fn light_over_what_nobody_asks_for_is_no_fault_and_one_place_is_told_once() {
    let at = |x: f32| Some(Region(vec![[x, 0.0], [x + 4.0, 0.0], [x, 4.0]]));
    let light = |field, region| {
        let field = Some(field);
        Measurement { quality: Quality::Glare, value: 0.9, region, field }
    };
    let told = |quality: Vec<Measurement>| {
        let mut evidence = clean();
        front(&mut evidence).quality = quality;
        let checks = run(&evidence, &no_claims(), date(2026, 3, 1), &tier());
        let found = checks.findings(CheckKind::DocumentGlare).iter();
        found.filter_map(|finding| finding.outcome.reason()?.field).collect::<Vec<_>>()
    };
    assert_eq!(told(vec![light(Field::Address, at(0.0))]), []);
    let mut evidence = clean();
    front(&mut evidence).quality = vec![light(Field::Address, at(0.0))];
    let checks = run(&evidence, &no_claims(), date(2026, 3, 1), &tier());
    let found = checks.findings(CheckKind::DocumentGlare);
    assert_eq!(found.len(), 1, "a check that finds nothing did run");
    assert_eq!(found[0].outcome, Outcome::Pass);
    // Names are held against what was typed, whether the tier lists them or not.
    assert_eq!(told(vec![light(Field::GivenNames, at(0.0))]), [Field::GivenNames]);
    let all = vec![
        light(Field::Address, at(0.0)),
        light(Field::BirthDate, at(0.0)),
        light(Field::Surname, at(0.0)),
        light(Field::Surname, at(9.0)),
    ];
    assert_eq!(told(all), [Field::BirthDate, Field::Surname]);
}

#[test]
fn a_stamp_is_told_where_a_required_field_lies_in_doubt_under_it() {
    let limit = tier().limits.max_stamp;
    let cases = [
        ("unread", 1.0, Some(Field::BirthDate), vec![Code::DocWatermark]),
        ("read in doubt", limit + 0.1, Some(Field::BirthDate), vec![Code::DocWatermark]),
        ("read through", limit, Some(Field::BirthDate), vec![]),
        ("not asked for", 1.0, Some(Field::IssueDate), vec![]),
        ("no stamp", 0.0, None, vec![]),
    ];
    for (name, value, field, expected) in cases {
        let mut evidence = clean();
        front(&mut evidence).quality =
            vec![Measurement { quality: Quality::Stamp, value, region: None, field }];
        assert_eq!(codes(&evidence, &no_claims()), expected, "{name}");
    }
}

#[test]
fn each_fault_of_a_selfie_is_told_by_its_code() {
    let cases: [(&str, &[f32], &[Code]); 5] = [
        ("no face", &[], &[Code::FaceNotFound]),
        ("small face", &[20.0], &[Code::FaceTooSmall]),
        ("two people", &[200.0, 180.0], &[Code::FaceMultiple]),
        ("a poster far behind", &[200.0, 40.0], &[]),
        ("one face", &[200.0], &[]),
    ];
    for (name, eye_distances, expected) in cases {
        let mut evidence = clean();
        evidence.pictures.get_mut(&Slot::Selfie).unwrap().faces =
            eye_distances.iter().map(|d| face(*d)).collect();
        assert_eq!(codes(&evidence, &no_claims()), expected, "{name}");
    }
}

#[test]
fn each_fault_of_a_face_is_told_by_its_code_and_doubt_goes_to_a_person() {
    let limits = tier().limits;
    let sure = [
        (Quality::FaceLight, 20.0, Code::FaceTooDark, None),
        (Quality::FaceOverexposure, 0.9, Code::FaceOverexposed, None),
        (Quality::FaceUnevenness, 0.7, Code::FaceLightUneven, None),
        (Quality::FaceSharpness, 0.33, Code::FaceBlurred, None),
        (Quality::EyeOpening, 0.02, Code::FaceEyesClosed, None),
        (Quality::HatCover, 1.0, Code::FaceOccluded, Some(Detail::Hat)),
        (Quality::GlassesCover, 1.0, Code::FaceOccluded, Some(Detail::Glasses)),
        (Quality::MaskCover, 1.0, Code::FaceOccluded, Some(Detail::Mask)),
        (Quality::HandCover, f64::NAN, Code::FaceOccluded, Some(Detail::Hand)),
        (Quality::HairCover, 1.0, Code::FaceOccluded, Some(Detail::Hair)),
    ];
    let doubtful = [
        (Quality::EyeOpening, limits.min_eye_opening, Code::FaceEyesClosed, None),
        (Quality::MaskCover, limits.max_face_cover, Code::FaceOccluded, Some(Detail::Mask)),
    ];
    let cases = sure.map(|case| (case, Disposition::Retry)).into_iter();
    for ((quality, value, code, detail), asked) in
        cases.chain(doubtful.map(|case| (case, Disposition::Review)))
    {
        let mut evidence = clean();
        let selfie = evidence.pictures.get_mut(&Slot::Selfie).unwrap();
        selfie.quality.iter_mut().filter(|m| m.quality == quality).for_each(|m| m.value = value);
        let findings = of_selfie(selfie, &tier());
        let reasons: Vec<_> = findings.iter().filter_map(|(_, f)| f.outcome.reason()).collect();
        assert_eq!(reasons.len(), 1, "{quality:?}");
        assert_eq!((reasons[0].code, reasons[0].detail), (code, detail));
        assert_eq!(tier().disposition(reasons[0]), asked, "{quality:?}");
        assert!(reasons[0].region.is_some());
    }
}

#[test]
fn a_turned_head_is_told_whichever_way_it_turns() {
    type Turn = fn(&mut SeenFace);
    let turns: [Turn; 4] =
        [|f| f.yaw = 40.0, |f| f.yaw = -40.0, |f| f.pitch = 40.0, |f| f.roll = -40.0];
    for turn in turns {
        let mut evidence = clean();
        turn(&mut evidence.pictures.get_mut(&Slot::Selfie).unwrap().faces[0]);
        assert_eq!(codes(&evidence, &no_claims()), [Code::FaceNotFrontal]);
    }
}

#[test]
fn what_hides_a_face_is_told_even_where_none_was_found() {
    let mut evidence = clean();
    let selfie = evidence.pictures.get_mut(&Slot::Selfie).unwrap();
    selfie.faces.clear();
    selfie
        .quality
        .iter_mut()
        .filter(|m| m.quality == Quality::MaskCover)
        .for_each(|m| m.value = 1.0);
    let codes = codes(&evidence, &no_claims());
    assert_eq!(codes, [Code::FaceNotFound, Code::FaceOccluded]);
}

#[test]
fn the_worst_population_decides_the_face_match_and_doubt_is_no_failure() {
    let outcome = |rates: &[(&str, f64)]| {
        let mut evidence = clean();
        let rates = rates.iter().map(|(name, rate)| ((*name).to_owned(), *rate)).collect();
        evidence.face_match =
            Some(FaceMatch { distance: 1.0, false_accept_rate: rates, normalised: None });
        let checks = run(&evidence, &no_claims(), date(2026, 3, 1), &tier());
        checks.findings(CheckKind::FaceMatch)[0].outcome.clone()
    };
    let limits = tier().limits;
    let (good, doubt) = (limits.face_false_accept_rate, limits.face_doubt_rate);
    assert_eq!(outcome(&[("a", good), ("b", good / 2.0)]), Outcome::Pass);
    assert!(matches!(outcome(&[("a", 1e-9), ("b", doubt)]), Outcome::Inconclusive(_)));
    assert!(matches!(outcome(&[("a", 1e-9), ("b", doubt * 2.0)]), Outcome::Fail(_)));
    assert!(matches!(outcome(&[]), Outcome::Inconclusive(_)));
}

#[test]
fn a_score_normalised_against_a_cohort_decides_only_where_the_policy_says_so() {
    let rates = |rate: f64| BTreeMap::from([("own".to_owned(), rate)]);
    let strangers = Strangers { mean: 1.0, deviation: 0.1 };
    let mut evidence = clean();
    let mut outcome = |score: FaceScore, normalised: Option<f64>| {
        evidence.face_match = Some(FaceMatch {
            distance: 0.5,
            false_accept_rate: rates(1.0),
            normalised: normalised.map(|rate| NormalisedMatch {
                cohort: "c0".repeat(32),
                distance: 0.5,
                strangers: [strangers; 2],
                score: -5.0,
                false_accept_rate: rates(rate),
            }),
        });
        let mut tier = tier();
        tier.limits.face_score = score;
        let checks = run(&evidence, &no_claims(), date(2026, 3, 1), &tier);
        checks.findings(CheckKind::FaceMatch)[0].outcome.clone()
    };
    assert_eq!(tier().limits.face_score, FaceScore::Plain, "off unless a policy turns it on");
    assert!(matches!(outcome(FaceScore::Plain, Some(1e-6)), Outcome::Fail(_)));
    assert_eq!(outcome(FaceScore::Normalised, Some(1e-6)), Outcome::Pass);
    assert!(matches!(outcome(FaceScore::Normalised, Some(1.0)), Outcome::Fail(_)));
    assert!(matches!(outcome(FaceScore::Normalised, None), Outcome::Fail(_)), "the plain one");
}

#[test]
fn a_declared_type_that_differs_is_told_apart_from_one_that_could_not_be_seen() {
    let claims = Claims { document_type: Some(DocumentType::DrivingLicence), ..no_claims() };
    assert_eq!(codes(&clean(), &claims), [Code::DocTypeMismatch]);
    let mut card = clean();
    document(&mut card).document_type = DocumentType::IdCard;
    assert_eq!(codes(&card, &claims), [Code::DocTypeMismatch], "nobody wants its back");
    let mut unknown = clean();
    document(&mut unknown).document_type = DocumentType::Other;
    let checks = run(&unknown, &claims, date(2026, 3, 1), &tier());
    let outcome = &checks.findings(CheckKind::TypeAsDeclared)[0].outcome;
    assert!(matches!(outcome, Outcome::Inconclusive(_)));
}

#[test]
fn what_one_picture_says_against_its_document_is_known_before_there_is_another() {
    let tier = tier();
    let today = date(2026, 1, 1);
    let codes = |slot, change: &dyn Fn(&mut SeenDocument), declared| {
        let mut evidence = clean();
        let mut document = evidence.pictures.remove(&Slot::Front).unwrap().document.unwrap();
        change(&mut document);
        let claims = Claims { document_type: declared, ..no_claims() };
        let found = of_document(slot, &document, &claims, (today, &tier));
        let code = |(_, finding): (CheckKind, Finding)| finding.outcome.reason().unwrap().code;
        found.into_iter().map(code).collect::<Vec<_>>()
    };
    let expired = |document: &mut SeenDocument| {
        let zone = document.mrz.as_mut().unwrap();
        zone.fields.set(Field::ExpiryDate, "2025-12-31", Source::Mrz, 0.99);
    };
    let back = |document: &mut SeenDocument| document.side = Some(Side::Back);
    let visa = |document: &mut SeenDocument| document.document_type = DocumentType::Visa;
    let unknown = |document: &mut SeenDocument| {
        (document.document_type, document.side) = (DocumentType::Other, None);
    };
    let passport = Some(DocumentType::Passport);
    assert_eq!(codes(Slot::Front, &|_| (), passport), []);
    assert_eq!(codes(Slot::Front, &|_| (), None), []);
    assert_eq!(codes(Slot::Front, &expired, passport), [Code::DocExpired]);
    assert_eq!(codes(Slot::Front, &back, passport), [Code::DocSideWrong]);
    assert_eq!(codes(Slot::Back, &back, passport), []);
    assert_eq!(codes(Slot::Back, &|_| (), passport), [Code::DocSideWrong]);
    // Whoever meant another document is told that alone.
    let card = Some(DocumentType::IdCard);
    assert_eq!(codes(Slot::Front, &back, card), [Code::DocTypeMismatch]);
    assert_eq!(codes(Slot::Front, &visa, None), [Code::DocTypeUnsupported]);
    // What could not be told may be told by the other side.
    assert_eq!(codes(Slot::Front, &unknown, passport), []);
}

#[test]
fn what_the_front_leaves_open_its_back_tells() {
    let told = |number: &str, country: &str| {
        let mut evidence = clean();
        let mut back = evidence.pictures[&Slot::Front].clone();
        let document = back.document.as_mut().unwrap();
        document.document_type = DocumentType::IdCard;
        document.country = Country::parse(country).ok();
        document.side = Some(Side::Back);
        evidence.pictures.insert(Slot::Back, back);
        let front = evidence.pictures.get_mut(&Slot::Front).unwrap().document.as_mut().unwrap();
        (front.document_type, front.country, front.score) = (DocumentType::Other, None, 0.0);
        front.printed.set(Field::NationalIdNumber, number, Source::Printed, 0.99);
        let checks = run(&evidence, &no_claims(), date(2026, 1, 1), &tier());
        let passes = |kind| checks.findings(kind).iter().all(|f| f.outcome == Outcome::Pass);
        (passes(CheckKind::TypeAccepted), passes(CheckKind::IdNumberValid))
    };
    assert_eq!(told("01024085803", "GEO"), (true, true), "another state numbers otherwise");
    assert_eq!(told("01024085803", "CHN"), (true, false));
}

/// A card whose front prints the birth of a grown person, and whose back's zone says a child's.
fn card_with_a_zone(check_digits_ok: bool, born: &str, confidence: f32) -> Evidence {
    let mut evidence = clean();
    let mut back = evidence.pictures[&Slot::Front].clone();
    back.faces.clear();
    let document = back.document.as_mut().unwrap();
    document.side = Some(Side::Back);
    let zone = document.mrz.as_mut().unwrap();
    zone.check_digits_ok = check_digits_ok;
    zone.fields.set(Field::BirthDate, "2014-08-12", Source::Mrz, confidence);
    evidence.pictures.insert(Slot::Back, back);
    let front = super::tests::document(&mut evidence);
    front.mrz = None;
    if !born.is_empty() {
        front.printed.set(Field::BirthDate, born, Source::Printed, 0.99);
    }
    evidence
}

#[test]
fn a_zone_that_does_not_hold_is_worth_less_than_print_and_ends_no_case() {
    let age = |evidence: &Evidence| {
        let checks = run(evidence, &no_claims(), date(2026, 3, 1), &tier());
        checks.findings(CheckKind::MinimumAge)[0].outcome.clone()
    };
    let born = |evidence: &Evidence| evidence.fields().value(Field::BirthDate).map(str::to_owned);
    let doubtful = card_with_a_zone(false, "1974-08-12", 0.99);
    assert_eq!(born(&doubtful).as_deref(), Some("1974-08-12"));
    assert_eq!(age(&doubtful), Outcome::Pass);
    let proven = card_with_a_zone(true, "1974-08-12", 0.5);
    assert_eq!(born(&proven).as_deref(), Some("2014-08-12"));
    assert!(matches!(age(&proven), Outcome::Fail(_)));
    // Nothing else says it: a person looks.
    let alone = card_with_a_zone(false, "", 0.99);
    assert!(matches!(age(&alone), Outcome::Inconclusive(_)), "{:?}", age(&alone));
    let mut print = card_with_a_zone(false, "2014-08-12", 0.99);
    assert!(matches!(age(&print), Outcome::Fail(_)));
    let front = super::tests::document(&mut print);
    front.printed.set(Field::BirthDate, "2014-08-12", Source::Printed, 0.5);
    assert!(matches!(age(&print), Outcome::Inconclusive(_)));
}

#[test]
fn an_end_of_validity_that_may_be_misread_asks_for_no_other_document() {
    let ends = |evidence: &Evidence| {
        let checks = run(evidence, &no_claims(), date(2026, 3, 1), &tier());
        let at_once = of_document(
            Slot::Front,
            evidence.document(Slot::Front).unwrap(),
            &no_claims(),
            (date(2026, 3, 1), &tier()),
        );
        let at_once = at_once.iter().any(|(kind, _)| *kind == CheckKind::NotExpired);
        (checks.findings(CheckKind::NotExpired)[0].outcome.clone(), at_once)
    };
    let mut evidence = clean();
    mrz(&mut evidence).fields.set(Field::ExpiryDate, "2026-02-28", Source::Mrz, 0.99);
    assert!(matches!(ends(&evidence), (Outcome::Fail(_), true)));
    mrz(&mut evidence).check_digits_ok = false;
    assert!(matches!(ends(&evidence), (Outcome::Inconclusive(_), false)));
    mrz(&mut evidence).fields.0.remove(&Field::ExpiryDate);
    for (confidence, told) in [(0.99, true), (0.5, false)] {
        let printed = &mut document(&mut evidence).printed;
        printed.set(Field::ExpiryDate, "2026-02-28", Source::Printed, confidence);
        let (outcome, at_once) = ends(&evidence);
        assert_eq!((matches!(outcome, Outcome::Fail(_)), at_once), (told, told), "{confidence}");
    }
}

/// A zone that holds on one side lends nothing to a reading from one on the other that does not.
#[test]
fn a_zone_proves_its_own_readings_alone() {
    let mut evidence = card_with_a_zone(false, "", 0.99);
    let mut zone = clean().pictures[&Slot::Front].document.clone().unwrap().mrz.unwrap();
    zone.fields.0.remove(&Field::BirthDate);
    document(&mut evidence).mrz = Some(zone);
    let checks = run(&evidence, &no_claims(), date(2026, 3, 1), &tier());
    let age = &checks.findings(CheckKind::MinimumAge)[0].outcome;
    assert!(matches!(age, Outcome::Inconclusive(_)), "{age:?}");
}

/// The card of [`card_with_a_zone`], whose zone holds, with this on the front beside the portrait.
fn card_whose_front_says(printed: &[(Field, &str)]) -> Evidence {
    let mut evidence = card_with_a_zone(true, "", 0.99);
    for side in [Slot::Front, Slot::Back] {
        let document = evidence.pictures.get_mut(&side).unwrap().document.as_mut().unwrap();
        document.document_type = DocumentType::IdCard;
        if side == Slot::Front {
            for (field, value) in printed {
                document.printed.set(*field, *value, Source::Printed, 0.99);
            }
        }
    }
    evidence
}

fn agreement(evidence: &Evidence) -> Vec<Outcome> {
    let checks = run(evidence, &no_claims(), date(2026, 3, 1), &tier());
    let found = checks.findings(CheckKind::MrzMatchesPrinted).iter();
    found.map(|finding| finding.outcome.clone()).collect()
}

#[test]
fn a_back_is_another_cards_unless_the_front_says_whose_it_is() {
    let doubt = Reason::new(Code::DataInconsistent).detail(Detail::Sides).on(Slot::Front);
    let unlinked = [Outcome::Inconclusive(doubt)];
    assert_eq!(agreement(&card_whose_front_says(&[])), unlinked);
    assert_eq!(agreement(&card_whose_front_says(&[(Field::Sex, "F")])), unlinked);
    let names = [(Field::Surname, "ERIKSSON"), (Field::GivenNames, "ANNA MARIA")];
    let fronts: [&[(Field, &str)]; 3] =
        [&[(Field::DocumentNumber, "L898902C3")], &[(Field::BirthDate, "2014-08-12")], &names];
    for front in fronts {
        assert_eq!(agreement(&card_whose_front_says(front)), [Outcome::Pass], "{front:?}");
    }
}

#[test]
fn a_front_that_is_another_card_is_none_by_its_back() {
    let accepted = |score: f32| {
        let mut evidence = card_whose_front_says(&[(Field::DocumentNumber, "L898902C3")]);
        let front = document(&mut evidence);
        (front.document_type, front.score) = (DocumentType::Other, score);
        evidence.seen_document().unwrap().document_type
    };
    assert_eq!(accepted(0.0), DocumentType::IdCard, "the title was not read");
    assert_eq!(accepted(0.8), DocumentType::Other, "a student's card says what it is");
}

#[test]
fn two_codes_are_held_against_each_other_and_so_is_the_typed_name_against_what_holds() {
    let with_back = |change: fn(&mut SeenDocument)| {
        let mut evidence = clean();
        let mut back = evidence.pictures[&Slot::Front].clone();
        let document = back.document.as_mut().unwrap();
        document.side = Some(Side::Back);
        change(document);
        evidence.pictures.insert(Slot::Back, back);
        evidence
    };
    let fields = |document: &mut SeenDocument, field: Field, value: &str| {
        document.mrz.as_mut().unwrap().fields.set(field, value, Source::Mrz, 0.99);
    };
    assert_eq!(agreement(&with_back(|_| ())), [Outcome::Pass]);
    let renamed = with_back(move |back| {
        let zone = back.mrz.as_mut().unwrap();
        zone.fields.set(Field::Surname, "LUNDQVIST", Source::Mrz, 0.99);
        zone.fields.set(Field::GivenNames, "OLOF", Source::Mrz, 0.99);
    });
    let told = agreement(&renamed);
    let [Outcome::Fail(reason)] = told.as_slice() else { panic!("{told:?}") };
    assert_eq!((reason.code, reason.slot), (Code::DataInconsistent, Some(Slot::Back)));
    let mut numbered = with_back(|_| ());
    let back = numbered.pictures.get_mut(&Slot::Back).unwrap().document.as_mut().unwrap();
    fields(back, Field::DocumentNumber, "X1234567");
    assert!(matches!(agreement(&numbered).as_slice(), [Outcome::Fail(_)]));

    // A zone that was misread names nobody where print does.
    let mut doubtful = renamed;
    let back = doubtful.pictures.get_mut(&Slot::Back).unwrap().document.as_mut().unwrap();
    back.mrz.as_mut().unwrap().check_digits_ok = false;
    let typed = Claims {
        surname: Some("Lundqvist".to_owned()),
        given_names: Some("Olof".to_owned()),
        ..no_claims()
    };
    let checks = run(&doubtful, &typed, date(2026, 3, 1), &tier());
    let named = &checks.findings(CheckKind::NameMatches)[0].outcome;
    assert!(matches!(named, Outcome::Fail(_)), "{named:?}");
}

/// A zone has two figures of a year: 99 is an end that never comes, and who was born in 24 may be a
/// hundred and two.
#[test]
fn the_century_that_a_zone_does_not_say_declines_nobody() {
    let outcome = |evidence: &Evidence, kind| {
        let checks = run(evidence, &no_claims(), date(2026, 3, 1), &tier());
        checks.findings(kind)[0].outcome.clone()
    };
    let mut endless = clean();
    mrz(&mut endless).fields.set(Field::ExpiryDate, "1999-01-01", Source::Mrz, 0.99);
    assert!(matches!(outcome(&endless, CheckKind::NotExpired), Outcome::Inconclusive(_)));
    document(&mut endless).printed.set(Field::ExpiryDate, "long_term", Source::Printed, 0.99);
    assert_eq!(outcome(&endless, CheckKind::NotExpired), Outcome::Pass);
    assert_eq!(agreement(&endless), [Outcome::Pass]);
    let mut ended = clean();
    mrz(&mut ended).fields.set(Field::ExpiryDate, "2024-01-01", Source::Mrz, 0.99);
    document(&mut ended).printed.set(Field::ExpiryDate, "long_term", Source::Printed, 0.99);
    assert!(matches!(outcome(&ended, CheckKind::NotExpired), Outcome::Fail(_)));

    let born = |date: &str| {
        let mut evidence = clean();
        mrz(&mut evidence).fields.set(Field::BirthDate, date, Source::Mrz, 0.99);
        outcome(&evidence, CheckKind::MinimumAge)
    };
    assert!(matches!(born("2024-05-10"), Outcome::Inconclusive(_)));
    assert!(matches!(born("2011-05-10"), Outcome::Fail(_)), "nobody is 114");
}

#[test]
fn a_slip_in_the_typed_year_is_put_right_where_the_document_says_another() {
    let typed = Claims {
        surname: Some("Eriksson".to_owned()),
        birth_date: Some(date(2014, 8, 12)),
        document_number: Some("L898902C3".to_owned()),
        ..no_claims()
    };
    let asks = |evidence: &Evidence| {
        let checks = run(evidence, &typed, date(2026, 3, 1), &tier());
        let reason = checks.findings(CheckKind::DetailsPlausible)[0].outcome.reason().cloned();
        reason.unwrap().disposition()
    };
    assert_eq!(asks(&clean()), Disposition::FixData);
    assert_eq!(asks(&Evidence::default()), Disposition::Final);
    let mut child = clean();
    mrz(&mut child).fields.set(Field::BirthDate, "2014-08-12", Source::Mrz, 0.99);
    assert_eq!(asks(&child), Disposition::Final);
}

#[test]
fn a_card_of_hong_kong_has_no_citizen_number_and_a_permit_no_nationality() {
    let typed = |number: &str| Claims {
        surname: Some("Chan".to_owned()),
        birth_date: Some(date(1990, 8, 12)),
        document_number: Some(number.to_owned()),
        document_type: Some(DocumentType::IdCard),
        nationality: Country::parse("CHN").ok(),
        ..no_claims()
    };
    for (number, passes) in
        [("A123456(3)", true), ("1234567(8)", true), ("99000019900307118", false)]
    {
        let checks = run(&Evidence::default(), &typed(number), date(2026, 3, 1), &tier());
        let found = &checks.findings(CheckKind::DetailsPlausible)[0].outcome;
        assert_eq!(*found == Outcome::Pass, passes, "{number}");
    }
    let mut evidence = clean();
    let document = document(&mut evidence);
    document.document_type = DocumentType::TravelPermit;
    document.country = Country::parse("CHN").ok();
    let checks = run(&evidence, &typed("H12345678"), date(2026, 3, 1), &tier());
    assert_eq!(checks.findings(CheckKind::NationalityMatches)[0].outcome, Outcome::Pass);
}

#[test]
fn a_name_printed_on_the_front_is_held_against_the_zone_of_the_back() {
    let mut evidence = card_with_a_zone(true, "", 0.99);
    let print = |evidence: &mut Evidence, surname: &str| {
        let front = super::tests::document(evidence);
        front.printed.set(Field::Surname, surname, Source::Printed, 0.99);
        front.printed.set(Field::GivenNames, "ANNA MARIA", Source::Printed, 0.99);
    };
    let told = |evidence: &Evidence| {
        let checks = run(evidence, &no_claims(), date(2026, 3, 1), &tier());
        let found = checks.findings(CheckKind::MrzMatchesPrinted).iter();
        found.filter_map(|finding| Some(finding.outcome.reason()?.code)).collect::<Vec<_>>()
    };
    print(&mut evidence, "ERIKSSON");
    assert_eq!(told(&evidence), []);
    print(&mut evidence, "LUNDQVIST");
    assert_eq!(told(&evidence), [Code::DataInconsistent]);
    evidence
        .pictures
        .get_mut(&Slot::Back)
        .unwrap()
        .document
        .as_mut()
        .unwrap()
        .mrz
        .as_mut()
        .unwrap()
        .check_digits_ok = false;
    assert_eq!(told(&evidence), [Code::MrzInvalid], "what was not compared does not agree");
}

#[test]
fn a_misread_zone_is_read_again_and_contradicts_no_print() {
    let mut evidence = clean();
    let document = document(&mut evidence);
    document.printed.set(Field::DocumentNumber, "L898902C8", Source::Printed, 0.99);
    let told = |evidence: &Evidence| {
        let mut codes = codes(evidence, &no_claims());
        codes.sort_unstable();
        codes
    };
    assert_eq!(told(&evidence), [Code::DataInconsistent]);
    mrz(&mut evidence).check_digits_ok = false;
    assert_eq!(told(&evidence), [Code::MrzInvalid]);
}

#[test]
fn a_document_in_hand_that_nobody_judges_says_nothing() {
    let mut evidence = clean();
    let mut held = evidence.pictures[&Slot::Front].clone();
    held.faces = evidence.pictures[&Slot::Selfie].faces.clone();
    evidence.pictures.insert(Slot::Held, held);
    mrz(&mut evidence).fields.0.remove(&Field::ExpiryDate);
    let expiry = |tier: &TierPolicy| {
        let checks = run(&evidence, &no_claims(), date(2026, 3, 1), tier);
        checks.findings(CheckKind::NotExpired)[0].outcome.clone()
    };
    assert_eq!(expiry(&tier()), Outcome::Pass);
    let text = include_str!("../../../../policies/pictures.toml");
    let off = text.replace("document_held = \"advisory\"", "document_held = \"off\"");
    let ignored = Policy::parse(&off).unwrap().tier(None).unwrap().clone();
    assert!(matches!(expiry(&ignored), Outcome::Inconclusive(_)));
}
