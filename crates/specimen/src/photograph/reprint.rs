//! The document as a colour printer puts it on paper.

use std::f32::consts::TAU;

use image::RgbImage;
use rand::Rng;

use super::compose::Shot;
use super::fault::Fault;
use crate::rng::stream;

/// The screens of cyan, magenta, yellow and black, degrees: the usual angles, black at 45.
const ANGLES: [f32; 4] = [15.0, 75.0, 0.0, 45.0];

/// Prints every side in dots before it is photographed.
pub(super) fn reprint(shot: &mut Shot) {
    for fault in shot.scene.faults.clone() {
        let Fault::Reprint { lines_per_mm } = fault else { continue };
        let turn = stream(shot.seed, "photograph.reprint").random_range(-3.0..3.0_f32);
        for laid in &mut shot.laid {
            screened(&mut laid.image, lines_per_mm / laid.pixels_per_mm, turn);
        }
        shot.plant(&fault, None);
    }
}

/// Each ink covers the part of a cell that its tone asks for; `frequency` is in cells a pixel.
fn screened(image: &mut RgbImage, frequency: f32, turn: f32) {
    let axes = ANGLES.map(|angle| (angle + turn).to_radians().sin_cos());
    for (x, y, pixel) in image.enumerate_pixels_mut() {
        let [c, m, y_ink] = pixel.0.map(|value| 1.0 - f32::from(value) / 255.0);
        let black = c.min(m).min(y_ink) * 0.7;
        let inks = [c - black, m - black, y_ink - black, black];
        let mut covers = [0.0; 4];
        for ((cover, ink), (sin, cos)) in covers.iter_mut().zip(inks).zip(axes) {
            let (u, v) = (x as f32 * cos + y as f32 * sin, y as f32 * cos - x as f32 * sin);
            let cell = 0.5 + 0.25 * ((TAU * u * frequency).cos() + (TAU * v * frequency).cos());
            // Ink spreads: the edge of a dot is soft.
            *cover = ((ink - (1.0 - cell)) * 2.5 + 0.5).clamp(0.0, 1.0);
        }
        let [c, m, y_ink, black] = covers;
        // Office inks on office paper reach neither full black nor full white.
        let light = |ink: f32| 24.0 + 222.0 * (1.0 - ink) * (1.0 - black);
        pixel.0 = [c, m, y_ink].map(|ink| light(ink) as u8);
    }
}
