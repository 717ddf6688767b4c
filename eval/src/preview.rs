//! Camera frames: is each fault told before the picture is taken, and in time?

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result};
use image::imageops::thumbnail;
use rand::Rng;
use specimen::{Fault, Orientation, Target, encode_jpeg};

use crate::Run;
use crate::answers::Answer;
use crate::faults::planted::{PLANTED, Planted, glare, shots};
use crate::interval::share;
use crate::photographs::{self, FIRST_SEED, LOOK, Shot};
use crate::report::{Measured, Table};

/// Frames with each fault, and clean ones.
const FRAMES: usize = 320;

/// Pixels of the picture that the camera would take, and of the frame, as a
/// phone held flat gives them.
const PICTURE: (u32, u32) = (1920, 1440);
const FRAME: (u32, u32) = (640, 480);

/// A fault that a finished picture is not judged by in the same way.
const CORNER_OUTSIDE: Planted = Planted {
    name: "a corner outside, 5–20 % of the longer side",
    codes: &["DOC_CORNERS_CUT"],
    fault: |rng, _, _| Fault::CornerCut {
        corner: rng.random_range(0..4),
        share: rng.random_range(0.05..0.2),
    },
};

/// What needs no hint.
const HARMLESS: Planted = Planted {
    name: "glare of 5–9 mm beside all print",
    codes: &["DOC_GLARE"],
    fault: |rng, _, _| glare(rng, Target::Free, 5.0..9.0),
};

/// A grey copy is no matter of the camera, and a small picture none of a frame, which
/// is small itself.
fn told_at_the_camera(planted: &Planted) -> bool {
    !matches!(planted.codes, ["DOC_NOT_COLOUR" | "DOC_LOW_RESOLUTION"])
}

/// Photographs, shrinks, asks and counts.
pub fn measure(run: &Run) -> Result<Option<Measured>> {
    let clean = answers(run, "clean", shots(run.sample(FRAMES), 90_000, None))?;
    let mut times = Times::default();
    times.add(&clean);
    let mut table = Table::new(&[
        "planted fault",
        "its hint is shown",
        "its hint is among them",
        "shown on clean frames",
    ]);
    let planted =
        PLANTED.iter().filter(|planted| told_at_the_camera(planted)).chain([&CORNER_OUTSIDE]);
    for (number, planted) in planted.enumerate() {
        let shots = shots(run.sample(FRAMES), 91_000 + 1000 * number, Some(planted));
        let answers = answers(run, &format!("{number}"), shots)?;
        times.add(&answers);
        let of = |answers: &[Answer], is_it: &dyn Fn(&Answer) -> bool| {
            let found = answers.iter().filter(|answer| is_it(answer)).count();
            share(found as u64, answers.len() as u64)
        };
        let shown = |answer: &Answer| {
            hints(answer).first().is_some_and(|code| planted.codes.contains(code))
        };
        let among = |answer: &Answer| hints(answer).iter().any(|code| planted.codes.contains(code));
        table.row([
            planted.name.to_owned(),
            of(&answers, &shown),
            of(&answers, &among),
            of(&clean, &shown),
        ]);
    }
    let harmless = answers(run, "harmless", shots(run.sample(FRAMES), 108_000, Some(&HARMLESS)))?;
    times.add(&harmless);
    let mut whole = Table::new(&["frames in which nothing is wrong", "ready: take the picture"]);
    for (name, answers) in [("clean", &clean), (HARMLESS.name, &harmless)] {
        let ready = answers.iter().filter(|answer| answer.0["ready"] == true).count();
        whole.row([name.to_owned(), share(ready as u64, answers.len() as u64)]);
    }
    let text = format!(
        "`bonafide preview` on frames of {} × {} pixels of what a camera of {} × {} would take: \
         specimens in look {LOOK}, seeds from {FIRST_SEED}, each with one fault of a random \
         strength. One hint is shown at a time. Drawn by a program, so easier than the world. \
         Times by the clock, one frame at a time, models loaded.",
        FRAME.0, FRAME.1, PICTURE.0, PICTURE.1
    );
    let tables = vec![table, whole, times.table()];
    Measured::now("Hints at the camera", text, tables).map(Some)
}

fn hints(answer: &Answer) -> Vec<&str> {
    let hints = answer.0["hints"].as_array();
    hints.into_iter().flatten().filter_map(|hint| hint["code"].as_str()).collect()
}

/// What is said of frames of these photographs, one at a time.
fn answers(run: &Run, name: &str, mut shots: Vec<Shot>) -> Result<Vec<Answer>> {
    for shot in &mut shots {
        shot.scene = shot.scene.clone().sized(PICTURE.0, PICTURE.1);
    }
    let section = format!("preview-{name}");
    let mut frames: Vec<PathBuf> = Vec::with_capacity(shots.len());
    for taken in photographs::take(&section, &shots)? {
        let picture = image::open(&taken.file).context("opening a photograph")?.to_rgb8();
        let frame = thumbnail(&picture, FRAME.0, FRAME.1);
        let file = taken.file.with_extension("frame.jpg");
        fs::write(&file, encode_jpeg(&frame, 85, Orientation::UPRIGHT))
            .with_context(|| format!("writing {}", file.display()))?;
        frames.push(file);
    }
    run.bonafide.preview(&frames, PICTURE.0)
}

/// Milliseconds of each frame.
#[derive(Default)]
struct Times {
    outline: Vec<f64>,
    quality: Vec<f64>,
    whole: Vec<f64>,
}

impl Times {
    fn add(&mut self, answers: &[Answer]) {
        for answer in answers {
            let ms = |stage: &str| answer.0["ms"][stage].as_f64().unwrap_or_default();
            self.outline.push(ms("outline"));
            self.quality.push(ms("quality"));
            self.whole.push(ms("outline") + ms("quality"));
        }
    }

    fn table(self) -> Table {
        let mut table = Table::new(&["milliseconds a frame", "median", "95 % are below", "most"]);
        let stages = [("outline", self.outline), ("quality", self.quality), ("both", self.whole)];
        for (stage, mut times) in stages {
            times.sort_by(f64::total_cmp);
            let at = |part: f64| {
                let index = (part * (times.len().max(1) - 1) as f64).round() as usize;
                times.get(index).map_or(String::new(), |ms| format!("{ms:.1}"))
            };
            let stage = format!("{stage}, {} frames", times.len());
            table.row([stage, at(0.5), at(0.95), at(1.0)]);
        }
        table
    }
}
