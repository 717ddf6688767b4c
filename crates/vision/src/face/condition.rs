//! Whether a face is fit to be compared: light, eyes, what covers it.

use image::RgbImage;
use imaging::Point;

use super::aligned::Aligned;
use super::cover::Covers;
use super::eyes::Eye;
use super::light::FaceLight;
use super::observation::FaceObservation;
use crate::liveness::Signs;

/// What is measured of a face beyond [`super::FaceQuality`]; policy holds the limits. It takes
/// a few milliseconds, so it is measured of selfies and not of every frame.
#[derive(Debug, Clone, PartialEq)]
pub struct FaceCondition {
    /// The light on it.
    pub light: FaceLight,
    /// The less open eye.
    pub opening: Opening,
    /// What lies over it.
    pub covers: Covers,
}

/// How far an eye is open.
#[derive(Debug, Clone, PartialEq)]
pub struct Opening {
    /// Height of what is dark between the lids, eye distances, with where it lies and what
    /// the mesh sees; about 0.17 open, 0.08 closed.
    pub value: f32,
    /// The eye, a polygon in pixels of the picture.
    pub region: Vec<Point>,
}

impl FaceCondition {
    /// Measures `face` in `picture`; `None` when it lies outside.
    pub fn of(picture: &RgbImage, face: &FaceObservation) -> Option<Self> {
        let aligned = Aligned::of(picture, &face.mesh)?;
        let heights = Signs::of(face).eyes;
        let openings = Eye::both(&aligned).map(|eye| Opening {
            value: eye.opening(&aligned, heights[eye.side]),
            region: aligned.region(eye.bounds()),
        });
        Some(Self {
            light: FaceLight::of(&aligned),
            opening: openings.into_iter().min_by(|a, b| a.value.total_cmp(&b.value))?,
            covers: Covers::of(&aligned, face.mesh_score),
        })
    }
}

#[cfg(test)]
mod tests {
    use image::Rgb;

    use super::super::fakes::{self, FakeFace};
    use super::*;

    const FACE: FakeFace =
        FakeFace { centre: Point::new(300.0, 250.0), eye_distance: 100.0, roll: 12.0, person: 1 };

    /// What is measured where the fakes see [`FACE`], of skin with `drawn` in place of it: by
    /// the place in eye distances from between the eyes.
    fn condition(drawn: impl Fn(f32, f32) -> Option<[u8; 3]>) -> FaceCondition {
        let mut picture = fakes::picture(600, 500, &[FACE]);
        let face = fakes::finder().find(&picture).unwrap().remove(0);
        for (x, y, pixel) in picture.enumerate_pixels_mut() {
            let at = Point::new(x as f32 + 0.5, y as f32 + 0.5);
            let (dx, dy) = (at.x - FACE.centre.x, at.y - FACE.centre.y);
            let (sin, cos) = FACE.roll.to_radians().sin_cos();
            let (right, down) = ((dx * cos + dy * sin) / 100.0, (dy * cos - dx * sin) / 100.0);
            *pixel = Rgb(drawn(right, down).unwrap_or([190, 140, 115]));
        }
        FaceCondition::of(&picture, &face).unwrap()
    }

    /// The place from the middle of the nearer eye.
    fn of_eye(x: f32, y: f32) -> (f32, f32) {
        (x.abs() - 0.5, y)
    }

    fn open(x: f32, y: f32) -> Option<[u8; 3]> {
        let (x, y) = of_eye(x, y);
        let lids = 0.09 * (1.0 - (x / 0.24).powi(2)).max(0.0).sqrt();
        match (x.hypot(y), y.abs()) {
            (iris, height) if iris < 0.095 && height < lids => Some([40, 30, 25]),
            (_, height) if height < lids => Some([215, 205, 200]),
            _ => None,
        }
    }

    fn closed(x: f32, y: f32) -> Option<[u8; 3]> {
        let (x, y) = of_eye(x, y);
        (x.abs() < 0.22 && (y - 0.07).abs() < 0.02).then_some([60, 45, 40])
    }

    #[test]
    fn an_iris_is_an_open_eye_and_lashes_alone_a_closed_one() {
        let [awake, asleep] = [condition(open), condition(closed)].map(|seen| seen.opening.value);
        assert!(awake > 0.14 && asleep < 0.08, "{awake} {asleep}");
        let wink = condition(|x, y| if x < 0.0 { open(x, y) } else { closed(x, y) });
        assert!(wink.opening.value < 0.08, "{}", wink.opening.value);
        let corner = wink.opening.region[0];
        assert!(corner.x > FACE.centre.x, "the closed eye is the one that is shown: {corner:?}");
    }

    #[test]
    fn eyes_behind_dark_or_mirroring_glasses_are_covered_and_plain_eyes_are_not() {
        let lens = |x: f32, y: f32| (of_eye(x, y).0 / 0.4).hypot(y / 0.3) < 1.0;
        let rim = |x: f32, y: f32| lens(x, y) && (of_eye(x, y).0 / 0.37).hypot(y / 0.27) >= 1.0;
        let dark = condition(|x, y| lens(x, y).then_some([20, 20, 22]));
        let mirrored = condition(|x, y| {
            let light = (of_eye(x, y).0 / 0.25).hypot(y / 0.15) < 1.0;
            if light { Some([255; 3]) } else { open(x, y) }
        });
        let clear = condition(|x, y| if rim(x, y) { Some([50, 40, 35]) } else { open(x, y) });
        let [dark, mirrored, clear, free] =
            [dark, mirrored, clear, condition(open)].map(|found| found.covers.glasses.likeness);
        assert!(dark > 0.9 && mirrored > 0.9, "{dark} {mirrored}");
        assert!(clear < 0.5 && free < 0.5, "{clear} {free}");
    }

    #[test]
    fn what_is_smooth_is_not_sharp_whatever_its_contrast() {
        let waves = |length: f32, depth: f32| {
            condition(move |x, y| {
                let wave = (x * 6.3 / length).sin() * (y * 6.3 / length).sin();
                Some([(128.0 + depth * wave) as u8; 3])
            })
        };
        for depth in [30.0, 100.0] {
            let [fine, smooth] = [0.2, 1.2].map(|length| waves(length, depth).light.sharpness);
            assert!(fine > 0.42 && smooth < 0.36, "{depth}: {fine} {smooth}");
        }
    }
}
