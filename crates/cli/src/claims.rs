//! `claims.toml`: what the person typed.

use std::path::Path;

use domain::claims::Claims;
use toml::{Table, Value};

use crate::exit::Refused;

/// A claims file is a dozen short lines; anything larger is something else.
const MAX_BYTES: u64 = 64 * 1024;

/// Reads a claims file.
///
/// # Errors
/// [`Refused`], with what to mend, when it is missing, too large, no TOML, or
/// holds an unknown key or an impossible date.
pub fn read(path: &Path) -> Result<Claims, Refused> {
    let refuse = |why: String| Refused(format!("the claims file {}: {why}", path.display()));
    let size = std::fs::metadata(path)
        .map_err(|e| refuse(format!("cannot be read ({e}); check the path")))?
        .len();
    if size > MAX_BYTES {
        return Err(refuse(format!("has {size} bytes; a claims file has a few lines of TOML")));
    }
    let text = std::fs::read_to_string(path)
        .map_err(|e| refuse(format!("is not UTF-8 text ({e}); save it as plain text")))?;
    parse(&text).map_err(refuse)
}

/// Parses the text of a claims file. A date may be written with quotes or
/// without.
///
/// # Errors
/// One sentence naming the line or key and what it should hold.
pub fn parse(text: &str) -> Result<Claims, String> {
    let mut table: Table = text.parse().map_err(|e: toml::de::Error| one_line(&e.to_string()))?;
    if let Some(date @ Value::Datetime(_)) = table.get_mut("birth_date") {
        *date = Value::String(date.to_string());
    }
    if let Some(Value::String(date)) = table.get("birth_date")
        && date.parse::<jiff::civil::Date>().is_err()
    {
        return Err(format!(
            "birth_date {date:?} is not a date of the calendar; write it as YYYY-MM-DD"
        ));
    }
    table.try_into().map_err(|e: toml::de::Error| one_line(&e.to_string()))
}

/// A parser's message without its drawing of the place.
fn one_line(message: &str) -> String {
    let words: Vec<_> = message
        .lines()
        .filter(|line| !line.contains('|') && !line.trim().is_empty())
        .map(str::trim)
        .collect();
    words.join("; ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_may_stand_with_or_without_quotes() {
        for text in ["birth_date = 1990-02-28", "birth_date = \"1990-02-28\""] {
            let claims = parse(text).unwrap();
            assert_eq!(claims.birth_date.unwrap().to_string(), "1990-02-28");
        }
    }

    #[test]
    fn what_is_wrong_is_named_in_one_line() {
        let cases = [
            ("birth_date = \"1990-02-30\"", "1990-02-30"),
            ("birth_date = 1990-02-30", "invalid date"),
            ("first_name = \"A\"", "first_name"),
            ("surname = ", "line 1"),
            ("document_type = \"library_card\"", "library_card"),
            ("nationality = \"Utopia\"", "Utopia"),
            ("surname = 3", "surname"),
        ];
        for (text, named) in cases {
            let message = parse(text).unwrap_err();
            assert!(message.contains(named), "{text}: {message}");
            assert!(!message.contains('\n'), "{text}: {message}");
        }
    }

    #[test]
    fn the_readme_shows_claims_that_load() {
        let readme = include_str!("../../../README.md");
        let (_, rest) = readme.split_once("```toml\n").unwrap();
        let (example, _) = rest.split_once("```").unwrap();
        let claims = parse(example).unwrap();
        assert_eq!(claims.document_number.as_deref(), Some("L898902C3"));
        assert!(claims.birth_date.is_some() && claims.nationality.is_some());
    }
}
