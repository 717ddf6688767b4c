//! What an operator's own network makes of one picture of a face: living, or a picture of one.

use std::sync::Arc;

use image::{RgbImage, imageops};
use imaging::Rect;
use imaging::resize::{Filter, resized};
use inference::{
    Colour, InferenceError, LoadError, Model, Models, PassiveContract, PassiveValues, Role,
};

use crate::face::FaceMesh;
use crate::face::pixels::{self, Scaling};

/// Runs the operator's network for [`Role::FacePassiveLiveness`].
pub struct PassiveJudge {
    model: Arc<dyn Model>,
    contract: PassiveContract,
}

impl PassiveJudge {
    /// The judge on the installed models; `None` where the operator has no such network.
    ///
    /// # Errors
    ///
    /// When it cannot be loaded.
    pub fn from_models(models: &impl Models) -> Result<Option<Self>, LoadError> {
        let Some(contract) = models.own_passive() else { return Ok(None) };
        let model = models.model(Role::FacePassiveLiveness)?;
        Ok(Some(Self { model, contract: contract.clone() }))
    }

    /// The network.
    pub fn model(&self) -> &dyn Model {
        &*self.model
    }

    /// How likely the network holds the face under `mesh` for a living one, 0 to 1.
    ///
    /// # Errors
    ///
    /// When it cannot run, or gives something else than its contract says.
    pub fn living(&self, picture: &RgbImage, mesh: &FaceMesh) -> Result<f64, InferenceError> {
        let PassiveContract { side, mean, scale, classes, live, .. } = self.contract;
        let [x, y, length] = self.square(mesh.bounds(), picture);
        let cut = imageops::crop_imm(picture, x, y, length, length).to_image();
        let cut = resized(&cut, side, side, Filter::Bilinear);
        let channels = match self.contract.colour {
            Colour::Rgb => [0, 1, 2],
            Colour::Bgr => [2, 1, 0],
        };
        let outputs = self.model.run(&pixels::ordered(&cut, channels, Scaling { mean, scale }))?;
        let values = pixels::output(&outputs, classes, &*self.model, "living or not")?;
        let value = match self.contract.values {
            PassiveValues::Probabilities => f64::from(values[live]),
            PassiveValues::Logits => softmax(values, live),
        };
        if (-1e-3..=1.001).contains(&value) {
            return Ok(value.clamp(0.0, 1.0));
        }
        Err(InferenceError::Output {
            role: self.model.card().role,
            output: "living or not".to_owned(),
            problem: format!("{value} is no probability"),
        })
    }

    /// The square about `face`, moved to lie in `picture` and no larger: left, top, side.
    fn square(&self, face: Rect, picture: &RgbImage) -> [u32; 3] {
        let (width, height) = (picture.width(), picture.height());
        let side = self.contract.zoom * face.width.max(face.height);
        let side = (side.round() as u32).clamp(1, width.min(height));
        let start = |middle: f32, length: u32| {
            let start = (middle - side as f32 / 2.0).round().max(0.0) as u32;
            start.min(length - side)
        };
        let centre = face.center();
        [start(centre.x, width), start(centre.y, height), side]
    }
}

/// The probability of class `live`; of a single class by the logistic function.
fn softmax(logits: &[f32], live: usize) -> f64 {
    let against = |value: f32| f64::from(value - logits[live]).exp();
    let rest: f64 = if logits.len() == 1 {
        f64::from(-logits[0]).exp()
    } else {
        logits.iter().enumerate().filter(|(k, _)| *k != live).map(|(_, v)| against(*v)).sum()
    };
    1.0 / (1.0 + rest)
}
