//! Laying the documents on the table and drawing them in perspective.

use image::{Rgb, RgbImage, imageops};
use rand::Rng;

use super::camera::{Homography, view};
use super::fault::{Fault, Target};
use super::scene::Scene;
use crate::canvas::mix;
use crate::document::Side;
use crate::rng::stream;
use crate::truth::{PlantedFault, Quad, SideTruth, Truth};

/// Room between two sides in one picture, in millimetres.
const GAP: f32 = 7.0;

/// A side on the table.
pub(super) struct Laid {
    pub image: RgbImage,
    pub pixels_per_mm: f32,
    pub size_mm: (f32, f32),
    /// From millimetres on this side to picture pixels.
    pub view: Homography,
    /// In pixels of `image`.
    flat: SideTruth,
    /// In picture pixels.
    seen: SideTruth,
}

/// A photograph in the making: where everything is and what was planted so far.
pub(super) struct Shot {
    pub scene: Scene,
    pub seed: u64,
    pub laid: Vec<Laid>,
    planted: Vec<PlantedFault>,
}

/// A spot on a document.
#[derive(Clone, Copy)]
pub(super) struct Spot {
    /// Which side.
    pub side: usize,
    /// In millimetres on that side.
    pub mm: [f32; 2],
    /// In picture pixels.
    pub at: [f32; 2],
    /// Half the width and height of what is there, in millimetres.
    pub half: [f32; 2],
}

impl Shot {
    /// The sides one below the other, seen as `scene` holds the camera.
    pub fn laid_out(sides: &[&Side], scene: &Scene, seed: u64) -> Self {
        let size = |side: &Side| {
            let (width, height) = side.image.dimensions();
            (width as f32 / side.pixels_per_mm, height as f32 / side.pixels_per_mm)
        };
        let width = sides.iter().map(|side| size(side).0).fold(1.0, f32::max);
        let heights: f32 = sides.iter().map(|side| size(side).1 + GAP).sum();
        let mut camera = view(scene, (width, (heights - GAP).max(1.0)));
        let mut top = 0.0;
        let mut laid = Vec::with_capacity(sides.len());
        if let (Some(first), Some(cut)) = (sides.first(), corner_cut(scene)) {
            camera = cut_off(camera, size(first), scene, cut);
        }
        for side in sides {
            let placed = Homography::translation(0.0, f64::from(top)).then(camera);
            top += size(side).1 + GAP;
            let to_picture = |point: [f32; 2]| {
                placed.apply([point[0] / side.pixels_per_mm, point[1] / side.pixels_per_mm])
            };
            laid.push(Laid {
                image: side.image.clone(),
                pixels_per_mm: side.pixels_per_mm,
                size_mm: size(side),
                view: placed,
                flat: side.truth.clone(),
                seen: side.truth.map(&to_picture),
            });
        }
        Self { scene: scene.clone(), seed, laid, planted: Vec::new() }
    }

    /// The sides with their places in picture pixels.
    pub fn documents(&self) -> Vec<&SideTruth> {
        self.laid.iter().map(|laid| &laid.seen).collect()
    }

    /// Notes a fault that is now in the picture.
    pub fn plant(&mut self, fault: &Fault, region: Option<Quad>) {
        let planted = super::planted(fault, region, self);
        self.planted.push(planted);
    }

    /// Picture pixels to a millimetre, about the middle of the first side.
    pub fn pixels_per_mm(&self) -> f32 {
        self.laid.first().map_or(1.0, |laid| {
            let [x, y] = laid.view.scale_at([laid.size_mm.0 / 2.0, laid.size_mm.1 / 2.0]);
            (x * y).sqrt()
        })
    }

    /// Where `target` is; `None` only when there is no side at all.
    pub fn spot(&self, target: &Target, nth: usize) -> Option<Spot> {
        let first = self.laid.first()?;
        let on = |side: usize, quad: &Quad| {
            let laid = &self.laid[side];
            let [left, top, right, bottom] = quad.bounds().map(|v| v / laid.pixels_per_mm);
            let mm = [f32::midpoint(left, right), f32::midpoint(top, bottom)];
            let half = [(right - left) / 2.0, (bottom - top) / 2.0];
            Spot { side, mm, at: laid.view.apply(mm), half }
        };
        let point = |mm: [f32; 2]| Spot { side: 0, mm, at: first.view.apply(mm), half: [4.0, 2.0] };
        let found = |quad_of: &dyn Fn(&SideTruth) -> Option<Quad>| {
            (0..self.laid.len())
                .find_map(|side| quad_of(&self.laid[side].flat).map(|quad| on(side, &quad)))
        };
        let (width, height) = first.size_mm;
        let spot = match target {
            Target::Field(field) => found(&|side| side.fields.get(field).map(|f| f.quad)),
            Target::Mrz => found(&|side| side.mrz.as_ref().map(|mrz| mrz.quad)),
            Target::Portrait => found(&|side| side.portrait),
            Target::Free => Some(point(self.free_place(nth))),
            Target::At([u, v]) => Some(point([u * width, v * height])),
        };
        Some(spot.unwrap_or_else(|| point([width / 2.0, height / 2.0])))
    }

    /// Of a few dozen places on the first side the one furthest from everything printed.
    fn free_place(&self, nth: usize) -> [f32; 2] {
        const TRIES: usize = 60;
        let laid = &self.laid[0];
        let mut rng = stream(self.seed.wrapping_add(nth as u64), "photograph.free");
        let flat = &laid.flat;
        let mut taken: Vec<Quad> = flat.fields.values().map(|field| field.quad).collect();
        taken.extend(flat.mrz.iter().map(|mrz| mrz.quad));
        taken.extend(flat.portrait);
        taken.extend(flat.ghost);
        taken.push(flat.specimen_mark);
        let boxes: Vec<[f32; 4]> =
            taken.iter().map(|quad| quad.bounds().map(|v| v / laid.pixels_per_mm)).collect();
        let room = |at: &[f32; 2]| {
            let gap = |b: &[f32; 4]| {
                let dx = (b[0] - at[0]).max(at[0] - b[2]).max(0.0);
                let dy = (b[1] - at[1]).max(at[1] - b[3]).max(0.0);
                dx.hypot(dy)
            };
            boxes.iter().map(gap).fold(f32::MAX, f32::min)
        };
        let (width, height) = laid.size_mm;
        (0..TRIES)
            .map(|_| [rng.random_range(0.06..0.94) * width, rng.random_range(0.06..0.94) * height])
            .max_by(|a, b| room(a).total_cmp(&room(b)))
            .expect("there are tries")
    }

    /// The ground truth of the finished picture.
    pub fn into_truth(mut self) -> Truth {
        // Faults of the whole picture are planted where they act; those that act
        // while framing or encoding are noted here.
        for fault in self.scene.faults.clone() {
            let region = match &fault {
                Fault::CornerCut { corner, .. } => self.laid.first().map(|laid| {
                    let at = laid.seen.quad.0[usize::from(corner % 4)];
                    Quad::rect(at[0], at[1], 0.0, 0.0)
                }),
                Fault::LowResolution { .. } | Fault::Jpeg { .. } => None,
                _ => continue,
            };
            self.plant(&fault, region);
        }
        Truth {
            schema: 1,
            width: self.scene.width,
            height: self.scene.height,
            documents: self.laid.into_iter().map(|laid| laid.seen).collect(),
            faults: self.planted,
            scene: self.scene,
        }
    }
}

fn corner_cut(scene: &Scene) -> Option<(u8, f32)> {
    scene.faults.iter().find_map(|fault| match fault {
        Fault::CornerCut { corner, share } => Some((*corner, *share)),
        _ => None,
    })
}

/// Moves the view so that one corner of the first side is outside the frame.
fn cut_off(
    camera: Homography,
    size: (f32, f32),
    scene: &Scene,
    (corner, share): (u8, f32),
) -> Homography {
    let corners = [[0.0, 0.0], [size.0, 0.0], [size.0, size.1], [0.0, size.1]];
    let seen = Quad(corners.map(|corner| camera.apply(corner)));
    let (at, centre) = (seen.0[usize::from(corner % 4)], seen.centre());
    let width = (seen.0[1][0] - seen.0[0][0]).hypot(seen.0[1][1] - seen.0[0][1]);
    let frame = [scene.width as f32, scene.height as f32];
    let shift = [0, 1].map(|axis: usize| {
        let beyond = width * share;
        let target = if at[axis] < centre[axis] { -beyond } else { frame[axis] + beyond };
        f64::from(target - at[axis])
    });
    camera.then(Homography::translation(shift[0], shift[1]))
}

/// Draws every side over `image`, with the shadow that its edge throws.
pub(super) fn place(image: &mut RgbImage, shot: &Shot) {
    let angle = shot.scene.light.angle.to_radians();
    let away = [-angle.cos(), -angle.sin()];
    for laid in &shot.laid {
        let texture = Texture::fitting(laid);
        draw(image, laid, &texture, away);
    }
}

/// A side's pixels at about the resolution at which it is seen.
struct Texture {
    image: RgbImage,
    pixels_per_mm: f32,
    /// Points sampled per picture pixel along each axis.
    samples: u32,
}

impl Texture {
    fn fitting(laid: &Laid) -> Self {
        let (width, height) = laid.size_mm;
        let corners = [[0.0, 0.0], [width, 0.0], [width, height], [0.0, height]];
        let scales = corners.map(|corner| laid.view.scale_at(corner));
        let most = scales.iter().flatten().fold(f32::MIN, |a, b| a.max(*b));
        let least = scales.iter().flatten().fold(f32::MAX, |a, b| a.min(*b));
        let samples = if least < 0.75 * most { 2 } else { 1 };
        if most > 0.85 * laid.pixels_per_mm {
            return Self { image: laid.image.clone(), pixels_per_mm: laid.pixels_per_mm, samples };
        }
        let (w, h) = ((width * most).ceil() as u32, (height * most).ceil() as u32);
        let image =
            imageops::resize(&laid.image, w.max(2), h.max(2), imageops::FilterType::Triangle);
        let pixels_per_mm = image.width() as f32 / width;
        Self { image, pixels_per_mm, samples }
    }

    /// The colour at `mm`, between pixel centres.
    fn at(&self, mm: [f32; 2]) -> [f32; 3] {
        let (w, h) = self.image.dimensions();
        let x = (mm[0] * self.pixels_per_mm - 0.5).clamp(0.0, (w - 1) as f32);
        let y = (mm[1] * self.pixels_per_mm - 0.5).clamp(0.0, (h - 1) as f32);
        let (x0, y0) = (x as u32, y as u32);
        let (fx, fy) = (x - x0 as f32, y - y0 as f32);
        let (x1, y1) = ((x0 + 1).min(w - 1), (y0 + 1).min(h - 1));
        let raw = self.image.as_raw();
        let pixel = |x: u32, y: u32| {
            let start = (y as usize * w as usize + x as usize) * 3;
            [raw[start], raw[start + 1], raw[start + 2]].map(f32::from)
        };
        let (a, b, c, d) = (pixel(x0, y0), pixel(x1, y0), pixel(x0, y1), pixel(x1, y1));
        [0, 1, 2].map(|i| {
            let top = a[i] + (b[i] - a[i]) * fx;
            let bottom = c[i] + (d[i] - c[i]) * fx;
            top + (bottom - top) * fy
        })
    }
}

/// How far the shadow of a side's edge reaches, in millimetres.
const SHADOW_REACH: f32 = 2.2;

fn draw(image: &mut RgbImage, laid: &Laid, texture: &Texture, away: [f32; 2]) {
    let [left, top, right, bottom] = laid.seen.quad.bounds();
    let margin = SHADOW_REACH * 2.0 * laid.view.scale_at([0.0, 0.0])[0];
    let clamp = |value: f32, most: u32| value.clamp(0.0, most as f32) as u32;
    let columns = clamp(left - margin, image.width())..clamp(right + margin, image.width());
    let rows = clamp(top - margin, image.height())..clamp(bottom + margin, image.height());
    let back = laid.view.inverse();
    let radius = laid.flat.kind.corner_radius_mm();
    let middle = [laid.size_mm.0 / 2.0, laid.size_mm.1 / 2.0];
    let mm_per_pixel = 1.0 / laid.view.scale_at(middle)[0];
    let step = 1.0 / texture.samples as f32;
    for y in rows {
        for x in columns.clone() {
            let mm = back.apply([x as f32 + 0.5, y as f32 + 0.5]);
            let outside = beyond_edge(mm, middle, radius);
            let pixel = image.get_pixel_mut(x, y);
            if outside > -mm_per_pixel && outside < SHADOW_REACH * 2.0 {
                let shifted = [mm[0] - away[0] * 0.8, mm[1] - away[1] * 0.8];
                let depth = beyond_edge(shifted, middle, radius).max(0.0) / SHADOW_REACH;
                mix(pixel, Rgb([0, 0, 0]), 0.42 * (-depth * depth * 2.0).exp());
            }
            let cover = (0.5 - outside / mm_per_pixel).clamp(0.0, 1.0);
            if cover > 0.0 {
                let mut sum = [0.0; 3];
                for index in 0..texture.samples * texture.samples {
                    let (i, j) = (index % texture.samples, index / texture.samples);
                    let at =
                        [x as f32 + (i as f32 + 0.5) * step, y as f32 + (j as f32 + 0.5) * step];
                    let mm = if texture.samples == 1 { mm } else { back.apply(at) };
                    let colour = texture.at(mm);
                    for (total, value) in sum.iter_mut().zip(colour) {
                        *total += value * step * step;
                    }
                }
                mix(pixel, Rgb(sum.map(|value| (value + 0.5) as u8)), cover);
            }
        }
    }
}

/// Signed distance in millimetres to the outline of a side with rounded corners; negative inside.
fn beyond_edge(mm: [f32; 2], middle: [f32; 2], radius: f32) -> f32 {
    let dx = (mm[0] - middle[0]).abs() - (middle[0] - radius);
    let dy = (mm[1] - middle[1]).abs() - (middle[1] - radius);
    dx.max(0.0).hypot(dy.max(0.0)) + dx.max(dy).min(0.0) - radius
}
