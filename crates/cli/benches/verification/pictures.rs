//! What is verified: a passport and a selfie, twelve megapixels each.

use std::path::{Path, PathBuf};

use anyhow::Context;
use image::imageops::{self, FilterType};
use specimen::{
    Document, Fonts, Kind, Order, Orientation, Portraits, Scene, encode_jpeg, photograph,
};
use tempfile::TempDir;

/// The seed of document, holder and photograph.
const SEED: u64 = 4;

/// A phone camera's picture, pixels.
pub const SIZE: (u32, u32) = (4000, 3000);

/// One person's files.
pub struct Person {
    folder: TempDir,
}

impl Person {
    /// Photographs a specimen with one of the portraits in `folder`.
    pub fn photographed(portraits: &Path) -> anyhow::Result<Self> {
        let portraits =
            Portraits::open(portraits).context("`cargo xtask demo` installs the portraits")?;
        let portrait = portraits.of(SEED);
        let mut order = Order::new(Kind::Passport, 0, SEED);
        order.pixels_per_mm = 24.0;
        let fonts = Fonts::find()?;
        let passport = Document::generate(&fonts, &order, &portrait.document);
        let scene = Scene::clean(SEED).sized(SIZE.0, SIZE.1);
        let photo = photograph(&fonts, &[&passport.sides[0]], &scene, SEED);
        let selfie = portrait.selfie(SEED);
        let selfie = imageops::resize(&selfie, SIZE.1, SIZE.0, FilterType::Triangle);
        let person = Self { folder: TempDir::new()? };
        std::fs::write(person.document(), photo.jpeg(Orientation::UPRIGHT))?;
        std::fs::write(person.selfie(), encode_jpeg(&selfie, 92, Orientation::UPRIGHT))?;
        std::fs::write(person.claims(), "")?;
        Ok(person)
    }

    /// The picture of the passport.
    pub fn document(&self) -> PathBuf {
        self.folder.path().join("front.jpg")
    }

    /// The picture of the face.
    pub fn selfie(&self) -> PathBuf {
        self.folder.path().join("selfie.jpg")
    }

    /// Claims in which nothing is typed.
    pub fn claims(&self) -> PathBuf {
        self.folder.path().join("claims.toml")
    }
}
