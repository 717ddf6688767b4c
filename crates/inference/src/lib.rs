//! Neural networks behind a two-method trait: which models the project uses
//! ([`Manifest`]), how they get into the models folder, and how they run.
//!
//! Everything that computes on pictures works with [`Model`], so tests put an
//! exact fake in its place. The only implementation that runs a network is
//! ONNX Runtime, loaded from the models folder by [`ModelSet`].

mod abreast;
mod convert;
mod digest;
mod folder;
mod install;
mod manifest;
mod model;
mod pool;
mod role;
mod runtime;
mod set;
mod subnormal;
mod tensor;

pub use abreast::two_abreast;
pub use convert::{ConvertError, convert};
pub use digest::{Digest, DigestError};
pub use folder::models_dir;
pub use install::{
    InstallError, Installed, Item, Progress, Source, State, export, inspect, install, items,
};
pub use manifest::{
    Colour, Converter, EmbeddingContract, EmbeddingUse, InputContract, Manifest, ManifestError,
    ModelEntry, OutputContract, Package, PassiveContract, PassiveValues, Platform, Registry,
    RuntimeEntry, SourceFile,
};
pub use model::{InferenceError, Model, ModelCard};
pub use role::{Role, UnknownRole};
pub use set::{LoadError, ModelSet, Models, Parallelism};
pub use tensor::{Tensor, TensorError};
