//! Where faces are: BlazeFace on a square picture of 256 pixels.

use std::sync::Arc;

use image::{Rgb, RgbImage};
use imaging::{Point, Rect};
use inference::{InferenceError, Model};

use super::pixels::{self, Scaling};
use super::similarity::shrunk;

/// Side of the model's input, pixels.
const INPUT: u32 = 256;

/// Two maps of anchors: distance between cells in input pixels, anchors a cell.
const GRIDS: [(u32, usize); 2] = [(16, 2), (32, 6)];

/// Values of one anchor: centre offset, size, six key points.
const ROW: usize = 16;

/// A face as the detector sees it, in source pixels.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Detection {
    /// Confidence, 0 to 1.
    pub score: f32,
    /// Forehead to chin, ear to ear.
    pub bounds: Rect,
    /// The eye on the picture's left.
    pub left_eye: Point,
    /// The eye on the picture's right.
    pub right_eye: Point,
}

impl Detection {
    /// Clockwise turn of the line between the eyes, radians.
    pub fn roll(&self) -> f32 {
        (self.right_eye.y - self.left_eye.y).atan2(self.right_eye.x - self.left_eye.x)
    }

    fn is_finite(&self) -> bool {
        let Rect { x, y, width, height } = self.bounds;
        let points = [self.left_eye, self.right_eye];
        [x, y, width, height].iter().all(|v| v.is_finite())
            && points.iter().all(|p| p.x.is_finite() && p.y.is_finite())
            && width > 0.0
            && height > 0.0
    }
}

/// The face detector.
pub(super) struct Detector {
    model: Arc<dyn Model>,
    anchors: Vec<Point>,
}

impl Detector {
    pub fn new(model: Arc<dyn Model>) -> Self {
        Self { model, anchors: anchors() }
    }

    pub fn model(&self) -> &dyn Model {
        &*self.model
    }

    /// Faces in `picture` with a score of at least `min_score`, best first,
    /// one for each face; boxes may reach beyond the picture.
    ///
    /// Finds faces that are wider than about a twelfth of the longer side.
    pub fn detect(
        &self,
        picture: &RgbImage,
        min_score: f32,
    ) -> Result<Vec<Detection>, InferenceError> {
        let Some(letterbox) = Letterbox::of(picture) else {
            return Ok(Vec::new());
        };
        let input = pixels::tensor(&letterbox.square, Scaling { mean: [127.5; 3], scale: 127.5 });
        let outputs = self.model.run(&input)?;
        let rows = Rows::of(&outputs, self.anchors.len(), &*self.model)?;
        let found = self.anchors.iter().zip(rows.iter());
        let found = found
            .filter_map(|(anchor, (logit, row))| decode(*anchor, logit, row, min_score))
            .map(|detection| letterbox.to_source(&detection))
            .filter(Detection::is_finite);
        Ok(merged(found.collect()))
    }
}

/// A picture shrunk into the middle of a black square.
struct Letterbox {
    square: RgbImage,
    /// Input pixels a source pixel.
    scale: f32,
    /// Left and top edge of the picture in the square.
    left: f32,
    top: f32,
}

impl Letterbox {
    /// `None` for a picture without pixels.
    fn of(picture: &RgbImage) -> Option<Self> {
        let longer = picture.width().max(picture.height());
        if picture.width().min(picture.height()) == 0 {
            return None;
        }
        let scale = INPUT as f32 / longer as f32;
        let fitted = |length: u32| ((length as f32 * scale).round() as u32).clamp(1, INPUT);
        let (width, height) = (fitted(picture.width()), fitted(picture.height()));
        let (left, top) = ((INPUT - width) / 2, (INPUT - height) / 2);
        let mut square = RgbImage::from_pixel(INPUT, INPUT, Rgb([0; 3]));
        let small = shrunk(picture, width, height);
        image::imageops::replace(&mut square, &small, left.into(), top.into());
        Some(Self { square, scale, left: left as f32, top: top as f32 })
    }

    fn to_source(&self, detection: &Detection) -> Detection {
        let point =
            |p: Point| Point::new((p.x - self.left) / self.scale, (p.y - self.top) / self.scale);
        let Rect { x, y, width, height } = detection.bounds;
        let corner = point(Point::new(x, y));
        Detection {
            score: detection.score,
            bounds: Rect::new(corner.x, corner.y, width / self.scale, height / self.scale),
            left_eye: point(detection.left_eye),
            right_eye: point(detection.right_eye),
        }
    }
}

/// The centres of all anchors in input pixels, in the order of the output:
/// grid by grid, row by row, the anchors of a cell together.
fn anchors() -> Vec<Point> {
    let mut centres = Vec::new();
    for (stride, per_cell) in GRIDS {
        let cells = INPUT / stride;
        for cell in 0..cells * cells {
            let (x, y) = (cell % cells, cell / cells);
            let centre = [x, y].map(|c| (c as f32 + 0.5) * stride as f32);
            centres.extend(std::iter::repeat_n(Point::from(centre), per_cell));
        }
    }
    centres
}

/// The model's outputs, joined over both grids: a score logit and a row of
/// [`ROW`] values for each anchor.
struct Rows<'a> {
    logits: [&'a [f32]; 2],
    rows: [&'a [f32]; 2],
}

impl<'a> Rows<'a> {
    fn of(
        outputs: &'a [inference::Tensor],
        anchors: usize,
        model: &dyn Model,
    ) -> Result<Self, InferenceError> {
        let counts = GRIDS.map(|(stride, per_cell)| ((INPUT / stride).pow(2)) as usize * per_cell);
        debug_assert_eq!(counts.iter().sum::<usize>(), anchors);
        let [fine, coarse] = counts;
        Ok(Self {
            logits: [
                pixels::output(outputs, fine, model, "scores")?,
                pixels::output(outputs, coarse, model, "scores")?,
            ],
            rows: [
                pixels::output(outputs, fine * ROW, model, "boxes")?,
                pixels::output(outputs, coarse * ROW, model, "boxes")?,
            ],
        })
    }

    fn iter(&self) -> impl Iterator<Item = (f32, &'a [f32])> {
        let logits = self.logits.into_iter().flatten().copied();
        let rows = self.rows.into_iter().flat_map(|rows| rows.chunks_exact(ROW));
        logits.zip(rows)
    }
}

/// The face that one anchor reports, in input pixels.
fn decode(anchor: Point, logit: f32, row: &[f32], min_score: f32) -> Option<Detection> {
    let score = 1.0 / (1.0 + (-logit).exp());
    // A score that is no number must not pass either.
    if score.is_nan() || score < min_score {
        return None;
    }
    let at = |i: usize| Point::new(anchor.x + row[i], anchor.y + row[i + 1]);
    let (centre, width, height) = (at(0), row[2], row[3]);
    Some(Detection {
        score,
        bounds: Rect::new(centre.x - width / 2.0, centre.y - height / 2.0, width, height),
        left_eye: at(4),
        right_eye: at(6),
    })
}

/// Two reports with more than this intersection over union are one face. The
/// anchors of one face agree closely; two faces of a group photograph overlap
/// less.
const SAME_FACE: f32 = 0.3;

/// One detection for each face: the mean of all reports of it, weighted by
/// score as in the `BlazeFace` paper, which trembles less than the best alone.
fn merged(mut reports: Vec<Detection>) -> Vec<Detection> {
    reports.sort_by(|a, b| b.score.total_cmp(&a.score));
    let mut faces = Vec::new();
    while let Some(&best) = reports.first() {
        let (same, others) = reports
            .into_iter()
            .enumerate()
            .partition::<Vec<_>, _>(|(i, d)| *i == 0 || d.bounds.iou(best.bounds) > SAME_FACE);
        faces.push(mean(best.score, same.iter().map(|(_, d)| d)));
        reports = others.into_iter().map(|(_, d)| d).collect();
    }
    faces
}

fn mean<'a>(score: f32, reports: impl Iterator<Item = &'a Detection>) -> Detection {
    let mut total = 0.0;
    let mut sum = [0.0_f32; 8];
    for d in reports {
        let values = [
            d.bounds.x,
            d.bounds.y,
            d.bounds.width,
            d.bounds.height,
            d.left_eye.x,
            d.left_eye.y,
            d.right_eye.x,
            d.right_eye.y,
        ];
        total += d.score;
        for (sum, value) in sum.iter_mut().zip(values) {
            *sum += value * d.score;
        }
    }
    let [x, y, width, height, lx, ly, rx, ry] = sum.map(|v| v / total);
    Detection {
        score,
        bounds: Rect::new(x, y, width, height),
        left_eye: Point::new(lx, ly),
        right_eye: Point::new(rx, ry),
    }
}
