//! From a face in a picture to its [`Embedding`].

use std::sync::Arc;

use image::RgbImage;
use inference::{Digest, EmbeddingUse, InferenceError, LoadError, Model, Models, Role};

use super::embedding::Embedding;
use super::observation::FaceObservation;
use super::pixels::Scaling;

mod chip;
mod part;

use chip::Chip;
pub use chip::View;
use part::{Features, Part, RGB};

/// Values, and side of the input in pixels, of the first network and how it
/// is fed: dlib's own constants.
const LENGTH_A: usize = 128;
const SIDE_A: u32 = 150;
const SCALING_A: Scaling = Scaling { mean: [122.782, 117.001, 104.298], scale: 256.0 };

/// The same of the second.
const LENGTH_B: usize = 1024;
const SIDE_B: u32 = 224;
const SCALING_B: Scaling = Scaling { mean: [123.68, 116.779, 103.939], scale: 1.0 };

/// What of a face goes into one part of its embedding, and what that counts.
#[derive(Debug, Clone, PartialEq)]
pub struct PartParams {
    /// The views that the network gets; the unit vectors of all are summed.
    pub views: Vec<View>,
    /// Whether it gets each view's mirror image too.
    pub mirror: Mirror,
    /// The length of this part in the joined vector.
    pub weight: f32,
}

/// What is done with a face's mirror image.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mirror {
    /// Its values are added: faces are nearly symmetrical, light is not.
    Added,
    /// It is left out, which halves the time.
    LeftOut,
}

impl Mirror {
    fn name(self) -> &'static str {
        match self {
            Self::Added => "mirrored",
            Self::LeftOut => "once",
        }
    }
}

/// How the embedding is made. `cargo xtask eval --only face-tries` measures
/// what else was tried.
#[derive(Debug, Clone, PartialEq)]
pub struct EmbedderParams {
    /// The part of the first network.
    pub a: PartParams,
    /// The part of the second.
    pub b: PartParams,
}

impl Default for EmbedderParams {
    fn default() -> Self {
        let part = |zoom, weight| PartParams {
            views: vec![View { zoom, down: 0.0 }],
            mirror: Mirror::Added,
            weight,
        };
        Self { a: part(1.0, 1.0), b: part(0.85, 0.7) }
    }
}

/// Turns faces into vectors.
///
/// The vector joins networks of different training, each run on the face and
/// on its mirror image: the sum of both unit vectors of the first, at unit
/// length; and the square roots of the summed values of the second, at length
/// 0.7 (Hellinger distance between its non-negative features).
pub struct FaceEmbedder {
    parts: Vec<Part>,
}

impl FaceEmbedder {
    /// An embedder on the models for [`inference::Role::FaceEmbeddingA`] and
    /// [`inference::Role::FaceEmbeddingB`].
    pub fn new(a: Arc<dyn Model>, b: Arc<dyn Model>) -> Self {
        Self::with_params(a, b, EmbedderParams::default())
    }

    /// The same, made otherwise: for measuring. Vectors of different
    /// parameters cannot be compared.
    pub fn with_params(a: Arc<dyn Model>, b: Arc<dyn Model>, params: EmbedderParams) -> Self {
        let a = Part {
            model: a,
            chip: Chip::Dlib,
            side: SIDE_A,
            channels: RGB,
            scaling: SCALING_A,
            length: LENGTH_A,
            features: Features::Directions,
            params: params.a,
        };
        let b = Part {
            model: b,
            chip: Chip::FivePoints,
            side: SIDE_B,
            channels: RGB,
            scaling: SCALING_B,
            length: LENGTH_B,
            features: Features::Amounts,
            params: params.b,
        };
        Self { parts: vec![a, b] }
    }

    /// Names how its vectors are made: by which networks, of which views, how
    /// weighted. Vectors of embedders with different ids cannot be compared.
    pub fn id(&self) -> Digest {
        let parts: Vec<String> = self.parts.iter().map(Part::description).collect();
        Digest::of(parts.join("\n").as_bytes())
    }

    /// The embedder on the installed models: the shipped two, the operator's own
    /// beside them, or that one alone.
    ///
    /// # Errors
    ///
    /// When a model cannot be loaded.
    pub fn from_models(models: &impl Models) -> Result<Self, LoadError> {
        let own = models.own_embedding();
        let mut embedder = match own.map(|contract| contract.role) {
            Some(EmbeddingUse::Alone) => Self { parts: Vec::new() },
            Some(EmbeddingUse::Joined(_)) | None => {
                Self::new(models.model(Role::FaceEmbeddingA)?, models.model(Role::FaceEmbeddingB)?)
            }
        };
        if let Some(contract) = own {
            embedder.parts.push(Part::own(models.model(Role::FaceEmbeddingC)?, contract));
        }
        Ok(embedder)
    }

    /// The models that it runs.
    pub fn models(&self) -> impl Iterator<Item = &dyn Model> {
        self.parts.iter().map(|part| &*part.model)
    }

    /// The embedding of `face`, which was found in `picture`.
    ///
    /// # Errors
    ///
    /// When a model cannot run or gives no usable vector.
    pub fn embed(
        &self,
        picture: &RgbImage,
        face: &FaceObservation,
    ) -> Result<Embedding, InferenceError> {
        let parts = self.parts.iter().map(|part| part.of(picture, face));
        Ok(Embedding::joined(parts.collect::<Result<Vec<_>, _>>()?))
    }
}
