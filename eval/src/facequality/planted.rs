//! The kinds of pictures, and how they are made.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

use anyhow::{Context, Result};
use image::imageops::{self, FilterType};
use inference::{ModelSet, Models, Parallelism, Role, models_dir};
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;
use specimen::{Orientation, encode_jpeg};
use vision::face::{FaceFinder, FaceParams};

use super::look::Look;
use super::sitter::Sitter;
use super::{camera, covers, glasses};

/// A kind of picture, with what must be said of it.
pub struct Planted {
    /// As the tables name it.
    pub name: &'static str,
    /// The file's folder.
    pub folder: &'static str,
    /// What must be said; none for what must pass.
    pub told: Option<Told>,
    /// Draws it.
    pub draw: fn(&mut Sitter, Look, &mut ChaCha8Rng),
}

/// A reason, as the answer spells it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Told {
    /// Its code.
    pub code: &'static str,
    /// Its detail, where the code covers several things.
    pub detail: Option<&'static str>,
}

const fn told(code: &'static str) -> Told {
    Told { code, detail: None }
}

const fn covered(by: &'static str) -> Told {
    Told { code: "FACE_OCCLUDED", detail: Some(by) }
}

/// Every kind, those that must pass last.
pub const PLANTED: [Planted; 17] = [
    Planted {
        name: "dark, 0.08–0.25 of the light",
        folder: "dark",
        told: Some(told("FACE_TOO_DARK")),
        draw: camera::dark,
    },
    Planted {
        name: "overexposed, cheeks 1.5–2.4 times white",
        folder: "bright",
        told: Some(told("FACE_OVEREXPOSED")),
        draw: camera::bright,
    },
    Planted {
        name: "one side with 0.12–0.35 of the light",
        folder: "uneven",
        told: Some(told("FACE_LIGHT_UNEVEN")),
        draw: camera::uneven,
    },
    Planted {
        name: "out of focus, 0.07–0.14 of the eye distance",
        folder: "defocus",
        told: Some(told("FACE_BLURRED")),
        draw: camera::defocus,
    },
    Planted {
        name: "moved, 0.3–0.6 of the eye distance",
        folder: "moved",
        told: Some(told("FACE_BLURRED")),
        draw: camera::moved,
    },
    Planted {
        name: "small, eyes 22–50 pixels apart",
        folder: "small",
        told: Some(told("FACE_TOO_SMALL")),
        draw: camera::small,
    },
    Planted {
        name: "eyes closed",
        folder: "closed",
        told: Some(told("FACE_EYES_CLOSED")),
        draw: glasses::closed,
    },
    Planted {
        name: "hat on the eyebrows",
        folder: "hat",
        told: Some(covered("hat")),
        draw: covers::hat,
    },
    Planted {
        name: "sunglasses",
        folder: "sunglasses",
        told: Some(covered("glasses")),
        draw: glasses::sunglasses,
    },
    Planted {
        name: "glasses with glare over an eye",
        folder: "glare",
        told: Some(covered("glasses")),
        draw: glasses::glare,
    },
    Planted { name: "mask", folder: "mask", told: Some(covered("mask")), draw: covers::mask },
    Planted {
        name: "hand over the mouth",
        folder: "hand",
        told: Some(covered("hand")),
        draw: covers::hand,
    },
    Planted {
        name: "hair over an eye or both",
        folder: "hair",
        told: Some(covered("hair")),
        draw: covers::hair,
    },
    Planted { name: "as it is", folder: "plain", told: None, draw: |_, _, _| {} },
    Planted { name: "clear glasses", folder: "clear-glasses", told: None, draw: glasses::clear },
    Planted {
        name: "head scarf that leaves the face free",
        folder: "scarf",
        told: None,
        draw: covers::scarf,
    },
    Planted {
        name: "fringe above the eyebrows",
        folder: "fringe",
        told: None,
        draw: covers::fringe,
    },
];

/// Pictures are made this many times larger, so that faces are as large as in selfies.
const ENLARGED: u32 = 2;

/// The people whose pictures are drawn on face the camera: farther turned than this in
/// degrees, the covers drawn by the mesh would not lie where things lie.
const MOST_TURNED: f32 = 20.0;

/// A picture of one person, by its file; `None` where it shows none who faces the camera.
pub fn sitter(finder: &FaceFinder, file: &Path) -> Result<Option<Sitter>> {
    let picture = image::open(file).with_context(|| format!("opening {}", file.display()))?;
    let picture = picture.to_rgb8();
    let (width, height) = (picture.width() * ENLARGED, picture.height() * ENLARGED);
    let picture = imageops::resize(&picture, width, height, FilterType::CatmullRom);
    let faces = finder.find(&picture)?;
    let Some(face) = faces.into_iter().next() else { return Ok(None) };
    let pose = face.quality.pose;
    let turned = [pose.yaw, pose.pitch, pose.roll].into_iter().any(|a| a.abs() > MOST_TURNED);
    Ok((!turned).then(|| Sitter::new(picture, face.mesh)))
}

/// The finder by whose mesh things are drawn.
pub fn finder() -> Result<FaceFinder> {
    let folder = models_dir(|name| std::env::var_os(name)).context("no folder of models")?;
    let models = ModelSet::open(&folder, Parallelism { threads: 1, runs: 2 })?;
    let (detection, mesh) = (models.model(Role::FaceDetection)?, models.model(Role::FaceMesh)?);
    Ok(FaceFinder::new(detection, mesh, FaceParams::default()))
}

/// Draws `planted` on each of `sitters` in `look` and writes the files, in their order.
pub fn make(
    planted: &Planted,
    sitters: &[Sitter],
    look: Look,
    first_seed: u64,
) -> Result<Vec<PathBuf>> {
    let folder = PathBuf::from("target/eval/face-quality");
    let folder = folder.join(format!("{look:?}").to_lowercase()).join(planted.folder);
    fs::create_dir_all(&folder).with_context(|| format!("making {}", folder.display()))?;
    let files: Vec<PathBuf> =
        (0..sitters.len()).map(|index| folder.join(format!("{index:04}.jpg"))).collect();
    let next = AtomicUsize::new(0);
    let work = || -> Result<()> {
        loop {
            let index = next.fetch_add(1, Ordering::Relaxed);
            let Some(sitter) = sitters.get(index) else { return Ok(()) };
            let mut rng = ChaCha8Rng::seed_from_u64(first_seed + index as u64);
            let mut sitter = sitter.clone();
            (planted.draw)(&mut sitter, look, &mut rng);
            let quality = rng.random_range(82..=95);
            let bytes = encode_jpeg(&sitter.picture, quality, Orientation::UPRIGHT);
            let file = &files[index];
            fs::write(file, bytes).with_context(|| format!("writing {}", file.display()))?;
        }
    };
    std::thread::scope(|scope| {
        let workers = [scope.spawn(work), scope.spawn(work)];
        workers.into_iter().try_for_each(|worker| worker.join().expect("drawing does not panic"))
    })?;
    Ok(files)
}
