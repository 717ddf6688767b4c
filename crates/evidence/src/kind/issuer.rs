//! Who issued a document that has no machine-readable zone on this side.

use domain::document::Country;

use super::folded;
use crate::page::Page;

/// Names of issuers in English and their own languages, as [`folded`] writes
/// them, by the codes of ICAO Doc 9303-3, section 5. Chinese documents are
/// recognised by their layout.
const NAMES: [(&str, &[&str]); 44] = [
    ("ALB", &["ALBANIA", "SHQIPERIA", "REPUBLIKA E SHQIPERISE", "REPUBLIC OF ALBANIA"]),
    ("ARG", &["REPUBLICA ARGENTINA"]),
    ("AUS", &["AUSTRALIA"]),
    ("AUT", &["AUSTRIA", "OSTERREICH", "REPUBLIK OSTERREICH"]),
    ("AZE", &["AZERBAIJAN", "AZERBAYCAN", "REPUBLIC OF AZERBAIJAN"]),
    ("BEL", &["BELGIUM", "BELGIE", "BELGIQUE", "BELGIEN"]),
    ("BGR", &["BULGARIA", "REPUBLIC OF BULGARIA"]),
    ("BRA", &["BRASIL", "BRAZIL", "REPUBLICA FEDERATIVA DO BRASIL"]),
    ("CAN", &["CANADA"]),
    ("CHE", &["SWITZERLAND", "SCHWEIZ", "SUISSE", "SVIZZERA"]),
    ("CHL", &["CHILE", "REPUBLICA DE CHILE"]),
    ("COL", &["COLOMBIA", "REPUBLICA DE COLOMBIA"]),
    ("CZE", &["CZECH REPUBLIC", "CESKA REPUBLIKA"]),
    ("DEU", &["GERMANY", "DEUTSCHLAND", "BUNDESREPUBLIK DEUTSCHLAND"]),
    ("DNK", &["DENMARK", "DANMARK"]),
    ("ESP", &["SPAIN", "ESPANA", "REINO DE ESPANA"]),
    ("EST", &["ESTONIA", "EESTI", "EESTI VABARIIK"]),
    ("FIN", &["FINLAND", "SUOMI"]),
    ("FRA", &["FRANCE", "REPUBLIQUE FRANCAISE"]),
    ("GBR", &["UNITED KINGDOM", "GREAT BRITAIN"]),
    ("GRC", &["GREECE", "HELLENIC REPUBLIC"]),
    ("HRV", &["CROATIA", "HRVATSKA", "REPUBLIKA HRVATSKA"]),
    ("HUN", &["HUNGARY", "MAGYARORSZAG"]),
    ("IND", &["INDIA", "REPUBLIC OF INDIA", "GOVERNMENT OF INDIA"]),
    ("IRL", &["IRELAND", "EIRE"]),
    ("ITA", &["ITALY", "ITALIA", "REPUBBLICA ITALIANA"]),
    ("JPN", &["JAPAN"]),
    ("KOR", &["REPUBLIC OF KOREA"]),
    ("LTU", &["LITHUANIA", "LIETUVA", "LIETUVOS RESPUBLIKA"]),
    ("LVA", &["LATVIA", "LATVIJA", "LATVIJAS REPUBLIKA"]),
    ("MEX", &["MEXICO", "ESTADOS UNIDOS MEXICANOS"]),
    ("NLD", &["NETHERLANDS", "NEDERLAND", "KONINKRIJK DER NEDERLANDEN"]),
    ("NOR", &["NORWAY", "NORGE"]),
    ("POL", &["POLAND", "POLSKA", "RZECZPOSPOLITA POLSKA"]),
    ("PRT", &["PORTUGAL", "REPUBLICA PORTUGUESA"]),
    ("ROU", &["ROMANIA", "ROUMANIE"]),
    ("SRB", &["SERBIA", "REPUBLIKA SRBIJA"]),
    ("SVK", &["SLOVAKIA", "SLOVENSKA REPUBLIKA"]),
    ("SVN", &["SLOVENIA", "REPUBLIKA SLOVENIJA"]),
    ("SWE", &["SWEDEN", "SVERIGE"]),
    ("TUR", &["TURKEY", "TURKIYE", "TURKIYE CUMHURIYETI"]),
    ("UKR", &["UKRAINE", "UKRAINA"]),
    ("USA", &["USA", "UNITED STATES OF AMERICA"]),
    ("UTO", &["UTOPIA"]),
];

/// Words in Chinese characters that only documents of one issuer print.
const HAN: [(&str, &str); 1] = [("CHN", "中华人民共和国")];

/// The issuer whose name a line begins or ends with, the first such line.
pub(super) fn named(page: &Page) -> Option<Country> {
    let code = page.lines.iter().find_map(|line| {
        let text = folded(&line.text);
        let words: Vec<&str> =
            text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect();
        let line = words.join(" ");
        let says = |name: &&&str| {
            line == **name
                || line.strip_prefix(**name).is_some_and(|rest| rest.starts_with(' '))
                || line.strip_suffix(**name).is_some_and(|rest| rest.ends_with(' '))
        };
        let named = NAMES.iter().find(|(_, names)| names.iter().any(|name| says(&name)));
        let han = || HAN.iter().find(|(_, words)| text.contains(words)).map(|(code, _)| *code);
        named.map(|(code, _)| *code).or_else(han)
    });
    Country::parse(code?).ok()
}

#[cfg(test)]
mod tests {
    use imaging::geometry::Rect;

    use super::*;

    #[test]
    fn an_issuer_is_named_at_an_end_of_a_line() {
        let cases = [
            ("Utopia Personalausweis·Identity card", Some("UTO")),
            ("DRIVING LICENCE UTOPIA", Some("UTO")),
            ("BUNDESREPUBLIK DEUTSCHLAND", Some("DEU")),
            ("República Portuguesa", Some("PRT")),
            ("中华人民共和国普通护照", Some("CHN")),
            ("UTOPIAN", None),
            ("born in Utopia in spring", None),
        ];
        for (text, expected) in cases {
            let page = Page::of([(Rect::new(0.0, 0.0, 300.0, 20.0).quad(), text, 0.9)]);
            assert_eq!(named(&page).as_ref().map(Country::as_str), expected, "{text}");
        }
    }
}
