//! The light on one face, and how sharp the picture shows it.

use super::aligned::{Aligned, SIDE, luminance, quantile, within};

/// The outline of the mesh.
const OVAL: [usize; 36] = [
    10, 338, 297, 332, 284, 251, 389, 356, 454, 323, 361, 288, 397, 365, 379, 378, 400, 377, 152,
    148, 176, 149, 150, 136, 172, 58, 132, 93, 234, 127, 162, 21, 54, 103, 67, 109,
];

/// The same parts of both sides: cheeks, under the eyes, forehead.
const SIDES: [[usize; 2]; 5] = [[50, 280], [101, 330], [205, 425], [117, 346], [108, 337]];

/// A channel from this level on tells nothing more.
const CLIPPED: u8 = 252;

/// How the light falls on a face, and how sharp it is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct FaceLight {
    /// Luminance of the lightest twentieth of the face, 0 to 255. Where skin shines and eyes
    /// are white dark skin is light too, so this tells darkness and not the skin.
    pub brightest: f32,
    /// Share of its light and dark that is clipped to white, each channel by what it gives to
    /// luminance, 0 to 1.
    pub clipped: f32,
    /// How much of what changes over six pixels of the cut changes over two, in the direction
    /// in which it is least: a third where all is smooth, out of focus or moved, about 0.4 of
    /// a sharp face, whatever the light.
    pub sharpness: f32,
    /// How much darker one side is than the other, the median of the same parts of both, 0
    /// to 1. Light from above or below is not told: hair and beards darken what it would.
    pub unevenness: f32,
}

impl FaceLight {
    pub(super) fn of(face: &Aligned) -> Self {
        let pixels = within(&face.marks(&OVAL));
        let levels: Vec<[u8; 3]> = pixels.iter().map(|(x, y)| face.levels(*x, *y)).collect();
        let lost = |level: [u8; 3]| {
            let [r, g, b] = level.map(|v| if v >= CLIPPED { 1.0 } else { 0.0 });
            luminance(r, g, b)
        };
        let sum: f32 = levels.iter().map(|level| lost(*level)).sum();
        let differences = SIDES.map(|[left, right]| {
            let [left, right] = [left, right].map(|mark| face.patch(face.mark(mark), 4.0).light);
            right - left
        });
        let difference = quantile(differences.to_vec(), 0.5).abs();
        Self {
            brightest: quantile(pixels.iter().map(|(x, y)| face.grey(*x, *y)).collect(), 0.95),
            clipped: sum / levels.len().max(1) as f32,
            sharpness: sharpness(face),
            unevenness: 1.0 - (-difference).exp(),
        }
    }
}

/// Right, down and both diagonals.
const DIRECTIONS: [(i32, i32); 4] = [(1, 0), (0, 1), (1, 1), (1, -1)];

fn sharpness(face: &Aligned) -> f32 {
    let grey: Vec<f32> = (0..SIDE * SIDE).map(|i| face.grey(i % SIDE, i / SIDE)).collect();
    let at = |x: i32, y: i32| grey[y as usize * SIDE + x as usize];
    // The face without the background at the sides of the cut.
    let (low, high) = (30, SIDE as i32 - 25);
    let along = |(dx, dy): (i32, i32)| {
        let apart = |reach: i32| {
            let rows = low..high;
            let step =
                |x, y| at(x + reach * dx, y + reach * dy) - at(x - reach * dx, y - reach * dy);
            rows.flat_map(|y| (low..high).map(move |x| (x, y)))
                .map(|(x, y)| step(x, y).abs())
                .sum::<f32>()
        };
        apart(1) / apart(3).max(1.0)
    };
    DIRECTIONS.map(along).into_iter().fold(f32::INFINITY, f32::min)
}
