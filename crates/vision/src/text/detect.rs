//! Where in a picture text is.

use std::sync::Arc;

use image::RgbImage;
use imaging::{Point, Quad};
use inference::{InferenceError, Model, Tensor};

use super::boxes::ProbabilityMap;
use super::crop;

/// How lines are found.
#[derive(Debug, Clone, PartialEq)]
pub struct DetectionParams {
    /// The picture's longer side is brought to this many pixels.
    pub longest_side: u32,
    /// A small picture is enlarged at most so many times.
    pub max_enlargement: f32,
    /// A pixel is text above this probability (the package's setting).
    pub pixel_threshold: f32,
    /// A region is text when the mean probability in it is above this (the
    /// package's setting).
    pub box_threshold: f32,
    /// How far a region is grown, see Differentiable Binarization (the
    /// package's setting).
    pub unclip_ratio: f32,
    /// Regions lower than this in the reduced picture are dropped, in pixels.
    pub min_height: f32,
}

impl Default for DetectionParams {
    fn default() -> Self {
        Self {
            longest_side: 960,
            max_enlargement: 3.0,
            pixel_threshold: 0.3,
            box_threshold: 0.5,
            unclip_ratio: 1.6,
            min_height: 3.0,
        }
    }
}

/// A region of text, not yet read.
#[derive(Debug, Clone, PartialEq)]
pub struct TextBox {
    /// Its corners in pixels of the picture; the first two lie along its
    /// longer side, which way round is not known yet.
    pub quad: Quad,
    /// The mean probability that it is text.
    pub score: f32,
}

/// Finds regions of text with PP-OCR's detector.
pub struct TextDetector {
    model: Arc<dyn Model>,
    params: DetectionParams,
}

impl TextDetector {
    /// A detector that works by `params`.
    pub fn new(model: Arc<dyn Model>, params: DetectionParams) -> Self {
        Self { model, params }
    }

    /// The same detector working by `params`.
    #[must_use]
    pub fn with_params(self, params: DetectionParams) -> Self {
        Self { params, ..self }
    }

    /// The regions of text in `image`, in no order, in its pixels.
    ///
    /// # Errors
    ///
    /// When the model fails to run.
    pub fn detect(&self, image: &RgbImage) -> Result<Vec<TextBox>, InferenceError> {
        if image.width() == 0 || image.height() == 0 {
            return Ok(Vec::new());
        }
        let (input, scale) = self.prepare(image);
        let output = self.model.run(&input)?;
        Ok(self.interpret(&output, scale))
    }

    /// The picture reduced, at the top left of a tensor whose sides are
    /// multiples of 32, and the factors from map to picture pixels.
    fn prepare(&self, image: &RgbImage) -> (Tensor, Point) {
        let (width, height) = (image.width() as f32, image.height() as f32);
        let factor =
            (self.params.longest_side as f32 / width.max(height)).min(self.params.max_enlargement);
        let side = |length: f32| ((length * factor).round() as u32).max(1);
        let reduced = crop::resized(image, side(width), side(height));
        let padded = |length: u32| length.next_multiple_of(32) as usize;
        let input = crop::tensor(&reduced, padded(reduced.width()), padded(reduced.height()));
        let scale = Point::new(width / reduced.width() as f32, height / reduced.height() as f32);
        (input, scale)
    }

    /// The regions of the model's probability map, in picture pixels.
    fn interpret(&self, output: &[Tensor], scale: Point) -> Vec<TextBox> {
        let Some((map, &[_, _, height, width])) =
            output.first().and_then(|map| Some((map, map.shape().first_chunk::<4>()?)))
        else {
            return Vec::new();
        };
        let map = ProbabilityMap { values: map.data(), width, height };
        map.regions(self.params.pixel_threshold)
            .into_iter()
            .filter(|(region, score)| {
                *score >= self.params.box_threshold
                    && 2.0 * region.half_height >= self.params.min_height
            })
            .map(|(region, score)| {
                let quad = region.unclipped(self.params.unclip_ratio).quad();
                let quad = quad.map(|p| Point::new(p.x * scale.x, p.y * scale.y));
                TextBox { quad, score }
            })
            .collect()
    }
}
