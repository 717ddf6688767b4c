//! `--act`: the frames of a still picture that makes each movement, for whoever needs a face
//! before a camera and has none.

use std::path::Path;

use anyhow::{Context, Result};
use domain::liveness::Action;
use image::RgbImage;
use image::imageops::{FilterType, resize};
use inference::{ModelSet, Models, Parallelism, Role};
use specimen::{Orientation, encode_jpeg};
use vision::face::{FaceFinder, FaceParams};

use super::actor::{Actor, Posture};
use super::page::Lamp;
use super::scene::{Cue, Script};

/// The frames' width, pixels: of a selfie of three to four, 640 high.
const WIDTH: u32 = 480;
/// Frames of a movement, and how long it takes.
const FRAMES: u32 = 24;
const LASTS_MS: f64 = 1500.0;
/// A blink takes a part of that, in its middle.
const BLINK_MS: f64 = 500.0;

/// Writes `still.jpg` and, for each movement, `nod-00.jpg` and so on into the folder `out`.
pub fn act(still: &Path, out: &Path) -> Result<()> {
    let folder = inference::models_dir(|name| std::env::var_os(name))
        .context("no folder for the models is known: set BONAFIDE_DATA to a folder")?;
    let models = ModelSet::open(&folder, Parallelism { threads: 1, runs: 1 })?;
    let finder = FaceFinder::new(
        models.model(Role::FaceDetection)?,
        models.model(Role::FaceMesh)?,
        FaceParams::default(),
    );
    let picture = image::open(still).with_context(|| format!("reading {}", still.display()))?;
    let height = picture.height() * WIDTH / picture.width();
    let picture = resize(&picture.into_rgb8(), WIDTH, height, FilterType::CatmullRom);
    let face = finder.find(&picture)?.into_iter().next();
    let actor = Actor::new(picture, &face.context("the picture shows no face")?);
    std::fs::create_dir_all(out).with_context(|| format!("making {}", out.display()))?;
    write(&out.join("still.jpg"), &actor.frame(Posture::default(), &Lamp::OFF))?;
    for action in Action::ALL {
        let lasts_ms = if action == Action::Blink { BLINK_MS } else { LASTS_MS };
        let cue = Cue { action, from_ms: (LASTS_MS - lasts_ms) / 2.0, lasts_ms, size: 1.0 };
        let script = Script { cues: vec![cue], lasts_ms: LASTS_MS, page: None };
        for number in 0..FRAMES {
            let at_ms = LASTS_MS * f64::from(number) / f64::from(FRAMES);
            let frame = actor.frame(script.posture(at_ms), &Lamp::OFF);
            write(&out.join(format!("{action}-{number:02}.jpg")), &frame)?;
        }
    }
    Ok(())
}

fn write(path: &Path, frame: &RgbImage) -> Result<()> {
    let bytes = encode_jpeg(frame, 92, Orientation::UPRIGHT);
    std::fs::write(path, bytes).with_context(|| format!("writing {}", path.display()))
}
