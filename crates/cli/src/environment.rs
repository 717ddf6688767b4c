//! The environment. A value may also be the content of a file, named by the same variable with
//! `_FILE` behind it: so a secret is neither in a list of processes nor in a unit.

use crate::exit::Refused;

/// What of the vault's S3 store is secret.
const SECRETS: [&str; 3] = ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"];

/// The value of `name`, or the content of the file that `name` with `_FILE` names, without the
/// end of its line.
///
/// # Errors
/// [`Refused`] when both are given, or the file cannot be read.
pub fn given(
    environment: impl Fn(&str) -> Option<String>,
    name: &str,
) -> Result<Option<String>, Refused> {
    let in_file = format!("{name}_FILE");
    match (environment(name), environment(&in_file)) {
        (Some(_), Some(_)) => Err(Refused(format!("give {name} or {in_file}, not both"))),
        (None, Some(path)) => {
            let text = std::fs::read_to_string(&path)
                .map_err(|error| Refused(format!("{in_file}: {path} cannot be read ({error})")))?;
            Ok(Some(text.trim_end_matches(['\r', '\n']).to_owned()))
        }
        (value, None) => Ok(value),
    }
}

/// Every variable, and the secrets of the vault's S3 store that lie in files.
///
/// # Errors
/// As [`given`].
pub fn with_secrets() -> Result<Vec<(String, String)>, Refused> {
    let mut variables: Vec<_> = std::env::vars().collect();
    for name in SECRETS {
        let value = given(|name| std::env::var(name).ok(), name)?;
        variables.extend(value.map(|value| (name.to_owned(), value)));
    }
    Ok(variables)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_given_once_in_the_environment_or_in_a_file() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("key");
        std::fs::write(&file, "secret\n").unwrap();
        let file = file.to_str().unwrap();
        let of = |pairs: &[(&str, &str)]| {
            let found =
                |name: &str| pairs.iter().find(|pair| pair.0 == name).map(|pair| pair.1.into());
            given(found, "KEY")
        };
        assert_eq!(of(&[]).unwrap(), None);
        assert_eq!(of(&[("KEY", "plain")]).unwrap().unwrap(), "plain");
        assert_eq!(of(&[("KEY_FILE", file)]).unwrap().unwrap(), "secret");
        let refused = of(&[("KEY", "plain"), ("KEY_FILE", file)]).unwrap_err();
        assert!(refused.to_string().contains("not both"), "{refused}");
        assert!(of(&[("KEY_FILE", "nowhere")]).is_err());
    }
}
