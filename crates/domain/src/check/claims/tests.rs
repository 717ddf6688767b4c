use jiff::civil::date;

use crate::check::tests::{clean, document, mrz, no_claims, tier};
use crate::check::{CheckKind, Outcome, run};
use crate::claims::Claims;
use crate::document::{Country, DocumentType};
use crate::evidence::Evidence;
use crate::field::{Field, Source};
use crate::reason::Code;

/// What the person on the passport of [`clean`] would type.
fn honest() -> Claims {
    Claims {
        surname: Some("Eriksson".to_owned()),
        given_names: Some("Anna Maria".to_owned()),
        birth_date: Some(date(1974, 8, 12)),
        document_number: Some("L898902C3".to_owned()),
        nationality: Some(country("UTO")),
        ..no_claims()
    }
}

fn named(surname: &str, given_names: &str) -> Claims {
    let (surname, given_names) = (Some(surname.to_owned()), Some(given_names.to_owned()));
    Claims { surname, given_names, ..no_claims() }
}

fn native(name: &str) -> Claims {
    Claims { full_name_native: Some(name.to_owned()), ..no_claims() }
}

fn country(code: &str) -> Country {
    Country::parse(code).unwrap()
}

/// A resident identity card of China, read from its printed fields.
fn chinese_card() -> Evidence {
    let mut evidence = clean();
    let card = document(&mut evidence);
    (card.document_type, card.country, card.mrz) =
        (DocumentType::IdCard, Some(country("CHN")), None);
    for (field, value) in [
        (Field::FullNameNative, "单小明"),
        (Field::NationalIdNumber, "11010519491231002X"),
        (Field::BirthDate, "1949-12-31"),
    ] {
        card.printed.set(field, value, Source::Printed, 0.99);
    }
    evidence
}

/// The outcomes of one check: `pass`, or the code, with `?` when in doubt.
fn outcomes(evidence: &Evidence, claims: &Claims, kind: CheckKind) -> Vec<String> {
    let checks = run(evidence, claims, date(2026, 3, 1), &tier());
    let told = |outcome: &Outcome| match outcome {
        Outcome::Pass => "pass".to_owned(),
        Outcome::Fail(reason) => reason.code.to_string(),
        Outcome::Inconclusive(reason) => format!("{}?", reason.code),
    };
    checks.findings(kind).iter().map(|finding| told(&finding.outcome)).collect()
}

fn names(evidence: &Evidence, claims: &Claims) -> Vec<String> {
    outcomes(evidence, claims, CheckKind::NameMatches)
}

#[test]
fn honest_claims_pass_and_what_was_not_typed_is_not_compared() {
    for kind in [
        CheckKind::NameMatches,
        CheckKind::BirthDateMatches,
        CheckKind::DocumentNumberMatches,
        CheckKind::NationalityMatches,
    ] {
        assert_eq!(outcomes(&clean(), &honest(), kind), ["pass"], "{kind}");
        let empty: [&str; 0] = [];
        assert_eq!(outcomes(&clean(), &no_claims(), kind), empty, "{kind}");
    }
}

#[test]
fn each_way_in_which_a_name_differs_has_its_code() {
    let cases = [
        ("Eriksson", "Anna Maria", "pass"),
        ("ERIKSSON", "ANNA-MARIA", "pass"),
        ("Anna Maria", "Eriksson", "NAME_ORDER_SWAPPED"),
        ("Erikson", "Anna Maria", "NAME_TYPO"),
        ("Eriksson", "Anna", "NAME_TYPO"),
        ("Eriksson", "Anna Maria Sofia", "NAME_TYPO"),
        ("Svensson", "Berta", "NAME_MISMATCH"),
        ("Эрикссон", "Анна", "NOT_RUN?"),
    ];
    for (surname, given_names, expected) in cases {
        assert_eq!(names(&clean(), &named(surname, given_names)), [expected], "{surname}");
    }
}

#[test]
fn the_reading_closest_to_the_claim_counts() {
    let mut evidence = clean();
    document(&mut evidence).printed.set(Field::Surname, "ERIKSSÖN", Source::Printed, 0.99);
    document(&mut evidence).printed.set(Field::GivenNames, "ANNA MARIA", Source::Printed, 0.99);
    for surname in ["Erikssön", "Eriksson", "Erikssoen"] {
        assert_eq!(names(&evidence, &named(surname, "Anna Maria")), ["pass"], "{surname}");
    }
}

#[test]
fn a_name_cut_by_the_end_of_its_line_matches_as_far_as_it_goes() {
    let full = "P<UTOERIKSSON<<ANNA<MARIA<ELEONORA<VICTORIAA".to_owned();
    let mut evidence = clean();
    mrz(&mut evidence).fields.set(Field::GivenNames, "ANNA MARIA ELEON", Source::Mrz, 1.0);
    let claims = named("Eriksson", "Anna Maria Eleonora Victoria");
    assert_eq!(names(&evidence, &claims), ["NAME_MISMATCH"]);
    mrz(&mut evidence).lines = vec![full];
    assert_eq!(names(&evidence, &claims), ["pass"]);
    // There was room: the K is a filler misread.
    mrz(&mut evidence).lines = vec!["P<UTOERIKSSON<<ANNA<MARIA<ELEON<<<<<<<<<<<<K".to_owned()];
    assert_eq!(names(&evidence, &claims), ["NAME_MISMATCH"]);
}

#[test]
fn an_unsure_reading_raises_doubt_and_no_accusation() {
    let mut evidence = clean();
    mrz(&mut evidence).check_digits_ok = false;
    for reading in mrz(&mut evidence).fields.0.values_mut() {
        reading.confidence = 0.5;
    }
    assert_eq!(names(&evidence, &named("Svensson", "Berta")), ["NAME_MISMATCH?"]);
    let claims = Claims { birth_date: Some(date(1974, 8, 13)), ..honest() };
    assert_eq!(outcomes(&evidence, &claims, CheckKind::BirthDateMatches), ["DATA_MISMATCH?"]);
}

#[test]
fn chinese_and_latin_names_are_related_by_pinyin_where_it_is_due() {
    let card = chinese_card();
    let both =
        Claims { full_name_native: Some("单小明".to_owned()), ..named("Shan", "Xiaoming") };
    assert_eq!(names(&card, &both), ["pass", "pass"]);
    let cases = [
        (native("单小明"), "pass"),
        (native("单晓明"), "NAME_TYPO"),
        (native("王小明"), "NAME_MISMATCH"),
        (named("Shan", "Xiao Ming"), "pass"),
        (named("Xiaoming", "Shan"), "NAME_ORDER_SWAPPED"),
        (named("Shan", "Xiaomin"), "NAME_TYPO"),
        (named("Wang", "Xiaoming"), "NAME_MISMATCH"),
    ];
    for (claims, expected) in cases {
        assert_eq!(names(&card, &claims), [expected], "{claims:?}");
    }
    // A card of Hong Kong romanises Cantonese: not pinyin, and no mismatch.
    let mut elsewhere = chinese_card();
    document(&mut elsewhere).country = Some(country("HKG"));
    assert_eq!(names(&elsewhere, &named("Sin", "Siu Ming")), ["NOT_RUN?"]);
    assert_eq!(names(&elsewhere, &named("Shan", "Xiaoming")), ["pass"]);
}

#[test]
fn a_native_name_on_a_latin_document_is_confirmed_by_pinyin_or_goes_to_a_person() {
    let mut evidence = clean();
    mrz(&mut evidence).fields.set(Field::Surname, "SHAN", Source::Mrz, 1.0);
    mrz(&mut evidence).fields.set(Field::GivenNames, "XIAOMING", Source::Mrz, 1.0);
    assert_eq!(names(&evidence, &native("单小明")), ["pass"]);
    assert_eq!(names(&evidence, &native("王小明")), ["NOT_RUN?"]);
}

#[test]
fn a_name_that_the_document_does_not_give_is_unreadable() {
    let mut evidence = clean();
    mrz(&mut evidence).fields.0.clear();
    assert_eq!(names(&evidence, &named("Eriksson", "Anna")), ["DATA_UNREADABLE?"]);
}

#[test]
fn birth_dates_match_as_far_as_the_document_prints_them() {
    let cases = [
        ("1974-08-12", "pass"),
        ("1974-08", "pass"),
        ("1974", "pass"),
        ("1974-08-13", "DATA_MISMATCH"),
        ("1975", "DATA_MISMATCH"),
        ("12 AUG", "DATA_UNREADABLE?"),
    ];
    for (printed, expected) in cases {
        let mut evidence = clean();
        mrz(&mut evidence).fields.set(Field::BirthDate, printed, Source::Mrz, 1.0);
        let found = outcomes(&evidence, &honest(), CheckKind::BirthDateMatches);
        assert_eq!(found, [expected], "{printed}");
    }
}

#[test]
fn a_number_matches_the_documents_or_the_persons_own() {
    let with = |number: &str| Claims { document_number: Some(number.to_owned()), ..honest() };
    let cases = [
        (clean(), "l898902c3", "pass"),
        (clean(), "L 898902-C3", "pass"),
        (clean(), "L898902C4", "DATA_MISMATCH"),
        (chinese_card(), "11010519491231002x", "pass"),
        (chinese_card(), "110105194912310038", "DATA_MISMATCH"),
    ];
    for (evidence, typed, expected) in cases {
        let found = outcomes(&evidence, &with(typed), CheckKind::DocumentNumberMatches);
        assert_eq!(found, [expected], "{typed}");
    }
}

#[test]
fn the_issuer_stands_in_for_a_nationality_that_is_not_printed() {
    let with = |code: &str| Claims { nationality: Some(country(code)), ..honest() };
    let mut printed = clean();
    mrz(&mut printed).fields.set(Field::Nationality, "UTO", Source::Mrz, 1.0);
    let mut licence = clean();
    document(&mut licence).document_type = DocumentType::DrivingLicence;
    let cases = [
        ("printed", &printed, "UTO", "pass"),
        ("printed, another", &printed, "GBR", "DATA_MISMATCH"),
        ("from the issuer", &clean(), "UTO", "pass"),
        ("from the issuer, another", &clean(), "GBR", "DATA_MISMATCH?"),
        ("a licence says nothing", &licence, "GBR", "pass"),
    ];
    for (name, evidence, typed, expected) in cases {
        let found = outcomes(evidence, &with(typed), CheckKind::NationalityMatches);
        assert_eq!(found, [expected], "{name}");
    }
}

#[test]
fn a_barcode_counts_as_read_and_contradicts_what_is_printed_otherwise() {
    let cases = [
        ("as printed", Field::BirthDate, "1974-08-12", Vec::new()),
        ("another birth date", Field::BirthDate, "1975-08-12", vec![Field::BirthDate]),
        ("another number", Field::DocumentNumber, "T64235789", vec![Field::DocumentNumber]),
        ("another name", Field::Surname, "SVENSSON", vec![Field::FullName]),
    ];
    for (name, field, value, expected) in cases {
        let mut evidence = clean();
        let mut licence = document(&mut evidence).mrz.take().unwrap().fields;
        let mut printed = licence.clone();
        for reading in licence.0.values_mut() {
            reading.source = Source::Barcode;
        }
        for reading in printed.0.values_mut() {
            reading.source = Source::Printed;
        }
        licence.set(field, value, Source::Barcode, 1.0);
        let document = document(&mut evidence);
        document.document_type = DocumentType::DrivingLicence;
        (document.printed, document.barcode) = (printed, Some(licence));
        let checks = run(&evidence, &no_claims(), date(2026, 3, 1), &tier());
        let findings = checks.findings(CheckKind::MrzMatchesPrinted).iter();
        let fields: Vec<Field> = findings.filter_map(|f| f.outcome.reason()?.field).collect();
        assert_eq!(fields, expected, "{name}");
        let merged = evidence.fields();
        let coded = !matches!(field, Field::Surname);
        assert_eq!(merged.value(field) == Some(value), coded, "{name}: print keeps the name");
    }
}

#[test]
fn zones_that_name_different_people_contradict_each_other() {
    let cases = [
        ("ERIKSSON", "ANNA MARIA", Vec::new()),
        ("ERIKSS0N", "ANNA MARIA", Vec::new()),
        ("SVENSSON", "BERTA", vec![Code::DataInconsistent]),
    ];
    for (surname, given_names, expected) in cases {
        let mut evidence = clean();
        document(&mut evidence).printed.set(Field::Surname, surname, Source::Printed, 0.99);
        document(&mut evidence).printed.set(Field::GivenNames, given_names, Source::Printed, 0.99);
        let checks = run(&evidence, &no_claims(), date(2026, 3, 1), &tier());
        let findings = checks.findings(CheckKind::MrzMatchesPrinted).iter();
        let codes: Vec<Code> = findings.filter_map(|f| Some(f.outcome.reason()?.code)).collect();
        assert_eq!(codes, expected, "{surname}");
    }
}
