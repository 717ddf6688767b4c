//! Dates of the machine-readable zone.

use jiff::civil::Date;

use super::{DateKind, PartialDate};

/// Reads a `YYMMDD` date of a machine-readable zone (ICAO Doc 9303-3, 4.8).
///
/// Unknown parts are fillers: `7408<<` is a month, `74<<<<` a year. `None` for
/// a date that is all fillers, not six characters, or does not exist.
pub fn parse_mrz(text: &str, kind: DateKind, as_of: Date) -> Option<PartialDate> {
    let bytes: &[u8; 6] = text.as_bytes().try_into().ok()?;
    let [y1, y2, m1, m2, d1, d2] = *bytes;
    let Part::Known(year) = part(y1, y2)? else { return None };
    let (month, day) = match (part(m1, m2)?, part(d1, d2)?) {
        (Part::Known(month), Part::Known(day)) => (Some(month), Some(day)),
        (Part::Known(month), Part::Unknown) => (Some(month), None),
        (Part::Unknown, Part::Unknown) => (None, None),
        (Part::Unknown, Part::Known(_)) => return None,
    };
    PartialDate::in_century(i16::from(year), month, day, kind, as_of)
}

enum Part {
    Known(i8),
    Unknown,
}

fn part(tens: u8, units: u8) -> Option<Part> {
    match (tens, units) {
        (b'<', b'<') => Some(Part::Unknown),
        (b'0'..=b'9', b'0'..=b'9') => {
            Some(Part::Known(((tens - b'0') * 10 + (units - b'0')) as i8))
        }
        _ => None,
    }
}
