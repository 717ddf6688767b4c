//! Photographs of specimens, as files with their truth.
//!
//! Nothing here was looked at while parameters were chosen: looks, seeds and
//! with them people, numbers, backdrops and light are kept apart from those of
//! tests and of tuning.

use std::fs;
use std::io::Cursor;
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};

use anyhow::{Context, Result};
use image::{ImageFormat, RgbImage};
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;
use specimen::{
    Document, Face, Fonts, Forgery, Kind, Order, Orientation, Portraits, Scene, SideTruth,
    encode_jpeg, forge, photograph,
};

/// The look that only measuring uses, of [`Kind::TEMPLATES`].
pub const LOOK: u8 = Kind::TEMPLATES - 1;

/// Seeds below a million belong to tests and tuning. What measuring on the next seven
/// million told led to mending, so it begins after them.
pub const FIRST_SEED: u64 = 8_000_000;

/// A photograph to be made.
pub struct Shot {
    /// Everything not said otherwise follows from it.
    pub seed: u64,
    /// What is photographed.
    pub kind: Kind,
    /// Which side of it.
    pub face: Face,
    /// How.
    pub scene: Scene,
    /// How the file stores it.
    pub orientation: Orientation,
    /// What is forged on it.
    pub forgery: Option<Forgery>,
    /// Prints only 17 of the 18 characters of a Chinese number.
    pub seventeen_digits: bool,
}

impl Shot {
    /// Side `face` of a `kind`, photographed as people do.
    pub fn new(kind: Kind, face: Face, index: usize) -> Self {
        let seed = FIRST_SEED + index as u64;
        Self {
            seed,
            kind,
            face,
            scene: Scene::random(seed),
            orientation: Orientation::UPRIGHT,
            forgery: None,
            seventeen_digits: false,
        }
    }
}

/// A photograph that was made.
pub struct Taken {
    /// Where the file lies.
    pub file: PathBuf,
    /// What the side says.
    pub truth: SideTruth,
}

/// Makes the photographs of `section`, in the order of `shots`.
pub fn take(section: &str, shots: &[Shot]) -> Result<Vec<Taken>> {
    let folder = PathBuf::from("target/eval").join(section);
    fs::create_dir_all(&folder).with_context(|| format!("making {}", folder.display()))?;
    let fonts = Fonts::find()?;
    let portraits = Portraits::drawn();
    let next = AtomicUsize::new(0);
    let workers = std::thread::available_parallelism().map_or(1, usize::from);
    let work = || -> Result<Vec<(usize, Taken)>> {
        let mut taken = Vec::new();
        loop {
            let index = next.fetch_add(1, Ordering::Relaxed);
            let Some(shot) = shots.get(index) else { return Ok(taken) };
            let file = folder.join(format!("{index:04}-{}.jpg", shot.kind));
            taken.push((index, photograph_to(file, shot, &fonts, &portraits)?));
            if index % 100 == 99 {
                eprintln!("  {} of {} photographs made", index + 1, shots.len());
            }
        }
    };
    let taken = std::thread::scope(|scope| {
        let workers: Vec<_> = (0..workers).map(|_| scope.spawn(work)).collect();
        let done = workers.into_iter().map(|worker| worker.join().expect("drawing does not panic"));
        done.collect::<Result<Vec<_>>>()
    })?;
    let mut taken: Vec<_> = taken.into_iter().flatten().collect();
    taken.sort_by_key(|(index, _)| *index);
    Ok(taken.into_iter().map(|(_, taken)| taken).collect())
}

fn photograph_to(file: PathBuf, shot: &Shot, fonts: &Fonts, faces: &Portraits) -> Result<Taken> {
    let mut order = Order::new(shot.kind, LOOK, shot.seed);
    order.seventeen_digits = shot.seventeen_digits;
    order.pixels_per_mm = resolution(shot);
    let document = Document::generate(fonts, &order, &faces.of(shot.seed).document);
    let side = document.sides.iter().find(|side| side.truth.side == shot.face);
    let side = side.with_context(|| format!("a {} has no {:?}", shot.kind, shot.face))?;
    let (file, bytes) = if let Some(forgery) = shot.forgery {
        let other = &faces.of(shot.seed + 1).document;
        let forged = forge(fonts, (side, other), (&shot.scene, forgery), shot.seed);
        let forged = forged.with_context(|| format!("a {} lacks what is forged", shot.kind))?;
        saved(file, &forged, shot, forgery)?
    } else {
        let taken = photograph(fonts, &[side], &shot.scene, shot.seed);
        (file, taken.jpeg(shot.orientation))
    };
    fs::write(&file, bytes).with_context(|| format!("writing {}", file.display()))?;
    Ok(Taken { file, truth: side.truth.clone() })
}

/// The file as the forger's program writes it; a camera's own where none was used.
fn saved(
    file: PathBuf,
    image: &RgbImage,
    shot: &Shot,
    forgery: Forgery,
) -> Result<(PathBuf, Vec<u8>)> {
    let mut rng = ChaCha8Rng::seed_from_u64(shot.seed ^ 0x5A7E);
    let photographed = matches!(forgery, Forgery::PortraitGlued | Forgery::Print | Forgery::Screen);
    if photographed {
        return Ok((file, encode_jpeg(image, shot.scene.jpeg_quality, shot.orientation)));
    }
    if rng.random_bool(0.25) {
        let mut bytes = Cursor::new(Vec::new());
        image.write_to(&mut bytes, ImageFormat::Png)?;
        return Ok((file.with_extension("png"), bytes.into_inner()));
    }
    Ok((file, encode_jpeg(image, rng.random_range(75..=96), shot.orientation)))
}

/// Pixels per millimetre of the rendering: a third more than the photograph
/// can show of it, so that it never looks drawn on a lattice.
fn resolution(shot: &Shot) -> f32 {
    let longer = shot.scene.width.max(shot.scene.height) as f32;
    (1.33 * longer / shot.kind.size_mm().0).clamp(8.0, 24.0)
}
