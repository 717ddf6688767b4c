//! An operator's own network that tells a living face from a picture of one.

use serde::{Deserialize, Serialize};

use super::entry::{InputContract, ModelEntry, OutputContract};
use super::operator::{Colour, OwnFile, SIDES};
use crate::Role;

/// Classes beyond are slips of the pen.
const CLASSES: std::ops::RangeInclusive<usize> = 1..=100;

/// How such a network is fed and read. It gets a square about the face's box.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PassiveContract {
    /// Side of the input \[1, 3, side, side\], pixels.
    pub side: u32,
    /// The order of its channels.
    pub colour: Colour,
    /// What is subtracted from pixel values of 0 to 255, red first.
    pub mean: [f32; 3],
    /// What the difference is divided by.
    pub scale: f32,
    /// The square's side, longer sides of the face's box; it is moved, and where it must be
    /// made smaller, to lie in the picture.
    pub zoom: f32,
    /// How many values the network gives.
    pub classes: usize,
    /// Which of them, from 0, is that of a living face.
    pub live: usize,
    /// What the values are.
    pub values: PassiveValues,
}

/// What a network's values are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PassiveValues {
    /// Of each class, 0 to 1.
    Probabilities,
    /// Before the softmax; of a single one before the logistic function.
    Logits,
}

impl PassiveContract {
    pub(super) fn validate(&self) -> Result<(), &'static str> {
        let problems = [
            (SIDES.contains(&self.side), "side must be 32 to 512"),
            (self.mean.iter().all(|mean| mean.is_finite()), "mean must be three numbers"),
            (self.scale.is_finite() && self.scale > 0.0, "scale must be above 0"),
            ((0.5..=6.0).contains(&self.zoom), "zoom must be 0.5 to 6"),
            (CLASSES.contains(&self.classes), "classes must be 1 to 100"),
            (self.live < self.classes, "live must be one of the classes, counted from 0"),
        ];
        problems.into_iter().find(|(right, _)| !right).map_or(Ok(()), |(_, problem)| Err(problem))
    }

    pub(super) fn entry(self, own: OwnFile) -> ModelEntry {
        let Self { side, colour, mean: [r, g, b], scale, zoom, classes, live, values } = &self;
        let input = InputContract {
            name: own.input.clone(),
            shape: format!("[1, 3, {side}, {side}], {zoom} times the face's box"),
            colour: format!("{colour:?}").to_uppercase(),
            values: format!("(x - ({r}, {g}, {b})) / {scale}"),
        };
        let output = OutputContract {
            name: own.output.clone(),
            shape: format!("[1, {classes}]"),
            meaning: format!("{values:?}; number {live} is a living face").to_lowercase(),
        };
        let entry = own.entry(Role::FacePassiveLiveness, input, output);
        ModelEntry { passive: Some(self), ..entry }
    }
}
