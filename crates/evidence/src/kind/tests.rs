use domain::field::Source;
use imaging::geometry::Rect;

use super::*;

fn page(lines: &[&str]) -> Page {
    let place = |row: usize| Rect::new(10.0, 20.0 + 40.0 * row as f32, 400.0, 30.0).quad();
    Page::of(lines.iter().enumerate().map(|(row, text)| (place(row), *text, 0.9)))
}

fn zone(first_line: &str, country: &str) -> MrzEvidence {
    let mut fields = Fields::default();
    fields.set(Field::IssuingCountry, country, Source::Mrz, 1.0);
    MrzEvidence {
        format: "TD1".to_owned(),
        lines: vec![first_line.to_owned()],
        check_digits_ok: true,
        repaired: false,
        fields,
    }
}

#[test]
fn the_zone_s_document_code_tells_the_type() {
    use DocumentType::{IdCard, Passport, ResidencePermit, Visa};
    let cases: [(&str, &[&str], DocumentType); 9] = [
        ("P<UTO", &[], Passport),
        ("PA", &[], Passport),
        ("V<UTO", &[], Visa),
        ("VCFRA", &[], Visa),
        ("I<UTO", &[], IdCard),
        ("ID", &["PASSPORT OFFICE OF UTOPIA"], IdCard),
        ("AR", &[], ResidencePermit),
        ("C1USA", &[], ResidencePermit),
        ("I<UTO", &["RESIDENCE PERMIT"], ResidencePermit),
    ];
    for (line, titles, expected) in cases {
        let kind = of(Some(&zone(line, "UTO")), &page(titles));
        assert_eq!(kind.document_type, expected, "{line} {titles:?}");
    }
}

#[test]
fn the_one_line_zone_of_china_makes_a_travel_permit_s_front() {
    let zone =
        MrzEvidence { format: "EEP".to_owned(), ..zone("CSX123456785<2903116<8502120<8", "CHN") };
    let kind = of(Some(&zone), &page(&[]));
    assert_eq!(kind.document_type, DocumentType::TravelPermit);
    assert_eq!(kind.side, Some(Side::Front));
}

#[test]
fn without_a_zone_a_title_tells_the_type_and_other_words_do_not() {
    use DocumentType::{DrivingLicence, IdCard, Other, Passport, TravelPermit};
    let cases = [
        ("DRIVING LICENCE", DrivingLicence),
        ("1 FÜHRERSCHEIN", DrivingLicence),
        ("机动车驾驶证", DrivingLicence),
        ("样本国港澳居民来往内地通行证", TravelPermit),
        ("台湾居民来往大陆通行证", TravelPermit),
        ("CARTEIRA DE IDENTIDADE", IdCard),
        ("Carteira de identidade de advogado", Other),
        ("International student identity card", Other),
        ("LICENCIA NACIONAL DE CONDUCIR", DrivingLicence),
        ("Carte Nationale d'Identité", IdCard),
        ("PASSPORT / PASSEPORT", Passport),
        ("Körkort Sverige", DrivingLicence),
        ("CALIFORNIA IDENTIFICATION CARD", IdCard),
        ("VISALIA CA 93277", Other),
        ("Your passport photo must be recent", Other),
        ("total 12.50", Other),
        ("", Other),
    ];
    for (line, expected) in cases {
        assert_eq!(of(None, &page(&[line])).document_type, expected, "{line}");
    }
}

#[test]
fn a_specimen_is_known_by_its_mark_its_issuer_or_its_number() {
    let number = |value: &str| {
        let mut fields = Fields::default();
        fields.set(Field::NationalIdNumber, value, Source::Printed, 1.0);
        fields
    };
    let none = Fields::default();
    let blank = page(&[]);
    assert_eq!(specimen_sign(&page(&["SPECIMEN 样本"]), None, &none), Some(SpecimenSign::Marked));
    assert_eq!(specimen_sign(&page(&["ANNA", "样本"]), None, &none), Some(SpecimenSign::Marked));
    let utopia = zone("I<UTO", "UTO");
    let impossible = Some(SpecimenSign::ImpossibleNumber);
    let citizen = |number: &str| {
        let mut fields = Fields::default();
        fields.set(Field::NationalIdNumber, number, Source::Printed, 0.99);
        specimen_sign(&page(&[]), None, &fields)
    };
    for (number, sign) in [
        ("99000019900307118X", impossible),
        ("110101199003071118", None),
        ("830000199001010018", None),
        ("931000199001010018", None),
        ("944000199001010018", None),
    ] {
        assert_eq!(citizen(number), sign, "{number}");
    }
    assert_eq!(specimen_sign(&blank, Some(&utopia), &none), impossible);
    assert_eq!(specimen_sign(&blank, None, &number("990101199001011234")), impossible);
    let real = [
        ("a sentence with the word", page(&["see specimen signature overleaf"]), none.clone()),
        ("a real region", blank.clone(), number("110105194912310021")),
        ("a number of another country", blank.clone(), number("99010")),
        ("signs only", page(&["<<<", "·"]), none.clone()),
    ];
    for (name, page, fields) in real {
        assert_eq!(specimen_sign(&page, None, &fields), None, "{name}");
    }
}
