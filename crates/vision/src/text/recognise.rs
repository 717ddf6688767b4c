//! What a line of text says.

use std::sync::Arc;

use image::RgbImage;
use inference::{InferenceError, Model, Tensor};

use super::TextSetupError;
use super::crop::{self, LINE_HEIGHT};
use super::ctc::{Alphabet, CtcSteps};

/// The model's output has one step for so many pixels of width.
const STRIDE: usize = 8;

/// What a network saw in one line.
#[derive(Debug, Clone, PartialEq)]
pub struct LineReading {
    text: String,
    confidence: f32,
    steps: CtcSteps,
}

impl LineReading {
    /// What `steps` say, decoded greedily, with the spaces of [`CtcSteps::spaced`].
    pub fn of(steps: CtcSteps) -> Self {
        let glyphs = steps.best_glyphs();
        let text = steps.spaced(&glyphs);
        let sum: f32 = glyphs.iter().map(|glyph| glyph.probability).sum();
        let confidence = sum / glyphs.len().max(1) as f32;
        Self { text, confidence, steps }
    }

    /// The most probable text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The mean probability of its characters, 0 to 1; 0 for an empty line.
    pub fn confidence(&self) -> f32 {
        self.confidence
    }

    /// The probabilities behind it.
    pub fn steps(&self) -> &CtcSteps {
        &self.steps
    }
}

/// Reads lines with PP-OCR's recogniser.
pub struct TextRecogniser {
    model: Arc<dyn Model>,
    alphabet: Alphabet,
}

impl TextRecogniser {
    /// A recogniser that runs `model`.
    ///
    /// # Errors
    ///
    /// [`TextSetupError::NoCharacters`] when the model's card lists none.
    pub fn new(model: Arc<dyn Model>) -> Result<Self, TextSetupError> {
        let characters =
            model.card().metadata.get("character").ok_or(TextSetupError::NoCharacters)?;
        let alphabet = Alphabet::of(characters);
        Ok(Self { model, alphabet })
    }

    /// Reads `line`, upright, 48 pixels high, of any width.
    ///
    /// # Errors
    ///
    /// When the model fails to run.
    pub fn read(&self, line: &RgbImage) -> Result<LineReading, InferenceError> {
        let width = (line.width() as usize).next_multiple_of(STRIDE).max(2 * STRIDE);
        let input = crop::tensor(line, width, LINE_HEIGHT as usize);
        let output = self.model.run(&input)?;
        Ok(self.interpret(&output))
    }

    fn interpret(&self, output: &[Tensor]) -> LineReading {
        let steps = output
            .first()
            .map_or_else(CtcSteps::default, |rows| CtcSteps::of(rows, &self.alphabet));
        LineReading::of(steps)
    }
}
