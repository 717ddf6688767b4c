//! Words stamped over a document before it is photographed.

use image::{Rgb, RgbImage};
use rand::Rng;

use super::compose::{Shot, Spot};
use super::fault::{Fault, StampInk};
use super::light::oblong;
use crate::canvas::{Area, Canvas, TextStyle, mix};
use crate::fonts::{Fonts, Typeface};
use crate::rng::stream;

pub(super) fn stamp(shot: &mut Shot, fonts: &Fonts) {
    for (nth, fault) in shot.scene.faults.clone().iter().enumerate() {
        let Fault::Stamp { on, text, ink, opacity } = fault else {
            continue;
        };
        let Some(spot) = shot.spot(on, nth) else {
            continue;
        };
        let mut rng = stream(shot.seed.wrapping_add(nth as u64), "photograph.stamp");
        let colour = match ink {
            StampInk::Grey => Rgb([70, 70, 74]),
            StampInk::Red => Rgb([196, 38, 40]),
        };
        let die = Die::cut(fonts, text, rng.random_range(5.0..6.5));
        let angle: f32 = rng.random_range(-0.28..0.28);
        press(shot, spot, &die, Pressing { angle, colour, opacity: *opacity });
        let view = shot.laid[spot.side].view;
        let half = [die.size_mm.0 / 2.0, die.size_mm.1 / 2.0];
        let region = oblong(spot.mm, half, angle).map(&|point| view.apply(point));
        shot.plant(fault, Some(region));
    }
}

/// The framed words, dark where they print.
struct Die {
    image: RgbImage,
    size_mm: (f32, f32),
    pixels_per_mm: f32,
}

impl Die {
    fn cut(fonts: &Fonts, text: &str, size: f32) -> Self {
        const SCALE: f32 = 12.0;
        let style = TextStyle::new(Typeface::HanBold, size, Rgb([0, 0, 0])).tracked(size * 0.12);
        let measure = Canvas::new(fonts, (1.0, 1.0), SCALE, Rgb([255, 255, 255]));
        let size_mm = (measure.text_width(&style, text) + size * 0.7, size * 1.7);
        let mut canvas = Canvas::new(fonts, size_mm, SCALE, Rgb([255, 255, 255]));
        canvas.text(&style, size * 0.4, size * 1.2, text);
        canvas.frame(Area::new(0.0, 0.0, size_mm.0, size_mm.1), size * 0.09, style.colour, 1.0);
        Self { image: canvas.image, size_mm, pixels_per_mm: SCALE }
    }

    /// How much ink there is at `mm` from its top left, 0..1.
    fn ink(&self, mm: [f32; 2]) -> f32 {
        let (x, y) = (mm[0] * self.pixels_per_mm, mm[1] * self.pixels_per_mm);
        if x < 0.0 || y < 0.0 {
            return 0.0;
        }
        self.image
            .get_pixel_checked(x as u32, y as u32)
            .map_or(0.0, |pixel| 1.0 - f32::from(pixel.0[0]) / 255.0)
    }
}

#[derive(Clone, Copy)]
struct Pressing {
    angle: f32,
    colour: Rgb<u8>,
    opacity: f32,
}

fn press(shot: &mut Shot, spot: Spot, die: &Die, how: Pressing) {
    let laid = &mut shot.laid[spot.side];
    let scale = laid.pixels_per_mm;
    let (sin, cos) = how.angle.sin_cos();
    let reach = die.size_mm.0.hypot(die.size_mm.1) / 2.0;
    let clamp = |value: f32, most: u32| (value * scale).clamp(0.0, most as f32) as u32;
    let (width, height) = laid.image.dimensions();
    for y in clamp(spot.mm[1] - reach, height)..clamp(spot.mm[1] + reach, height) {
        for x in clamp(spot.mm[0] - reach, width)..clamp(spot.mm[0] + reach, width) {
            let dx = (x as f32 + 0.5) / scale - spot.mm[0];
            let dy = (y as f32 + 0.5) / scale - spot.mm[1];
            let at = [
                dx * cos + dy * sin + die.size_mm.0 / 2.0,
                dy * cos - dx * sin + die.size_mm.1 / 2.0,
            ];
            let ink = die.ink(at);
            if ink > 0.0 {
                mix(laid.image.get_pixel_mut(x, y), how.colour, ink * how.opacity);
            }
        }
    }
}
