//! The keys of a zone: what an account is found by, so what must never be
//! silently wrong.

/// Document number, birth date and expiry date, each with its check digit
/// (ICAO 9303 parts 4 to 7); `None` when the lines have no format's shape.
pub fn of<'l>(lines: &[&'l str]) -> Option<[&'l str; 3]> {
    match lines {
        [first, second, _] => {
            // A number of more than nine characters goes on in the optional
            // data, and its check digit with it (9303-5, 4.2.2).
            let long = first.get(14..15) == Some("<");
            let number = first.get(5..if long { 30 } else { 15 })?;
            Some([number, second.get(0..7)?, second.get(8..15)?])
        }
        [_, second] => Some([second.get(0..10)?, second.get(13..20)?, second.get(21..28)?]),
        // A permit's one row: the number, then the end, then the birth.
        [row] => Some([row.get(2..12)?, row.get(21..28)?, row.get(13..20)?]),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_stand_where_each_format_puts_them() {
        let td3 = ["P<", "L898902C36UTO7408122F1204159ZE184226B<<<<<10"];
        assert_eq!(of(&td3), Some(["L898902C36", "7408122", "1204159"]));
        let td1 =
            ["I<UTOD231458907<<<<<<<<<<<<<<<", "7408122F1204159UTO<<<<<<<<<<<6", "ERIKSSON<<ANNA"];
        assert_eq!(of(&td1), Some(["D231458907", "7408122", "1204159"]));
        let long =
            ["I<UTOD23145890<AB112234566<<<<", "7408122F1204159UTO<<<<<<<<<<<4", "ERIKSSON<<ANNA"];
        assert_eq!(of(&long).unwrap()[0], "D23145890<AB112234566<<<<");
        let permit = ["CSX123456785<2903116<8502120<8"];
        assert_eq!(of(&permit), Some(["X123456785", "8502120", "2903116"]));
        for none in [&["P<"][..], &["P<", "short"], &[], &["一", "二二二二二二二二二二", "三"]]
        {
            assert_eq!(of(none), None, "{none:?}");
        }
    }
}
