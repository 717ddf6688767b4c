//! Who issued a document that has no machine-readable zone on this side.

use std::sync::LazyLock;

use domain::document::Country;
use serde::Deserialize;

use super::folded;
use crate::page::Page;
use crate::printed;

/// An issuer, as [`folded`] writes its words.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Issuer {
    code: Country,
    /// What it calls itself.
    names: Vec<String>,
    /// What it calls its nationals.
    nationals: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Issuers {
    issuer: Vec<Issuer>,
}

/// The issuers of `issuers.toml`.
static ISSUERS: LazyLock<Vec<Issuer>> = LazyLock::new(|| {
    let issuers: Issuers =
        toml::from_str(include_str!("issuers.toml")).expect("a test reads the file");
    issuers.issuer
});

/// The state whose nationals, or which itself, `text` names and nothing else, in one
/// language or in two beside each other (Française/French).
pub fn nationality(text: &str) -> Option<Country> {
    let of = |part: &str| {
        let part = folded(part.trim());
        let named = |issuer: &&Issuer| {
            issuer.nationals.iter().chain(&issuer.names).any(|name| *name == part)
        };
        ISSUERS.iter().find(named).map(|issuer| &issuer.code)
    };
    let mut parts = text.split('/');
    let first = of(parts.next()?)?;
    parts.all(|part| of(part) == Some(first)).then(|| first.clone())
}

/// Words in Chinese characters that only documents of one issuer print.
const HAN: [(&str, &str); 1] = [("CHN", "中华人民共和国")];

/// The issuer whose name a line begins or ends with, the first such line that is no field's: a
/// place of birth names a state too. Of two names in one line the longer, as Northern Ireland
/// is not Ireland.
pub fn named(page: &Page) -> Option<Country> {
    let lines = printed::unclaimed(page).into_iter();
    let mut lines = lines.filter(|line| !line.text.contains(|c: char| c.is_ascii_digit()));
    lines.find_map(|line| {
        let text = folded(&line.text);
        let words: Vec<&str> =
            text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect();
        let line = words.join(" ");
        let says = |name: &String| {
            line == *name
                || line.strip_prefix(name).is_some_and(|rest| rest.starts_with(' '))
                || line.strip_suffix(name).is_some_and(|rest| rest.ends_with(' '))
        };
        let names = |issuer: &'static Issuer| issuer.names.iter().map(move |name| (name, issuer));
        let named = ISSUERS.iter().flat_map(names).filter(|(name, _)| says(name));
        let named = named.max_by_key(|(name, _)| name.len());
        let han = || HAN.iter().find(|(_, words)| text.contains(words)).map(|(code, _)| *code);
        named.map(|(_, issuer)| issuer.code.clone()).or_else(|| Country::parse(han()?).ok())
    })
}

#[cfg(test)]
mod tests {
    use imaging::geometry::Rect;

    use super::*;

    #[test]
    fn nationals_are_named_in_one_language_or_in_two() {
        let cases = [
            ("Française/French", Some("FRA")),
            ("UTOPIAN", Some("UTO")),
            ("Española", Some("ESP")),
            ("BAVARIAN/GERMAN", None),
            ("GERMAN/FRENCH", None),
            ("Germany and others", None),
        ];
        for (text, expected) in cases {
            assert_eq!(nationality(text).as_ref().map(Country::as_str), expected, "{text}");
        }
        for issuer in ISSUERS.iter() {
            for name in issuer.names.iter().chain(&issuer.nationals) {
                assert_eq!(&folded(name), name, "names are written folded");
            }
        }
    }

    #[test]
    fn an_issuer_is_named_at_an_end_of_a_line() {
        let cases = [
            ("Utopia Personalausweis·Identity card", Some("UTO")),
            ("DRIVING LICENCE UTOPIA", Some("UTO")),
            ("BUNDESREPUBLIK DEUTSCHLAND", Some("DEU")),
            ("República Portuguesa", Some("PRT")),
            ("中华人民共和国普通护照", Some("CHN")),
            ("NORTHERN IRELAND", Some("GBR")),
            ("NEW MEXICO USA", Some("USA")),
            ("UK DRIVING LICENCE", Some("GBR")),
            ("3. 11.02.1976 INDIA", None),
            ("UTOPIAN", None),
            ("born in Utopia in spring", None),
        ];
        for (text, expected) in cases {
            let page = Page::of([(Rect::new(0.0, 0.0, 300.0, 20.0).quad(), text, 0.9)]);
            assert_eq!(named(&page).as_ref().map(Country::as_str), expected, "{text}");
        }
    }
}
