//! The faces on the documents, and selfies of the same faces.
//!
//! Real faces come from packages that a machine fetches for itself
//! ([`install()`]); none is committed. Where there are none, drawn ones stand in
//! ([`Portraits::drawn`]): enough for layouts, not for a face detector.

mod drawn;
mod install;
mod selfie;

use std::path::{Path, PathBuf};

use image::{RgbImage, imageops};

pub use install::{InstallError, Packages, install, install_from};

/// One face.
#[derive(Clone, Debug)]
pub struct Portrait {
    /// The name of its file without its ending, or `drawn-N`.
    pub name: String,
    /// The head as a document shows it, 35 : 45.
    pub document: RgbImage,
    /// A wider part of the same picture, from which selfies are cut.
    picture: RgbImage,
}

impl Portrait {
    /// Another rendering of the same picture, 960 × 1280: other crop, light,
    /// turn, noise. It proves plumbing; of match accuracy it says nothing, the
    /// face being the very same one.
    pub fn selfie(&self, seed: u64) -> RgbImage {
        selfie::selfie(&self.picture, seed)
    }
}

/// The faces at hand, at least one.
#[derive(Clone, Debug)]
pub struct Portraits(Vec<Portrait>);

/// A folder without usable portraits.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// A file that should be there is missing or no picture.
    #[error("cannot read the portrait {}; fetch the portraits again", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// Why.
        source: image::ImageError,
    },
}

/// A known picture: where its head and its surroundings are.
struct Known {
    file: &'static str,
    /// Left, top, width, height of the document crop.
    document: [u32; 4],
    /// The same of the part for selfies.
    picture: [u32; 4],
}

const KNOWN: [Known; 2] = [
    Known { file: "astronaut.png", document: [148, 2, 154, 198], picture: [76, 0, 292, 360] },
    Known { file: "sample.jpg", document: [30, 0, 198, 256], picture: [12, 0, 232, 256] },
];

impl Portraits {
    /// The portraits that [`install()`] put into `folder`.
    ///
    /// # Errors
    ///
    /// [`OpenError::Unreadable`] when one is missing or no picture.
    pub fn open(folder: &Path) -> Result<Self, OpenError> {
        let portraits = KNOWN.iter().map(|known| {
            let path = folder.join(known.file);
            let picture = image::open(&path)
                .map_err(|source| OpenError::Unreadable { path, source })?
                .to_rgb8();
            let crop = |[x, y, w, h]: [u32; 4]| imageops::crop_imm(&picture, x, y, w, h).to_image();
            Ok(Portrait {
                name: known.file.split('.').next().unwrap_or_default().to_owned(),
                document: crop(known.document),
                picture: crop(known.picture),
            })
        });
        portraits.collect::<Result<_, _>>().map(Self)
    }

    /// Six drawn faces.
    pub fn drawn() -> Self {
        let portraits = (0..6).map(|index| {
            let picture = drawn::face(index);
            Portrait { name: format!("drawn-{index}"), document: picture.clone(), picture }
        });
        Self(portraits.collect())
    }

    /// The portraits in `folder`, or the drawn ones where it has none.
    pub fn open_or_drawn(folder: &Path) -> Self {
        Self::open(folder).unwrap_or_else(|_| Self::drawn())
    }

    /// All of them.
    pub fn all(&self) -> &[Portrait] {
        &self.0
    }

    /// The one for `seed`: its remainder by their number.
    pub fn of(&self, seed: u64) -> &Portrait {
        &self.0[(seed % self.0.len() as u64) as usize]
    }
}
