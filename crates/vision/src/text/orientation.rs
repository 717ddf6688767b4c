//! Whether a line of text stands on its head.

use std::sync::Arc;

use image::RgbImage;
use inference::{InferenceError, Model};

use super::crop::{self, LINE_HEIGHT};

/// The width of the model's input, in pixels.
const WIDTH: u32 = 192;

/// Tells a line from the same line turned by 180°, with PP-OCR's classifier.
pub struct LineOrientation {
    model: Arc<dyn Model>,
}

impl LineOrientation {
    /// A classifier that runs `model`.
    pub fn new(model: Arc<dyn Model>) -> Self {
        Self { model }
    }

    /// From 1 (surely upright) to −1 (surely upside down), for a line of 48
    /// pixels height; longer lines are compressed.
    ///
    /// # Errors
    ///
    /// When the model fails to run.
    pub fn vote(&self, line: &RgbImage) -> Result<f32, InferenceError> {
        let line = crop::resized(line, line.width().min(WIDTH), LINE_HEIGHT);
        let output = self.model.run(&crop::tensor(&line, WIDTH as usize, LINE_HEIGHT as usize))?;
        Ok(match output.first().map(inference::Tensor::data) {
            Some([upright, upside_down]) => upright - upside_down,
            _ => 0.0,
        })
    }
}
