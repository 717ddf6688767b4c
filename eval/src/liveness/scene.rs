//! Captures made of a face that acts: what a camera sees of it, and of attacks with it.

use evidence::capture::Frame;
use image::{Rgb, RgbImage};
use rand::Rng;
use rand_chacha::ChaCha8Rng;

use super::actor::{Actor, Posture, sample};
use super::page::{Lamp, Page};
use domain::liveness::Action;

/// A movement at its time.
#[derive(Debug, Clone, Copy)]
pub struct Cue {
    pub action: Action,
    /// Milliseconds from the start to the beginning of the movement.
    pub from_ms: f64,
    pub lasts_ms: f64,
    /// How far it goes, 0 to 1 of what people do.
    pub size: f32,
}

/// What a capture shows, beside how the camera takes it.
#[derive(Clone)]
pub struct Script {
    pub cues: Vec<Cue>,
    pub lasts_ms: f64,
    /// The colours of the page that light what is before it.
    pub page: Option<Page>,
}

/// How a camera takes what is before it.
#[derive(Debug, Clone)]
pub struct Camera {
    interval_ms: f64,
    /// Grain of the sensor, levels, drawn once: each frame takes it up at another place.
    grain: Vec<f32>,
    sway: [f32; 4],
}

/// What a picture of [`super::SIDE`] pixels shows is so wide, centimetres.
const SHOWN_CM: f32 = 30.0;
/// The page's light on the wall behind.
const BEHIND_LIT: f32 = 0.04;
/// Half the sides of a phone's image in a glass at its own distance, shares of the picture.
const MIRRORED: [f32; 2] = [0.07, 0.14];
/// So many levels of grain are drawn.
const GRAIN: usize = 1 << 18;

/// Something flat before the camera: a print or a screen.
#[derive(Debug, Clone, Copy)]
pub struct Plane {
    /// How far it is turned about the vertical and the horizontal, degrees, at the most.
    pub tilt: [f32; 2],
    /// How often a second it swings there and back; 0 holds it still at its tilt.
    pub swings: f32,
    /// Depth of the lattice of dots that a screen or a printer leaves, levels.
    pub dots: f32,
    /// How much of the page's light it scatters beside what it shows: paper 1, a screen hardly
    /// any.
    pub matt: f32,
    /// How bright the page's image in its glass is, white being 1; it lies in the middle.
    pub mirror: f32,
}

impl Camera {
    /// A phone held in the hand: 15 to 30 frames a second, noise, and a little sway.
    pub fn phone(rng: &mut ChaCha8Rng) -> Self {
        let noise = rng.random_range(1.0..4.0);
        // The sum of three even draws is near enough to what a sensor adds.
        let mut draw = || (0..3).map(|_| rng.random_range(-noise..noise)).sum::<f32>();
        let grain = (0..GRAIN).map(|_| draw()).collect();
        Self {
            interval_ms: 1000.0 / rng.random_range(15.0..30.0),
            grain,
            sway: [0.0; 4].map(|_: f32| rng.random_range(0.4..1.0)),
        }
    }

    /// The times of the frames of `lasts_ms`.
    pub fn times(&self, lasts_ms: f64) -> impl Iterator<Item = f64> + use<> {
        let interval = self.interval_ms;
        (0..(lasts_ms / interval) as u32).map(move |index| f64::from(index) * interval)
    }

    /// What the sensor makes of `view` at `at_ms`: moved a little, its colours multiplied by
    /// `balance`, and noisy.
    fn take(&self, view: &RgbImage, at_ms: f64, balance: [f32; 3], rng: &mut ChaCha8Rng) -> Frame {
        let second = at_ms as f32 / 1000.0;
        let [a, b, c, d] = self.sway;
        let x = 2.5 * (a * 2.1 * second).sin() + 1.2 * (b * 7.3 * second).sin();
        let y = 2.5 * (c * 1.7 * second).cos() + 1.2 * (d * 6.1 * second).sin();
        let first = rng.random_range(0..GRAIN);
        let picture = RgbImage::from_fn(view.width(), view.height(), |i, j| {
            let Rgb(level) = sample(view, i as f32 + 0.5 + x, j as f32 + 0.5 + y);
            let grain = self.grain[(first + (j * view.width() + i) as usize) % GRAIN];
            Rgb([0, 1, 2].map(|k: usize| (f32::from(level[k]) * balance[k] + grain) as u8))
        });
        Frame { at_ms, picture }
    }
}

impl Script {
    /// The page's light in the frame of `at_ms`.
    fn lamp(&self, at_ms: f64) -> Lamp {
        self.page.as_ref().map_or(Lamp::OFF, |page| page.lamp(at_ms))
    }

    /// What the camera's white balance does then.
    fn balance(&self, at_ms: f64) -> [f32; 3] {
        self.page.as_ref().map_or([1.0; 3], |page| page.balance(at_ms))
    }

    /// How the face is held at `at_ms`: the cues, and what nobody leaves off.
    pub fn posture(&self, at_ms: f64) -> Posture {
        let second = at_ms as f32 / 1000.0;
        let mut posture = Posture {
            yaw: 1.5 * (1.3 * second).sin(),
            pitch: 1.0 * (0.9 * second).cos(),
            closed: 0.0,
            mouth: 0.0,
        };
        for cue in &self.cues {
            let through = ((at_ms - cue.from_ms) / cue.lasts_ms) as f32;
            if !(0.0..=1.0).contains(&through) {
                continue;
            }
            // There, a moment's rest, and back.
            let there = (through.min(1.0 - through) * 2.6).min(1.0);
            let there = cue.size * there * there * (3.0 - 2.0 * there);
            match cue.action {
                Action::Blink => posture.closed = there / cue.size,
                Action::TurnLeft => posture.yaw += 32.0 * there,
                Action::TurnRight => posture.yaw -= 32.0 * there,
                Action::Nod => posture.pitch -= 20.0 * there,
                Action::LookUp => posture.pitch += 20.0 * there,
                Action::OpenMouth => posture.mouth = 0.55 * there,
            }
        }
        posture
    }
}

/// `actor` before `camera`, doing what `script` says, lit by its page.
pub fn live(actor: &Actor, script: &Script, camera: &Camera, rng: &mut ChaCha8Rng) -> Vec<Frame> {
    let times = camera.times(script.lasts_ms);
    times
        .map(|at| {
            let view = actor.frame(script.posture(at), &script.lamp(at));
            camera.take(&view, at, script.balance(at), rng)
        })
        .collect()
}

/// The same as a picture that knows no depth has it: no light of the page, or where `tinted`
/// the same all over.
pub fn unlit(
    (actor, tinted): (&Actor, bool),
    script: &Script,
    camera: &Camera,
    rng: &mut ChaCha8Rng,
) -> Vec<Frame> {
    let times = camera.times(script.lasts_ms);
    times
        .map(|at| {
            let mut view = actor.frame(script.posture(at), &Lamp::OFF);
            let lamp = script.lamp(at);
            if tinted {
                view.pixels_mut().for_each(|pixel| *pixel = lamp.on(*pixel, 1.0));
            }
            camera.take(&view, at, [1.0; 3], rng)
        })
        .collect()
}

/// The same shown on something flat, which the page lights: a print where the script has no
/// cues, a screen else.
pub fn shown_on(
    plane: Plane,
    (actor, script): (&Actor, &Script),
    camera: &Camera,
    rng: &mut ChaCha8Rng,
) -> Vec<Frame> {
    let times = camera.times(script.lasts_ms);
    times
        .map(|at| {
            let posture =
                if script.cues.is_empty() { Posture::default() } else { script.posture(at) };
            let shown = actor.frame(posture, &Lamp::OFF);
            let view = plane.seen(&shown, at, &script.lamp(at));
            camera.take(&view, at, script.balance(at), rng)
        })
        .collect()
}

impl Plane {
    /// `shown`, as the camera sees it on this plane at `at_ms`, before a dull wall.
    fn seen(&self, shown: &RgbImage, at_ms: f64, lamp: &Lamp) -> RgbImage {
        let phase = std::f32::consts::TAU * self.swings * at_ms as f32 / 1000.0;
        let swing = if self.swings > 0.0 { phase.sin() } else { 1.0 };
        let [yaw, pitch] = self.tilt.map(|tilt| (tilt * swing).to_radians());
        let (width, height) = (shown.width() as f32, shown.height() as f32);
        let (centre, distance) = ([width / 2.0, height / 2.0], 2.2 * width);
        RgbImage::from_fn(shown.width(), shown.height(), |i, j| {
            // The ray through the pixel meets the plane through the middle that is turned
            // by yaw and pitch.
            let (x, y) = (i as f32 + 0.5 - centre[0], j as f32 + 0.5 - centre[1]);
            let normal = [yaw.sin() * pitch.cos(), -pitch.sin(), yaw.cos() * pitch.cos()];
            let along = normal[0] * x + normal[1] * y + normal[2] * distance;
            let reach = normal[2] * distance / along;
            let hit = [x * reach, y * reach, distance * (reach - 1.0)];
            let u = hit[0] * yaw.cos() - hit[2] * yaw.sin();
            let v = hit[1] / pitch.cos().max(0.2);
            let (s, t) = (u / 0.9 + centre[0], v / 0.9 + centre[1]);
            if s < 0.0 || t < 0.0 || s >= width || t >= height {
                return lamp.on(Rgb([108, 112, 106]), BEHIND_LIT);
            }
            let dots = self.dots * ((s * 2.03).sin() + (t * 1.97).sin());
            let Rgb(level) = sample(shown, s, t);
            let level = Rgb(level.map(|level| (f32::from(level) + dots) as u8));
            // The fourth power of the cosine: light on a plane that faces a small lamp.
            let aside = hit[0].hypot(hit[1]) / (width * lamp.away_cm / SHOWN_CM);
            let level = lamp.on(level, self.matt / (1.0 + aside * aside).powi(2));
            let edge = |from_middle: f32, half: f32| ((half - from_middle) / 4.0).clamp(0.0, 1.0);
            let [across, down] = MIRRORED;
            let mirror = edge((s - centre[0]).abs(), across * width)
                * edge((t - centre[1]).abs(), down * height);
            lamp.mirrored(level, self.mirror * mirror)
        })
    }
}
