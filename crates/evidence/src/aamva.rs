//! What the barcode of a North American licence or identity card says
//! (AAMVA DL/ID Card Design Standard 2020, Annex D).

use domain::document::{Country, DocumentType};
use domain::field::{Field, Fields, Source};
use jiff::civil::Date;

/// The contents of one barcode.
#[derive(Debug, Clone, PartialEq)]
pub struct Licence {
    /// A driving licence, or an identity card of the same office.
    pub document_type: DocumentType,
    /// `USA`, `CAN`, or what else the issuer says it is.
    pub country: Option<Country>,
    /// Its fields.
    pub fields: Fields,
}

/// Provinces and territories of Canada; documents of before 2009 do not name the
/// country.
const CANADIAN: [&str; 13] =
    ["AB", "BC", "MB", "NB", "NL", "NS", "NT", "NU", "ON", "PE", "QC", "SK", "YT"];

/// The error correction of a barcode leaves nothing to doubt.
const SURE: f32 = 1.0;

/// Reads the `text` of a barcode; `None` when it is not of this standard.
///
/// Elements that no field holds, and values that are none (`NONE`, an impossible
/// date), are left out.
pub fn parse(text: &str) -> Option<Licence> {
    let (_, body) = text.split_once("ANSI ").or_else(|| text.split_once("AAMVA"))?;
    let mut elements = Elements { document_type: DocumentType::DrivingLicence, found: Vec::new() };
    for line in body.split(['\n', '\r', '\u{1e}']) {
        elements.add(line);
    }
    let get = |code: &str| elements.value(code);
    let mut fields = Fields::default();
    let mut set = |field, value: Option<String>| {
        if let Some(value) = value.filter(|value| !value.is_empty()) {
            fields.set(field, value, Source::Barcode, SURE);
        }
    };
    let (surname, given_names) = names(&elements);
    set(Field::Surname, surname);
    set(Field::GivenNames, given_names);
    set(Field::DocumentNumber, get("DAQ").map(str::to_owned));
    set(Field::BirthDate, get("DBB").and_then(date));
    set(Field::IssueDate, get("DBD").and_then(date));
    set(Field::ExpiryDate, get("DBA").and_then(date));
    set(Field::Sex, get("DBC").and_then(sex).map(str::to_owned));
    set(Field::Address, address(&elements));
    let country = country(&elements);
    set(Field::IssuingCountry, country.as_ref().map(|country| country.as_str().to_owned()));
    let says_who = fields.value(Field::DocumentNumber).is_some();
    says_who.then_some(Licence { document_type: elements.document_type, country, fields })
}

/// The elements: a code of three letters and a value each.
struct Elements<'a> {
    document_type: DocumentType,
    found: Vec<(&'a str, &'a str)>,
}

impl<'a> Elements<'a> {
    /// Adds what stands in a line. The first element of each part stands behind the
    /// part's name, in the first part behind the table of parts too.
    fn add(&mut self, line: &'a str) {
        let line = line.trim_end();
        for (name, document_type) in [
            ("DL", DocumentType::DrivingLicence),
            ("EN", DocumentType::DrivingLicence),
            ("ID", DocumentType::IdCard),
        ] {
            let element = |at: &usize| {
                let rest = line.get(at + 2..).unwrap_or_default();
                rest.starts_with('D') && is_code(rest)
            };
            let at = line.rmatch_indices(name).map(|(at, _)| at).find(element);
            // Inside a value the same letters mean nothing.
            let begins = |at: &usize| *at == 0 || line.starts_with(|c: char| c.is_ascii_digit());
            if let Some(at) = at.filter(begins) {
                self.document_type = document_type;
                self.add_element(&line[at + 2..]);
                return;
            }
        }
        self.add_element(line);
    }

    fn add_element(&mut self, element: &'a str) {
        if is_code(element) {
            let (code, value) = element.split_at(3);
            self.found.push((code, value.trim()));
        }
    }

    /// The value of the element `code`, unless it says that there is none.
    fn value(&self, code: &str) -> Option<&'a str> {
        let (_, value) = self.found.iter().find(|(known, _)| *known == code)?;
        let none = ["", "NONE", "UNAVL", "UNAVAIL", "UNKNOWN", "N/A"];
        (!none.contains(&value.to_ascii_uppercase().as_str())).then_some(value)
    }
}

/// Whether `text` begins with the code of an element.
fn is_code(text: &str) -> bool {
    text.len() >= 3 && text.bytes().take(3).all(|byte| byte.is_ascii_uppercase())
}

/// Family and given names. Versions before 4 of the standard write all given names
/// into one element, version 1 the whole name and a suffix, parted by commas. A name that the
/// card says was cut short (DDE, DDF, DDG) is nobody's, and left to the print.
fn names(elements: &Elements) -> (Option<String>, Option<String>) {
    let cut = |codes: &[&str]| codes.iter().any(|code| elements.value(code) == Some("T"));
    let (surname, given) = whole_names(elements);
    (surname.filter(|_| !cut(&["DDE"])), given.filter(|_| !cut(&["DDF", "DDG"])))
}

fn whole_names(elements: &Elements) -> (Option<String>, Option<String>) {
    let get = |code: &str| elements.value(code);
    let spaced = |text: &str| {
        text.split([',', ' ']).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
    };
    if let Some(surname) = get("DCS").or_else(|| get("DAB")) {
        let given = match (get("DAC").or_else(|| get("DCT")), get("DAD")) {
            (Some(first), Some(middle)) => Some(format!("{first} {middle}")),
            (first, middle) => first.or(middle).map(str::to_owned),
        };
        return (Some(surname.to_owned()), given.map(|names| spaced(&names)));
    }
    let Some(whole) = get("DAA") else { return (None, get("DCT").map(spaced)) };
    let mut parts = whole.split(',');
    let (surname, given) = (parts.next(), parts.by_ref().take(2).collect::<Vec<_>>());
    let surname = surname.filter(|_| !given.is_empty()).map(|surname| surname.trim().to_owned());
    (surname, (!given.is_empty()).then(|| spaced(&given.join(" "))))
}

/// `MMDDCCYY`, or `CCYYMMDD` as in Canada: no month is 19 or 20.
fn date(value: &str) -> Option<String> {
    let digits: Vec<i16> =
        value.chars().map(|c| Some(c.to_digit(10)? as i16)).collect::<Option<_>>()?;
    let number = |places: std::ops::Range<usize>| {
        digits.get(places).map(|part| part.iter().fold(0, |sum, digit| sum * 10 + digit))
    };
    if digits.len() != 8 {
        return None;
    }
    let (year, month, day) = match number(0..2)? {
        19.. => (number(0..4)?, number(4..6)?, number(6..8)?),
        month => (number(4..8)?, month, number(2..4)?),
    };
    Some(Date::new(year, month as i8, day as i8).ok()?.to_string())
}

fn sex(value: &str) -> Option<&'static str> {
    match value {
        "1" | "M" => Some("M"),
        "2" | "F" => Some("F"),
        "9" | "X" => Some("X"),
        _ => None,
    }
}

/// Street, town, state and postal code, on one line.
fn address(elements: &Elements) -> Option<String> {
    let get = |code: &str| elements.value(code);
    let postal = get("DAK").filter(|code| code.is_ascii()).map(|code| match code.as_bytes() {
        // Nine digits, of which a short code leaves the last four 0.
        [b'0'..=b'9', .., b'0', b'0', b'0', b'0'] if code.len() == 9 => code[..5].to_owned(),
        [b'0'..=b'9', ..] if code.len() == 9 => format!("{}-{}", &code[..5], &code[5..]),
        _ => code.to_owned(),
    });
    let state = [get("DAJ").map(str::to_owned), postal].into_iter().flatten();
    let parts = [get("DAG"), get("DAH"), get("DAI")].into_iter().flatten().map(str::to_owned);
    let state = state.collect::<Vec<_>>().join(" ");
    let parts: Vec<String> = parts.chain([state]).filter(|part| !part.is_empty()).collect();
    (parts.len() > 1).then(|| parts.join(", "))
}

fn country(elements: &Elements) -> Option<Country> {
    let state = elements.value("DAJ");
    let code = elements
        .value("DCG")
        .or_else(|| Some(if CANADIAN.contains(&state?) { "CAN" } else { "USA" }));
    code.and_then(|code| Country::parse(code).ok())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// A licence of today's standard, its person invented.
    const LICENCE: &str = "@\n\u{1e}\rANSI 999999100002DL00410278ZZ03190008DLDAQT64235789\nDCSSAMPLE\n\
        DDEN\nDACMICHAEL\nDDFN\nDADJOHN\nDDGN\nDCUJR\nDCAD\nDCBK\nDCDPH\nDBD06062019\nDBB06061986\n\
        DBA12102027\nDBC1\nDAU068 in\nDAYBRO\nDAG2300 WEST BROAD STREET\nDAIRICHMOND\nDAJZZ\n\
        DAK232690000\nDCF2424244747474786102204\nDCGUTO\nDCK123456789\nDDAF\nDDB06062018\n\rZZZZA01\r";

    fn values(text: &str) -> Vec<(Field, String)> {
        let licence = parse(text).expect("it is of the standard");
        licence.fields.0.into_iter().map(|(field, reading)| (field, reading.value)).collect()
    }

    #[test]
    fn a_licence_gives_its_fields() {
        let licence = parse(LICENCE).unwrap();
        assert_eq!(licence.document_type, DocumentType::DrivingLicence);
        assert_eq!(licence.country.unwrap().as_str(), "UTO");
        let expected = [
            (Field::Surname, "SAMPLE"),
            (Field::GivenNames, "MICHAEL JOHN"),
            (Field::DocumentNumber, "T64235789"),
            (Field::BirthDate, "1986-06-06"),
            (Field::IssueDate, "2019-06-06"),
            (Field::ExpiryDate, "2027-12-10"),
            (Field::Sex, "M"),
            (Field::Address, "2300 WEST BROAD STREET, RICHMOND, ZZ 23269"),
            (Field::IssuingCountry, "UTO"),
        ];
        for (field, value) in expected {
            assert_eq!(licence.fields.value(field), Some(value), "{field:?}");
        }
        assert_eq!(licence.fields.0.len(), expected.len());
    }

    #[test]
    fn every_version_and_both_countries_are_read() {
        let old = "@\n\u{1e}\rAAMVA6360000102DL00390187DLDAQA1234567\nDAASAMPLE,ANN,MARIE\nDBB19861231\n\
            DAJON\nDAKK1A 0B1\nDBCF\nDBA20301231\r";
        let read = values(old);
        assert!(read.contains(&(Field::Surname, "SAMPLE".into())), "{read:?}");
        assert!(read.contains(&(Field::GivenNames, "ANN MARIE".into())), "{read:?}");
        assert!(read.contains(&(Field::BirthDate, "1986-12-31".into())), "{read:?}");
        assert!(read.contains(&(Field::IssuingCountry, "CAN".into())), "{read:?}");
        assert!(read.contains(&(Field::Sex, "F".into())), "{read:?}");
        let junior = old.replace("SAMPLE,ANN,MARIE", "SAMPLE,JOHN,QUINCY,JR");
        assert!(values(&junior).contains(&(Field::GivenNames, "JOHN QUINCY".into())));
        let cut = values(&LICENCE.replace("DDFN", "DDFT"));
        assert!(cut.iter().all(|(field, _)| *field != Field::GivenNames), "{cut:?}");
        let card = LICENCE.replace("DL0041", "ID0041").replace("DLDAQ", "IDDAQ");
        assert_eq!(parse(&card).unwrap().document_type, DocumentType::IdCard);
        let third = LICENCE.replace("DACMICHAEL", "DCTMICHAEL,JOHN").replace("DADJOHN", "DADNONE");
        assert!(values(&third).contains(&(Field::GivenNames, "MICHAEL JOHN".into())));
    }

    #[test]
    fn what_is_no_value_is_left_out() {
        let broken = LICENCE.replace("DBB06061986", "DBB13401986").replace("DBC1", "DBC7");
        let licence = parse(&broken).unwrap();
        assert_eq!(licence.fields.value(Field::BirthDate), None);
        assert_eq!(licence.fields.value(Field::Sex), None);
        assert_eq!(parse("M1SAMPLE/MICHAEL      EABC123"), None, "a boarding pass");
        assert_eq!(parse(&LICENCE.replace("DAQT64235789", "DAQNONE")), None);
        assert_eq!(parse(""), None);
    }

    proptest! {
        #[test]
        fn no_text_breaks_it(text in "\\PC*", tail in "[A-Z0-9\n\r,]*") {
            let _ = parse(&text);
            let _ = parse(&format!("@\n\u{1e}\rANSI {text}DL{tail}"));
        }
    }
}
