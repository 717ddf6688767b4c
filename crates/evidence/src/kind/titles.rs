//! Documents by the titles that they print.

use std::sync::LazyLock;

use domain::document::{Country, DocumentType};
use serde::Deserialize;

use super::folded;
use crate::page::Page;

/// A document that is told by its title.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Titled {
    /// Its type.
    #[serde(rename = "type")]
    pub(super) document_type: DocumentType,
    /// Who alone prints the title.
    pub(super) country: Option<Country>,
    /// As [`folded`] writes them.
    titles: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Known {
    document: Vec<Titled>,
}

/// The documents of `documents.toml`, in its order.
static KNOWN: LazyLock<Vec<Titled>> = LazyLock::new(|| {
    let known: Known =
        toml::from_str(include_str!("documents.toml")).expect("a test reads the file");
    known.document
});

/// The first known document whose title stands at the start or end of a line.
pub(super) fn printed_on(page: &Page) -> Option<&'static Titled> {
    printed_in(page.lines.iter().map(|line| line.text.as_str()))
}

/// The same of lines that say these texts.
pub(super) fn printed_in<'a>(texts: impl IntoIterator<Item = &'a str>) -> Option<&'static Titled> {
    let bare = |text: &str| text.replace(' ', "");
    let lines: Vec<String> = texts.into_iter().map(|text| bare(&folded(text))).collect();
    let printed = |title: &String| {
        let title = bare(title);
        lines.iter().any(|line| line.starts_with(&title) || line.ends_with(&title))
    };
    KNOWN.iter().find(|known| known.titles.iter().any(printed))
}

#[cfg(test)]
mod tests {
    use imaging::geometry::Rect;

    use super::*;

    #[test]
    fn every_title_tells_its_document_however_it_is_accented() {
        for known in KNOWN.iter() {
            assert!(!known.titles.is_empty());
            for title in &known.titles {
                assert_eq!(&folded(title), title, "titles are written folded");
                let place = Rect::new(0.0, 0.0, 300.0, 20.0).quad();
                let found = printed_on(&Page::of([(place, title.as_str(), 0.9)]));
                let found = found.unwrap_or_else(|| panic!("{title} is not found"));
                assert_eq!(found.document_type, known.document_type, "{title}");
                assert!(found.country == known.country || found.country.is_none(), "{title}");
            }
        }
    }
}
