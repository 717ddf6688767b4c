//! The trait between the project and whatever runs a network.

use std::collections::BTreeMap;
use std::error::Error;

use crate::{Digest, Role, Tensor};

/// Which model this is: recorded with every result that it had a part in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ModelCard {
    /// What the model is for.
    pub role: Role,
    /// SHA-256 of the model file that runs.
    pub digest: Digest,
    /// What the model file says about itself; the text recogniser's
    /// characters are under `character`, one to a line.
    pub metadata: BTreeMap<String, String>,
}

/// A network that turns one tensor into one or more.
///
/// Several threads may call one model at once.
pub trait Model: Send + Sync {
    /// Which model this is.
    fn card(&self) -> &ModelCard;

    /// Runs the network on `input`, whose shape and value range are the
    /// manifest's input contract for the role.
    ///
    /// The outputs are in the order in which the manifest names them.
    ///
    /// # Errors
    ///
    /// When the shape is not one the model takes, or the runtime fails. Never
    /// for what a picture shows: that is for the caller to find in the outputs.
    fn run(&self, input: &Tensor) -> Result<Vec<Tensor>, InferenceError>;
}

/// A model could not be run.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum InferenceError {
    /// The runtime refused the input or failed.
    #[error("running the {role} model on an input of shape {shape:?}")]
    Run {
        /// The model that was run.
        role: Role,
        /// The shape of the input.
        shape: Vec<usize>,
        /// What the runtime said.
        source: Box<dyn Error + Send + Sync>,
    },
    /// The model gave something else than the manifest promises.
    #[error("the {role} model gave no usable output {output:?}: {problem}")]
    Output {
        /// The model that was run.
        role: Role,
        /// The output's name in the manifest.
        output: String,
        /// What is wrong with it.
        problem: String,
    },
}
