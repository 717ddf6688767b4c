//! Where installed models lie when nobody says otherwise.

use std::ffi::OsString;
use std::path::PathBuf;

/// The default models folder: `models` in the data folder, which is
/// `BONAFIDE_DATA` when set, else `bonafide` in the XDG data home.
///
/// `variable` looks an environment variable up; programs pass
/// `|name| std::env::var_os(name)`. An empty variable counts as unset, as the
/// XDG base directory specification says. `None` when not even `HOME` is set.
pub fn models_dir(variable: impl Fn(&str) -> Option<OsString>) -> Option<PathBuf> {
    let folder = |name: &str| variable(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    let data = folder("BONAFIDE_DATA")
        .or_else(|| {
            folder("XDG_DATA_HOME")
                .filter(|path| path.is_absolute())
                .map(|home| home.join("bonafide"))
        })
        .or_else(|| folder("HOME").map(|home| home.join(".local/share/bonafide")))?;
    Some(data.join("models"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nearest_variable_wins() {
        type Case = (&'static [(&'static str, &'static str)], Option<&'static str>);
        const ALL: [(&str, &str); 3] =
            [("BONAFIDE_DATA", "d"), ("XDG_DATA_HOME", "/x"), ("HOME", "/h")];
        let cases: [Case; 6] = [
            (&ALL, Some("d/models")),
            (&ALL[1..], Some("/x/bonafide/models")),
            (&ALL[2..], Some("/h/.local/share/bonafide/models")),
            (&[("XDG_DATA_HOME", "x"), ALL[2]], Some("/h/.local/share/bonafide/models")),
            (&[("BONAFIDE_DATA", ""), ALL[1]], Some("/x/bonafide/models")),
            (&[], None),
        ];
        for (set, expected) in cases {
            let found = models_dir(|name| {
                let (_, value) = set.iter().find(|(key, _)| *key == name)?;
                Some(OsString::from(value))
            });
            assert_eq!(found, expected.map(PathBuf::from), "{set:?}");
        }
    }
}
