//! A person with a document in the hand, composed: it proves the plumbing, and says
//! nothing of how hands and documents look.

use image::{Rgb, RgbImage, imageops};
use rand::Rng;

use crate::canvas::mix;
use crate::document::Side;
use crate::rng::stream;

/// A phone's picture, upright.
const WIDTH: u32 = 3000;
const HEIGHT: u32 = 4000;

/// The document's longer side, pixels.
const LONG: std::ops::Range<f32> = 1350.0..1750.0;

/// Tones of arms.
const SKINS: [Rgb<u8>; 3] = [Rgb([222, 180, 152]), Rgb([184, 134, 98]), Rgb([112, 76, 54])];

/// `person`, a selfie, with `side` below the face and an arm from the picture's edge
/// whose thumb lies on the document's right edge. The rest follows from `seed`.
pub fn hold(person: &RgbImage, side: &Side, seed: u64) -> RgbImage {
    let mut rng = stream(seed, "held");
    let wall = rng.random_range(120..215_u8);
    let mut image = RgbImage::from_fn(WIDTH, HEIGHT, |_, y| {
        Rgb([wall, wall, wall.saturating_sub(8)].map(|tone| tone.saturating_sub((y / 90) as u8)))
    });
    let scale = 1700.0 / person.width() as f32;
    let (width, height) = (1700, (person.height() as f32 * scale) as u32);
    let person = imageops::resize(person, width, height, imageops::FilterType::CatmullRom);
    let left = 650 + rng.random_range(-200..200_i64);
    imageops::overlay(&mut image, &person, left, 120);
    let skin = SKINS[rng.random_range(0..SKINS.len())];

    let across = rng.random_range(LONG);
    let centre = [rng.random_range(1250.0..1750.0_f32), rng.random_range(2950.0..3200.0_f32)];
    let turn = rng.random_range(-9.0..9.0_f32).to_radians();
    let placed = Placed::of(side, across, centre, turn);
    let wrist = placed.at([across / 2.0 + 60.0, 0.0]);
    let elbow = [rng.random_range(2300.0..2900.0_f32), HEIGHT as f32 + 300.0];
    limb(&mut image, wrist, elbow, 190.0, skin);
    placed.draw(&mut image);
    let thumb = placed.at([across / 2.0 - 40.0, -20.0]);
    limb(&mut image, thumb, wrist, 62.0, skin);
    image
}

/// A side at its size in the picture, turned about its middle.
struct Placed {
    flat: RgbImage,
    centre: [f32; 2],
    turn: f32,
}

impl Placed {
    fn of(side: &Side, across: f32, centre: [f32; 2], turn: f32) -> Self {
        let (width, height) = side.image.dimensions();
        let size = [across as u32, (across * height as f32 / width as f32) as u32];
        let flat = imageops::resize(&side.image, size[0], size[1], imageops::FilterType::Triangle);
        Self { flat, centre, turn }
    }

    /// Where a point about the document's middle lies in the picture.
    fn at(&self, [x, y]: [f32; 2]) -> [f32; 2] {
        let (sin, cos) = self.turn.sin_cos();
        [self.centre[0] + x * cos - y * sin, self.centre[1] + x * sin + y * cos]
    }

    fn draw(&self, image: &mut RgbImage) {
        let (sin, cos) = self.turn.sin_cos();
        let (width, height) = self.flat.dimensions();
        for (x, y, pixel) in image.enumerate_pixels_mut() {
            let (dx, dy) = (x as f32 + 0.5 - self.centre[0], y as f32 + 0.5 - self.centre[1]);
            let u = dx * cos + dy * sin + width as f32 / 2.0;
            let v = dy * cos - dx * sin + height as f32 / 2.0;
            let inside = (0.0..width as f32).contains(&u) && (0.0..height as f32).contains(&v);
            let seen = || imageops::interpolate_bilinear(&self.flat, u - 0.5, v - 0.5);
            if let Some(seen) = inside.then(seen).flatten() {
                *pixel = seen;
            }
        }
    }
}

/// A stroke of `radius` from one point to the other, darker towards its edges.
fn limb(image: &mut RgbImage, from: [f32; 2], to: [f32; 2], radius: f32, skin: Rgb<u8>) {
    let along = [to[0] - from[0], to[1] - from[1]];
    let length = (along[0] * along[0] + along[1] * along[1]).max(1.0);
    for (x, y, pixel) in image.enumerate_pixels_mut() {
        let (dx, dy) = (x as f32 - from[0], y as f32 - from[1]);
        let share = ((dx * along[0] + dy * along[1]) / length).clamp(0.0, 1.0);
        let off = (dx - share * along[0]).hypot(dy - share * along[1]) / radius;
        if off < 1.0 {
            let shade = skin.0.map(|tone| (f32::from(tone) * (1.0 - 0.35 * off * off)) as u8);
            mix(pixel, Rgb(shade), ((1.0 - off) * 12.0).min(1.0));
        }
    }
}
