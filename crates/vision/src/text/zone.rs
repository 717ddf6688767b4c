//! What a row of a machine-readable zone says.

use std::sync::Arc;

use image::RgbImage;
use imaging::Quad;
use inference::{InferenceError, LoadError, Model, Models, Role, Tensor};

use super::ctc::{Alphabet, CtcSteps};
use super::pyramid::Pyramid;

/// The network's input, pixels: rows of 30, 36 and 44 characters alike are
/// stretched to it.
const WIDTH: u32 = 640;
const HEIGHT: u32 = 32;

/// Reads rows of a machine-readable zone with a network that knows nothing but
/// OCR-B and its 37 characters ([`Role::ZoneRecognition`]): smaller and faster
/// than the recogniser of all scripts, it reads what is too small for that one,
/// and has learned no words that could make it see O for 0.
///
/// [`Role::ZoneRecognition`]: inference::Role::ZoneRecognition
pub struct ZoneReader {
    model: Arc<dyn Model>,
    alphabet: Alphabet,
}

impl ZoneReader {
    /// The stage on `model`.
    pub fn new(model: Arc<dyn Model>) -> Self {
        Self { model, alphabet: Alphabet::of_zone() }
    }

    /// The stage with the installed model.
    ///
    /// # Errors
    ///
    /// When the model is not installed or will not load.
    pub fn from_models(models: &impl Models) -> Result<Self, LoadError> {
        Ok(Self::new(models.model(Role::ZoneRecognition)?))
    }

    /// What stands at each step across the row inside `quad`, whose first
    /// corner is the top left of the row as it is read.
    ///
    /// # Errors
    ///
    /// When the model fails to run.
    pub fn read(&self, picture: &Pyramid, quad: &Quad) -> Result<CtcSteps, InferenceError> {
        let row = picture.stretched(quad, WIDTH, HEIGHT);
        let output = self.model.run(&tensor(&row))?;
        Ok(output.first().map_or_else(CtcSteps::default, |rows| CtcSteps::of(rows, &self.alphabet)))
    }
}

/// `row` as NCHW, red first, 0 to 255: the network makes it grey.
fn tensor(row: &RgbImage) -> Tensor {
    let (width, height) = (row.width() as usize, row.height() as usize);
    let plane = |channel: usize| row.pixels().map(move |pixel| f32::from(pixel[channel]));
    let data = (0..3).flat_map(plane).collect();
    Tensor::new(vec![1, 3, height, width], data).expect("three planes of width × height")
}
