//! How a photograph is taken.

use rand::Rng;
use rand::seq::IndexedRandom;
use serde::{Deserialize, Serialize};

use super::backdrop::{Backdrop, Surface};
use super::fault::Fault;
use crate::rng::stream;

/// The light that falls on the scene.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Light {
    /// Multiplier of all levels; 1 keeps white paper just below white.
    pub gain: f32,
    /// Warmth: red up and blue down by this share; negative is cool.
    pub warmth: f32,
    /// How much darker the far end is than the near one, 0..1.
    pub falloff: f32,
    /// Where the light comes from, in degrees from the picture's x axis towards y.
    pub angle: f32,
}

/// How a photograph is taken.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Scene {
    /// Picture width in pixels.
    pub width: u32,
    /// Picture height in pixels.
    pub height: u32,
    /// The share of the picture's width or height, whichever is reached first,
    /// that the documents span.
    pub fill: f32,
    /// The camera's tilt about the picture's x and y axes in degrees, up to 45.
    pub tilt: [f32; 2],
    /// Turn of the document in the picture in degrees, clockwise.
    pub roll: f32,
    /// Where the documents stand in the free room, −1 (left, top) to 1.
    pub offset: [f32; 2],
    /// What they lie on.
    pub backdrop: Backdrop,
    /// The light.
    pub light: Light,
    /// Sensor noise: deviation in levels of 0–255.
    pub noise: f32,
    /// JPEG quality, 1–100.
    pub jpeg_quality: u8,
    /// What goes wrong.
    pub faults: Vec<Fault>,
}

impl Scene {
    /// An upright, well-lit 1600 × 1200 picture with nothing wrong: what a
    /// careful person takes, a few degrees off.
    pub fn clean(seed: u64) -> Self {
        let mut rng = stream(seed, "scene.clean");
        let mut within = |range: f32| rng.random_range(-range..=range);
        Self {
            width: 1600,
            height: 1200,
            fill: 0.84 + within(0.06),
            tilt: [within(4.0), within(4.0)],
            roll: within(2.5),
            offset: [within(0.6), within(0.6)],
            backdrop: Backdrop::of(seed),
            light: Light {
                gain: 1.0 + within(0.04),
                warmth: within(0.03),
                falloff: 0.06 + within(0.05),
                angle: within(180.0),
            },
            noise: 2.0,
            jpeg_quality: 90,
            faults: Vec::new(),
        }
    }

    /// A picture as people take them, readable but with mild variation: tilted up
    /// to 22°, any size from 1000 to 2400 pixels wide, landscape or portrait,
    /// uneven and coloured light, some noise; one in three turned by a quarter or half.
    pub fn random(seed: u64) -> Self {
        let mut rng = stream(seed, "scene.random");
        let width = rng.random_range(1000..=2400);
        let height = (width as f32 * rng.random_range(0.66..0.80_f32)) as u32;
        let (width, height) = if rng.random_bool(0.3) { (height, width) } else { (width, height) };
        let turn = [0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 90.0, 180.0, 270.0];
        let turn = *turn.choose(&mut rng).expect("there are turns");
        let mut within = |range: f32| rng.random_range(-range..=range);
        Self {
            width,
            height,
            fill: 0.84 + within(0.12),
            tilt: [within(22.0), within(22.0)],
            roll: turn + within(12.0),
            offset: [within(1.0), within(1.0)],
            backdrop: Backdrop::of(seed),
            light: Light {
                gain: 0.95 + within(0.12),
                warmth: within(0.08),
                falloff: 0.18 + within(0.16),
                angle: within(180.0),
            },
            noise: 4.0 + within(2.5),
            jpeg_quality: (82.0 + within(12.0)) as u8,
            faults: Vec::new(),
        }
    }

    /// The same with one more fault.
    #[must_use]
    pub fn with(mut self, fault: Fault) -> Self {
        self.faults.push(fault);
        self
    }

    /// The same at another picture size.
    #[must_use]
    pub fn sized(mut self, width: u32, height: u32) -> Self {
        (self.width, self.height) = (width.max(16), height.max(16));
        self
    }

    /// The same turned by `degrees`, clockwise.
    #[must_use]
    pub fn rolled(mut self, degrees: f32) -> Self {
        self.roll += degrees;
        self
    }

    /// The same on another surface.
    #[must_use]
    pub fn on(mut self, surface: Surface) -> Self {
        self.backdrop.surface = surface;
        self
    }
}
