//! What drawn things look like. Colours, weaves and shapes of the look that limits were chosen
//! on are none of those of the look that is reported.

use imaging::Point;
use rand::Rng;
use rand::seq::IndexedRandom;
use rand_chacha::ChaCha8Rng;

/// A set of colours, weaves and shapes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Look {
    /// On which limits may be chosen.
    Tuning,
    /// On which they are reported.
    Reported,
}

/// A kind of cloth.
#[derive(Debug, Clone, Copy)]
pub enum Weave {
    /// Of one colour.
    Plain,
    /// Parallel stripes, along the angle in radians.
    Stripes(f32),
    /// Crossing stripes.
    Checks,
    /// Rows of stitches.
    Knit,
    /// Blots.
    Blots,
}

const HATS: [[[f32; 3]; 7]; 2] = [
    [
        [25.0, 25.0, 28.0],
        [170.0, 30.0, 35.0],
        [40.0, 60.0, 120.0],
        [200.0, 195.0, 185.0],
        [70.0, 90.0, 60.0],
        [150.0, 115.0, 70.0],
        [110.0, 108.0, 110.0],
    ],
    [
        [45.0, 40.0, 38.0],
        [120.0, 20.0, 50.0],
        [30.0, 95.0, 130.0],
        [230.0, 228.0, 225.0],
        [35.0, 80.0, 50.0],
        [125.0, 90.0, 60.0],
        [200.0, 150.0, 40.0],
    ],
];
const MASKS: [[[f32; 3]; 6]; 2] = [
    [
        [165.0, 200.0, 222.0],
        [238.0, 238.0, 236.0],
        [28.0, 28.0, 30.0],
        [120.0, 122.0, 126.0],
        [225.0, 170.0, 180.0],
        [60.0, 80.0, 60.0],
    ],
    [
        [140.0, 190.0, 205.0],
        [225.0, 228.0, 230.0],
        [45.0, 42.0, 48.0],
        [95.0, 98.0, 105.0],
        [40.0, 55.0, 105.0],
        [215.0, 200.0, 175.0],
    ],
];
const HAIRS: [[[f32; 3]; 4]; 2] = [
    [[28.0, 22.0, 20.0], [70.0, 48.0, 32.0], [125.0, 92.0, 58.0], [15.0, 14.0, 16.0]],
    [[40.0, 30.0, 26.0], [92.0, 62.0, 40.0], [160.0, 128.0, 84.0], [20.0, 16.0, 14.0]],
];
const FRAMES: [[[f32; 3]; 4]; 2] = [
    [[25.0, 25.0, 28.0], [95.0, 60.0, 35.0], [120.0, 120.0, 125.0], [60.0, 20.0, 25.0]],
    [[40.0, 35.0, 35.0], [75.0, 45.0, 25.0], [150.0, 130.0, 90.0], [25.0, 35.0, 70.0]],
];

impl Look {
    fn index(self) -> usize {
        match self {
            Self::Tuning => 0,
            Self::Reported => 1,
        }
    }

    /// A colour of a hat or a scarf.
    pub fn hat(self, rng: &mut ChaCha8Rng) -> [f32; 3] {
        varied(&HATS[self.index()], rng)
    }

    /// A colour of a mask.
    pub fn mask(self, rng: &mut ChaCha8Rng) -> [f32; 3] {
        varied(&MASKS[self.index()], rng)
    }

    /// A colour of hair.
    pub fn hair(self, rng: &mut ChaCha8Rng) -> [f32; 3] {
        varied(&HAIRS[self.index()], rng)
    }

    /// A colour of a frame of glasses.
    pub fn frame(self, rng: &mut ChaCha8Rng) -> [f32; 3] {
        varied(&FRAMES[self.index()], rng)
    }

    /// A kind of cloth.
    pub fn weave(self, rng: &mut ChaCha8Rng) -> Weave {
        let angle = rng.random_range(0.0..std::f32::consts::PI);
        let kinds = match self {
            Self::Tuning => [Weave::Plain, Weave::Stripes(angle), Weave::Knit],
            Self::Reported => [Weave::Plain, Weave::Checks, Weave::Blots],
        };
        *kinds.choose(rng).expect("there are three")
    }

    /// How square an outline is: 2 is an ellipse, more is squarer.
    pub fn squareness(self, rng: &mut ChaCha8Rng) -> f32 {
        match self {
            Self::Tuning => rng.random_range(2.0..2.8),
            Self::Reported => rng.random_range(2.4..3.6),
        }
    }
}

fn varied(colours: &[[f32; 3]], rng: &mut ChaCha8Rng) -> [f32; 3] {
    let colour = colours.choose(rng).expect("there are some");
    let light = rng.random_range(0.85..1.15);
    colour.map(|v| (v * light + rng.random_range(-6.0..6.0)).clamp(4.0, 250.0))
}

impl Weave {
    /// How much lighter the cloth is at `place`, in units of its pattern; about −0.2 to 0.2.
    pub fn light(self, place: (f32, f32)) -> f32 {
        let (x, y) = place;
        match self {
            Self::Plain => 0.0,
            Self::Stripes(angle) => 0.18 * (x * angle.cos() + y * angle.sin()).sin(),
            Self::Checks => 0.12 * (x.sin().signum() + y.sin().signum()) * 0.8,
            Self::Knit => 0.14 * (y * 3.0).sin() * (x * 3.0 + (y * 1.5).sin()).cos(),
            Self::Blots => 0.2 * ((x * 0.7).sin() + (y * 0.9 + x * 0.4).sin()).clamp(-1.0, 1.0),
        }
    }
}

/// A fixed unevenness of every pixel, −1 to 1.
pub fn grain(place: Point) -> f32 {
    let (x, y) = (place.x as u32, place.y as u32);
    let mut h = x.wrapping_mul(0x9E37_79B1) ^ y.wrapping_mul(0x85EB_CA77);
    h = (h ^ (h >> 15)).wrapping_mul(0x2C1B_3C6D);
    h ^= h >> 12;
    (h & 0xFFFF) as f32 / 32_768.0 - 1.0
}
