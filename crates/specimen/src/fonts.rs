//! The system's fonts, found at run time.

use std::fs;
use std::path::{Path, PathBuf};

use ab_glyph::{Font, FontArc, FontVec};

/// A typeface of the specimens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Typeface {
    Sans,
    SansBold,
    Serif,
    SerifBold,
    Mono,
    MonoBold,
    /// The face of the machine-readable zone (ISO 1073-2).
    OcrB,
    /// Chinese characters, and Latin ones in their manner.
    Han,
    /// The same, thickened by drawing it twice.
    HanBold,
}

/// The fonts of the specimens, loaded once and shared.
#[derive(Clone)]
pub struct Fonts {
    faces: [FontArc; 8],
}

/// A font that this system lacks or cannot use.
#[derive(Debug, thiserror::Error)]
pub enum FontError {
    /// No file of that name is in the system's font folders.
    #[error("the font {file} is not installed; install it with `apt-get install {package}`")]
    Missing {
        /// The file looked for.
        file: &'static str,
        /// The Debian package that brings it.
        package: &'static str,
    },
    /// The file exists but is no usable font.
    #[error("the font {} cannot be used; reinstall it with `apt-get install --reinstall {package}`", path.display())]
    Unusable {
        /// The file.
        path: PathBuf,
        /// The Debian package that brings it.
        package: &'static str,
    },
}

/// Where Linux distributions and macOS keep fonts.
const FOLDERS: [&str; 3] = ["/usr/share/fonts", "/usr/local/share/fonts", "/Library/Fonts"];

/// File and Debian package of each typeface, in the order of [`Typeface`].
const FILES: [(&str, &str); 8] = [
    ("DejaVuSans.ttf", "fonts-dejavu-core"),
    ("DejaVuSans-Bold.ttf", "fonts-dejavu-core"),
    ("DejaVuSerif.ttf", "fonts-dejavu-core"),
    ("DejaVuSerif-Bold.ttf", "fonts-dejavu-core"),
    ("DejaVuSansMono.ttf", "fonts-dejavu-core"),
    ("DejaVuSansMono-Bold.ttf", "fonts-dejavu-core"),
    ("OCRB.otf", "fonts-ocr-b"),
    ("wqy-microhei.ttc", "fonts-wqy-microhei"),
];

impl Fonts {
    /// The Debian packages that bring every font the specimens need.
    pub const PACKAGES: [&'static str; 3] =
        ["fonts-ocr-b", "fonts-wqy-microhei", "fonts-dejavu-core"];

    /// Finds and loads the fonts in the system's font folders.
    ///
    /// # Errors
    ///
    /// [`FontError`] names the first font that is missing and the package to install.
    pub fn find() -> Result<Self, FontError> {
        let folders: Vec<&Path> = FOLDERS.iter().map(Path::new).collect();
        Self::find_in(&folders)
    }

    /// Finds and loads the fonts in `folders` and the folders below them.
    ///
    /// # Errors
    ///
    /// As for [`Fonts::find`].
    pub fn find_in(folders: &[&Path]) -> Result<Self, FontError> {
        let mut paths = Vec::new();
        for folder in folders {
            collect_files(folder, 0, &mut paths);
        }
        let mut faces = Vec::with_capacity(FILES.len());
        for (file, package) in FILES {
            let path = paths
                .iter()
                .find(|path| path.file_name().is_some_and(|name| name == file))
                .ok_or(FontError::Missing { file, package })?;
            faces.push(
                load(path).ok_or_else(|| FontError::Unusable { path: path.clone(), package })?,
            );
        }
        let faces = faces.try_into().expect("one face for each file");
        Ok(Self { faces })
    }

    /// The font of `face` that has `character`: the Chinese one where `face` lacks it.
    pub(crate) fn covering(&self, face: Typeface, character: char) -> &FontArc {
        let han = &self.faces[7];
        let index = match face {
            Typeface::Sans => 0,
            Typeface::SansBold => 1,
            Typeface::Serif => 2,
            Typeface::SerifBold => 3,
            Typeface::Mono => 4,
            Typeface::MonoBold => 5,
            Typeface::OcrB => 6,
            Typeface::Han | Typeface::HanBold => return han,
        };
        let font = &self.faces[index];
        if font.glyph_id(character).0 == 0 { han } else { font }
    }
}

fn load(path: &Path) -> Option<FontArc> {
    let bytes = fs::read(path).ok()?;
    FontVec::try_from_vec_and_index(bytes, 0).ok().map(FontArc::from)
}

/// Adds every file below `folder` to `paths`; font folders are a few levels deep.
fn collect_files(folder: &Path, depth: u32, paths: &mut Vec<PathBuf>) {
    const DEEPEST: u32 = 6;
    let Ok(entries) = fs::read_dir(folder) else {
        return;
    };
    for entry in entries.flatten() {
        let path = entry.path();
        if path.is_dir() && depth < DEEPEST {
            collect_files(&path, depth + 1, paths);
        } else {
            paths.push(path);
        }
    }
    paths.sort();
}
