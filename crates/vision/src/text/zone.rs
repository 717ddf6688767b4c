//! What a row of a machine-readable zone says.

use std::ops::RangeInclusive;
use std::sync::Arc;

use image::RgbImage;
use imaging::Quad;
use inference::{InferenceError, LoadError, Model, Models, Role, Tensor};

use super::ctc::{Alphabet, CtcSteps};
use super::pyramid::Pyramid;
use super::recognise::LineReading;

/// The network's input, pixels: rows of 30, 36 and 44 characters alike are
/// stretched to it.
const WIDTH: u32 = 640;
const HEIGHT: u32 = 32;

/// A line at least so many times as long as high is asked whether it is a row: 30 characters
/// are 14 to 21 times, 44 are 17 to 31 (as lines are found, on tuning photographs).
const ROW_SHAPE: f32 = 12.0;
/// So many characters a row has, read with at least this mean probability: on less the other
/// recogniser is asked. On 28 clear photographs rows had 0.994 and more, and other print that
/// seemed to hold a filler 0.876 at most.
const ROW_LENGTH: RangeInclusive<usize> = 28..=46;
const ROW_CONFIDENCE: f32 = 0.97;

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

    /// What the line inside `quad` says, where it is plainly a row of a zone: told in less time
    /// than the recogniser of all scripts takes over a line a tenth as long.
    pub(super) fn plain_row(
        &self,
        picture: &Pyramid,
        quad: &Quad,
    ) -> Result<Option<LineReading>, InferenceError> {
        if quad.width() < ROW_SHAPE * quad.height() {
            return Ok(None);
        }
        let reading = LineReading::of(self.read(picture, quad)?);
        let text = reading.text();
        // A gap may look like one filler, and hatching like nothing but fillers.
        let row = text.contains("<<")
            && text.contains(char::is_alphanumeric)
            && ROW_LENGTH.contains(&text.chars().count())
            && reading.confidence() >= ROW_CONFIDENCE;
        Ok(row.then_some(reading))
    }
}

/// `row` as NCHW, red first, 0 to 255: the network makes it grey.
fn tensor(row: &RgbImage) -> Tensor {
    let (width, height) = (row.width() as usize, row.height() as usize);
    let plane = |channel: usize| row.pixels().map(move |pixel| f32::from(pixel[channel]));
    let data = (0..3).flat_map(plane).collect();
    Tensor::new(vec![1, 3, height, width], data).expect("three planes of width × height")
}
