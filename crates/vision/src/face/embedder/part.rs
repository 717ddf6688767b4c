//! One network of an embedder: how it is fed, and what of it joins.

use std::sync::Arc;

use image::RgbImage;
use image::imageops::flip_horizontal;
use inference::{Colour, EmbeddingContract, EmbeddingUse, InferenceError, Model};

use super::chip::{Chip, View};
use super::{Mirror, PartParams};
use crate::face::embedding::length;
use crate::face::observation::FaceObservation;
use crate::face::pixels::{self, Scaling};

/// The order of channels: red first.
pub const RGB: [usize; 3] = [0, 1, 2];

/// What a network's values are.
#[derive(Debug, Clone, Copy)]
pub enum Features {
    /// Of either sign: their direction counts.
    Directions,
    /// Not negative: their square roots' direction counts.
    Amounts,
}

impl Features {
    fn name(self) -> &'static str {
        match self {
            Self::Directions => "directions",
            Self::Amounts => "amounts",
        }
    }
}

/// One network and how it is fed.
pub struct Part {
    pub model: Arc<dyn Model>,
    pub chip: Chip,
    /// Side of the input, pixels.
    pub side: u32,
    pub channels: [usize; 3],
    pub scaling: Scaling,
    /// Values that it gives.
    pub length: usize,
    pub features: Features,
    pub params: PartParams,
}

impl Part {
    /// The operator's own network.
    pub fn own(model: Arc<dyn Model>, contract: &EmbeddingContract) -> Self {
        let weight = match contract.role {
            EmbeddingUse::Joined(weight) => weight,
            EmbeddingUse::Alone => 1.0,
        };
        Self {
            model,
            chip: Chip::FivePoints,
            side: contract.side,
            channels: match contract.colour {
                Colour::Rgb => RGB,
                Colour::Bgr => [2, 1, 0],
            },
            scaling: Scaling { mean: contract.mean, scale: contract.scale },
            length: contract.length,
            features: Features::Directions,
            params: PartParams {
                views: vec![View { zoom: contract.zoom, down: 0.0 }],
                mirror: Mirror::Added,
                weight,
            },
        }
    }

    /// All that its values depend on, on one line.
    pub fn description(&self) -> String {
        let Scaling { mean: [r, g, b], scale } = self.scaling;
        let PartParams { views, mirror, weight } = &self.params;
        let views: Vec<_> = views.iter().map(|v| format!("{}+{}", v.zoom, v.down)).collect();
        format!(
            "{} {} {} {:?} {r},{g},{b}/{scale} {} {} {} {weight}",
            self.model.card().digest,
            self.chip.name(),
            self.side,
            self.channels,
            self.features.name(),
            views.join(","),
            mirror.name(),
        )
    }

    pub fn of(
        &self,
        picture: &RgbImage,
        face: &FaceObservation,
    ) -> Result<Vec<f32>, InferenceError> {
        let mut sum = vec![0.0; self.length];
        for view in &self.params.views {
            let chip = self.chip.cut(picture, face, *view, self.side);
            add(&mut sum, &self.of_view(&chip)?);
        }
        let mut part = self.unit(sum)?;
        for value in &mut part {
            *value *= self.params.weight;
        }
        Ok(part)
    }

    /// The unit vector of one view.
    fn of_view(&self, chip: &RgbImage) -> Result<Vec<f32>, InferenceError> {
        let mut values = self.run(chip)?;
        if self.params.mirror == Mirror::Added {
            add(&mut values, &self.run(&flip_horizontal(chip))?);
        }
        if let Features::Amounts = self.features {
            // The network ends in a rectifier; what rounding leaves below zero is 0.
            for value in &mut values {
                *value = value.max(0.0).sqrt();
            }
        }
        self.unit(values)
    }

    fn run(&self, chip: &RgbImage) -> Result<Vec<f32>, InferenceError> {
        let outputs = self.model.run(&pixels::ordered(chip, self.channels, self.scaling))?;
        let values = pixels::output(&outputs, self.length, &*self.model, "embedding")?.to_vec();
        match self.features {
            Features::Directions => self.unit(values),
            Features::Amounts => Ok(values),
        }
    }

    /// `values` at length 1.
    fn unit(&self, mut values: Vec<f32>) -> Result<Vec<f32>, InferenceError> {
        let length = length(&values);
        if !length.is_finite() || length <= 0.0 {
            return Err(InferenceError::Output {
                role: self.model.card().role,
                output: "embedding".to_owned(),
                problem: format!("a vector of length {length} has no direction"),
            });
        }
        for value in &mut values {
            *value /= length;
        }
        Ok(values)
    }
}

fn add(sum: &mut [f32], values: &[f32]) {
    for (sum, value) in sum.iter_mut().zip(values) {
        *sum += value;
    }
}
