//! Light, shadow, glare, exposure and noise, in one pass over the picture.

use image::RgbImage;
use rand::{Rng, RngCore};

use super::compose::Shot;
use super::fault::Fault;
use crate::rng::stream;
use crate::truth::Quad;

pub(super) fn expose(image: &mut RgbImage, shot: &mut Shot) {
    let mut map = LightMap::of(shot);
    let mut noise = shot.scene.noise;
    let mut grey = false;
    for (nth, fault) in shot.scene.faults.clone().iter().enumerate() {
        let region = match fault {
            Fault::Overexposed { gain } | Fault::Dark { gain } => {
                map.exposure *= gain;
                None
            }
            Fault::Noise { sigma } => {
                noise = noise.hypot(*sigma);
                None
            }
            Fault::Greyscale => {
                grey = true;
                None
            }
            Fault::Shadow { .. } => shadow(&mut map, shot, fault, nth),
            Fault::Glare { .. } => glare(&mut map, shot, fault, nth),
            _ => continue,
        };
        shot.plant(fault, region);
    }
    develop(image, &map, Grain { sigma: noise, grey, seed: shot.seed });
}

/// Gain and added light on a coarse grid over the picture.
struct LightMap {
    step: u32,
    columns: u32,
    /// Multiplier at each grid point.
    gain: Vec<f32>,
    /// Added levels at each grid point.
    added: Vec<f32>,
    /// Multiplier of each channel.
    balance: [f32; 3],
    exposure: f32,
}

impl LightMap {
    /// The scene's own light: falling off along its direction and towards the corners.
    fn of(shot: &Shot) -> Self {
        let (width, height) = (shot.scene.width, shot.scene.height);
        let step = (width.max(height) / 240).max(1);
        let (columns, rows) = (width / step + 2, height / step + 2);
        let light = shot.scene.light;
        let (sin, cos) = light.angle.to_radians().sin_cos();
        let half = (width as f32).hypot(height as f32) / 2.0;
        let gain = (0..columns * rows)
            .map(|index| {
                let x = ((index % columns) * step) as f32 - width as f32 / 2.0;
                let y = ((index / columns) * step) as f32 - height as f32 / 2.0;
                let towards = (x * cos + y * sin) / half;
                let vignette = 1.0 - 0.10 * (x * x + y * y) / (half * half);
                light.gain * vignette * (1.0 - light.falloff * (0.5 - 0.5 * towards))
            })
            .collect();
        Self {
            step,
            columns,
            gain,
            added: vec![0.0; (columns * rows) as usize],
            balance: [1.0 + light.warmth, 1.0, 1.0 - light.warmth],
            exposure: 1.0,
        }
    }

    /// Changes every grid point: picture place, gain, added light.
    fn change(&mut self, by: impl Fn([f32; 2], &mut f32, &mut f32)) {
        for index in 0..self.gain.len() {
            let at = [
                ((index as u32 % self.columns) * self.step) as f32,
                ((index as u32 / self.columns) * self.step) as f32,
            ];
            by(at, &mut self.gain[index], &mut self.added[index]);
        }
    }
}

/// A band across the document, darker inside, its edges soft.
fn shadow(map: &mut LightMap, shot: &Shot, fault: &Fault, nth: usize) -> Option<Quad> {
    let Fault::Shadow { on, width_mm, strength } = fault else {
        return None;
    };
    let spot = shot.spot(on, nth)?;
    let mut rng = stream(shot.seed.wrapping_add(nth as u64), "photograph.shadow");
    let angle: f32 = rng.random_range(0.0..std::f32::consts::PI);
    let half = width_mm * shot.pixels_per_mm() / 2.0;
    let soft = (half * 0.25).max(2.0);
    let long = (shot.scene.width + shot.scene.height) as f32;
    let (sin, cos) = angle.sin_cos();
    map.change(|at, gain, _| {
        let across = ((at[0] - spot.at[0]) * -sin + (at[1] - spot.at[1]) * cos).abs();
        let depth = ((half - across) / soft + 0.5).clamp(0.0, 1.0);
        *gain *= 1.0 - strength * depth * depth * (3.0 - 2.0 * depth);
    });
    Some(oblong(spot.at, [long, half], angle))
}

/// A spot of added light, flat and saturated in its middle.
fn glare(map: &mut LightMap, shot: &Shot, fault: &Fault, nth: usize) -> Option<Quad> {
    let Fault::Glare { on, length_mm, roundness, strength } = fault else {
        return None;
    };
    let spot = shot.spot(on, nth)?;
    let mut rng = stream(shot.seed.wrapping_add(nth as u64), "photograph.glare");
    let angle: f32 = rng.random_range(-0.5..0.5);
    let long = (length_mm * shot.pixels_per_mm() / 2.0).max(1.0);
    let wide = (long * roundness).max(1.0);
    let (sin, cos) = angle.sin_cos();
    map.change(|at, _, added| {
        let (dx, dy) = (at[0] - spot.at[0], at[1] - spot.at[1]);
        let u = (dx * cos + dy * sin) / long;
        let v = (dy * cos - dx * sin) / wide;
        let distance = u.hypot(v);
        // Saturated within 0.8 of the spot, then a quick fall and a faint halo.
        let core = (1.0 / (1.0 + (distance / 0.97).powi(12))) * 300.0;
        let halo = 55.0 * (-distance * distance * 0.5).exp();
        *added += strength * (core + halo);
    });
    Some(oblong(spot.at, [long, wide], angle))
}

/// The rectangle about `centre` with half sides `half`, turned by `angle`.
pub(super) fn oblong(centre: [f32; 2], half: [f32; 2], angle: f32) -> Quad {
    let (sin, cos) = angle.sin_cos();
    Quad([[-1.0, -1.0], [1.0, -1.0], [1.0, 1.0], [-1.0, 1.0]].map(|[u, v]: [f32; 2]| {
        let (x, y) = (u * half[0], v * half[1]);
        [centre[0] + x * cos - y * sin, centre[1] + x * sin + y * cos]
    }))
}

#[derive(Clone, Copy)]
struct Grain {
    sigma: f32,
    grey: bool,
    seed: u64,
}

/// Applies the map, the tone of a phone camera, and sensor noise.
fn develop(image: &mut RgbImage, map: &LightMap, grain: Grain) {
    let mut rng = stream(grain.seed, "photograph.noise");
    let (width, step) = (image.width() as usize, map.step as usize);
    let mut random = vec![0_u8; width * 4];
    let columns = map.columns as usize;
    for (y, row) in image.chunks_exact_mut(width * 3).enumerate() {
        rng.fill_bytes(&mut random);
        let (top, fy) = (y / step, (y % step) as f32 / step as f32);
        let between = |grid: &[f32], column: usize| {
            let (above, below) = (grid[top * columns + column], grid[(top + 1) * columns + column]);
            above + (below - above) * fy
        };
        let lights: Vec<[f32; 2]> = (0..columns)
            .map(|column| [between(&map.gain, column), between(&map.added, column)])
            .collect();
        for (x, (pixel, bytes)) in row.chunks_exact_mut(3).zip(random.chunks_exact(4)).enumerate() {
            let (left, fx) = (x / step, (x % step) as f32 / step as f32);
            let (a, b) = (lights[left], lights[left + 1]);
            let gain = (a[0] + (b[0] - a[0]) * fx) * map.exposure;
            let added = a[1] + (b[1] - a[1]) * fx;
            let mut levels = [0, 1, 2].map(|i| f32::from(pixel[i]) * gain * map.balance[i] + added);
            if grain.grey {
                let grey = 0.299 * levels[0] + 0.587 * levels[1] + 0.114 * levels[2];
                levels = [grey; 3];
            }
            // The sum of two even bytes less their mean has a deviation of 104
            // levels; all channels share one part, as after demosaicing.
            let shared = f32::from(bytes[0]) + f32::from(bytes[1]) - 255.0;
            for (channel, level) in levels.iter().enumerate() {
                let own = if grain.grey {
                    0.0
                } else {
                    f32::from(bytes[2].rotate_left(3 * channel as u32)) - 127.5
                };
                let noise = grain.sigma * (shared * 0.8 + own * 0.85) / 104.0;
                pixel[channel] = (level + noise + 0.5).clamp(0.0, 255.0) as u8;
            }
        }
    }
}
