//! The colours that the page shows, and what they do to a picture.

use domain::liveness::{Colour, LightSequence, Shine};
use image::Rgb;
use rand::Rng;
use rand::seq::IndexedRandom;
use rand_chacha::ChaCha8Rng;

/// Each colour is shown so long, milliseconds.
const SHINE_MS: f64 = 600.0;
/// Light is about this power of a level.
const GAMMA: f32 = 2.2;
/// A camera's white balance follows what it sees with this time constant, milliseconds, and
/// looks back so far.
const BALANCE_MS: f64 = 700.0;
const LOOKS_BACK: u32 = 30;

/// The screen in one moment.
#[derive(Debug, Clone, Copy)]
pub struct Lamp {
    /// Red, green and blue, 0 to 1.
    pub colour: [f32; 3],
    /// What the whole screen gives to a point that faces it, as a share of the room's light there.
    pub strength: f32,
    /// From the nose, centimetres.
    pub away_cm: f32,
}

impl Lamp {
    /// No light but the room's.
    pub const OFF: Self = Self { colour: [0.0; 3], strength: 0.0, away_cm: 35.0 };

    /// `level`, which the room lights, when `share` of the lamp's light falls on it too.
    pub fn on(&self, level: Rgb<u8>, share: f32) -> Rgb<u8> {
        if self.strength * share <= 0.0 {
            return level;
        }
        Rgb([0, 1, 2].map(|k: usize| {
            let more = self.strength * share * self.colour[k];
            // (1 + more)^(1 / 2.2) within a thousandth up to 0.4, and much faster.
            let root = 1.0 + more * (0.4545 - more * (0.124 - 0.0608 * more));
            (f32::from(level[k]) * root + 0.5) as u8
        }))
    }

    /// `level` on a glass that mirrors `share` of the screen, as bright as white is here.
    pub fn mirrored(&self, level: Rgb<u8>, share: f32) -> Rgb<u8> {
        if share <= 0.0 {
            return level;
        }
        Rgb([0, 1, 2].map(|k: usize| {
            let light = (f32::from(level[k]) / 255.0).powf(GAMMA) + share * self.colour[k];
            (255.0 * light.powf(1.0 / GAMMA) + 0.5) as u8
        }))
    }
}

/// The colours of a capture, and how they reach the frames.
#[derive(Debug, Clone)]
pub struct Page {
    pub sequence: LightSequence,
    strength: f32,
    away_cm: f32,
    /// From the page to the frame, milliseconds.
    lag_ms: f64,
    /// How much of a cast the camera takes away in the end.
    balance: f32,
}

impl Page {
    /// A sequence of `lasts_ms`, and a screen before a face in a room: a phone in daylight adds
    /// a twenty-fifth to its light, in the evening a third.
    pub fn random(lasts_ms: f64, rng: &mut ChaCha8Rng) -> Self {
        let mut shines: Vec<Shine> = Vec::new();
        for index in 0..(lasts_ms / SHINE_MS) as u32 {
            let from_ms = f64::from(index) * SHINE_MS;
            let last = shines.last().map(|shine| shine.colour);
            let others: Vec<Colour> =
                Colour::ALL.into_iter().filter(|colour| Some(*colour) != last).collect();
            let colour = *others.choose(rng).expect("there are seven");
            shines.push(Shine { colour, from_ms, to_ms: from_ms + SHINE_MS });
        }
        Self {
            sequence: LightSequence::new(shines).expect("they follow each other"),
            strength: rng.random_range(0.04_f32.ln()..0.33_f32.ln()).exp(),
            away_cm: rng.random_range(25.0..50.0),
            lag_ms: rng.random_range(40.0..200.0),
            balance: rng.random_range(0.0..0.5),
        }
    }

    /// The screen as the frame of `at_ms` sees it.
    pub fn lamp(&self, at_ms: f64) -> Lamp {
        let colour = self.sequence.at(at_ms - self.lag_ms).unwrap_or_default();
        Lamp { colour: colour.map(|of| of as f32), strength: self.strength, away_cm: self.away_cm }
    }

    /// What the camera multiplies red, green and blue by in the frame of `at_ms`, on levels: its
    /// white balance works against the colours of the last second.
    pub fn balance(&self, at_ms: f64) -> [f32; 3] {
        let mut cast = [0.0_f32; 3];
        let mut all = 0.0;
        for step in 0..LOOKS_BACK {
            let back = f64::from(step) * 3.0 * BALANCE_MS / f64::from(LOOKS_BACK);
            let weight = (-back / BALANCE_MS).exp() as f32;
            let colour = self.lamp(at_ms - back).colour;
            let grey = colour.iter().sum::<f32>() / 3.0;
            cast = [0, 1, 2].map(|k: usize| cast[k] + weight * (colour[k] - grey));
            all += weight;
        }
        // Half of the frame is the face.
        cast.map(|cast| (-self.balance * self.strength * cast / all * 0.5 / GAMMA).exp())
    }
}
