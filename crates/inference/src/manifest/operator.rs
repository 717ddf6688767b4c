//! The operator's own face networks: `operator.toml` in the models folder.

use std::path::Path;
use std::{fs, io};

use serde::{Deserialize, Serialize};

use super::entry::{
    Converter, InputContract, ModelEntry, OutputContract, Package, Registry, SourceFile,
};
use super::passive::PassiveContract;
use super::{Manifest, ManifestError, SCHEMA};
use crate::{Digest, Role};

/// The file in the models folder.
const FILE: &str = "operator.toml";

/// What the manifest calls where the operator's file comes from.
const PACKAGE: &str = "operator";

/// Sides of an input and lengths of a vector beyond these are slips of the pen.
pub(super) const SIDES: std::ops::RangeInclusive<u32> = 32..=512;
const LENGTHS: std::ops::RangeInclusive<usize> = 16..=4096;

/// A file with the operator's own entries.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct OperatorFile {
    schema: u32,
    face_embedding: Option<Own<EmbeddingContract>>,
    face_passive_liveness: Option<Own<PassiveContract>>,
}

/// The entry for one network of the operator's.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Own<Contract> {
    #[serde(flatten)]
    file: OwnFile,
    #[serde(flatten)]
    contract: Contract,
}

/// What is said of every network of the operator's.
#[derive(Deserialize)]
pub(super) struct OwnFile {
    file: String,
    sha256: Digest,
    licence: String,
    provenance: String,
    pub input: String,
    pub output: String,
}

/// How a face network is fed and what its vector counts. The face is cut by
/// the usual five points on 112 pixels, scaled to `side`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct EmbeddingContract {
    /// Side of the input \[1, 3, side, side\], pixels.
    pub side: u32,
    /// The order of its channels.
    pub colour: Colour,
    /// What is subtracted from pixel values of 0 to 255, red first.
    pub mean: [f32; 3],
    /// What the difference is divided by.
    pub scale: f32,
    /// The face is so many times larger than the five points say, about the
    /// middle.
    #[serde(default = "one")]
    pub zoom: f32,
    /// How many values the network gives; their direction counts.
    pub length: usize,
    /// Whether the vector joins those of the shipped networks.
    #[serde(rename = "use")]
    pub role: EmbeddingUse,
}

/// The order of a picture's channels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Colour {
    /// Red first.
    Rgb,
    /// Blue first.
    Bgr,
}

/// What becomes of the shipped face networks beside the operator's.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum EmbeddingUse {
    /// The operator's joins them; its part has this length, where the first
    /// shipped one has 1.
    Joined(f32),
    /// It stands alone; they are not run.
    Alone,
}

fn one() -> f32 {
    1.0
}

impl Manifest {
    /// The shipped manifest, and what `operator.toml` in the models folder
    /// `dir` adds to it, if it is there.
    ///
    /// # Errors
    ///
    /// When that file cannot be read or makes no sense.
    pub fn of_folder(dir: &Path) -> Result<Self, ManifestError> {
        let path = dir.join(FILE);
        match fs::read_to_string(&path) {
            Ok(text) => Self::shipped().with_operator(&text),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Self::shipped()),
            Err(source) => Err(ManifestError::Read { path, source }),
        }
    }

    /// This manifest with the entry of an operator's file, whose text is
    /// `text`; docs/face.md shows one.
    ///
    /// # Errors
    ///
    /// When it is not well-formed or makes no sense.
    pub fn with_operator(mut self, text: &str) -> Result<Self, ManifestError> {
        let file: OperatorFile =
            toml::from_str(text).map_err(|error| ManifestError::Toml(Box::new(error)))?;
        if file.schema != SCHEMA {
            return Err(ManifestError::Schema(file.schema));
        }
        if let Some(Own { file, contract }) = file.face_embedding {
            contract.validate().or_else(|problem| super::refuse(FILE, problem))?;
            self.add(contract.entry(file));
        }
        if let Some(Own { file, contract }) = file.face_passive_liveness {
            contract.validate().or_else(|problem| super::refuse(FILE, problem))?;
            self.add(contract.entry(file));
        }
        self.validate()?;
        Ok(self)
    }

    /// Adds `entry` with the operator's own file as its package.
    fn add(&mut self, entry: ModelEntry) {
        self.packages.push(Package {
            id: entry.package.clone(),
            registry: Registry::Operator,
            name: entry.file.clone(),
            version: "the operator's".to_owned(),
            archive: entry.file.clone(),
            bytes: 0,
            sha256: entry.sha256,
        });
        self.models.push(entry);
    }

    /// The operator's face network, if there is one: how it is fed.
    pub fn own_embedding(&self) -> Option<&EmbeddingContract> {
        self.model(Role::FaceEmbeddingC)?.embedding.as_ref()
    }

    /// The operator's network for passive liveness, if there is one: how it is fed.
    pub fn own_passive(&self) -> Option<&PassiveContract> {
        self.model(Role::FacePassiveLiveness)?.passive.as_ref()
    }
}

impl OwnFile {
    /// The entry that fills `role`.
    pub fn entry(self, role: Role, input: InputContract, output: OutputContract) -> ModelEntry {
        ModelEntry {
            role,
            sha256: self.sha256,
            package: format!("{PACKAGE} {role}"),
            sources: vec![SourceFile { path: self.file.clone(), sha256: self.sha256 }],
            converter: Converter::None,
            licence: self.licence,
            provenance: self.provenance,
            input,
            outputs: vec![output],
            embedding: None,
            passive: None,
            file: self.file,
        }
    }
}

impl EmbeddingContract {
    fn entry(self, own: OwnFile) -> ModelEntry {
        let Self { side, colour, mean: [r, g, b], scale, length, .. } = &self;
        let input = InputContract {
            name: own.input.clone(),
            shape: format!("[1, 3, {side}, {side}], aligned face"),
            colour: format!("{colour:?}").to_uppercase(),
            values: format!("(x - ({r}, {g}, {b})) / {scale}"),
        };
        let output = OutputContract {
            name: own.output.clone(),
            shape: format!("[1, {length}]"),
            meaning: "direction orders similarity".to_owned(),
        };
        let entry = own.entry(Role::FaceEmbeddingC, input, output);
        ModelEntry { embedding: Some(self), ..entry }
    }

    fn validate(&self) -> Result<(), &'static str> {
        let joined = match self.role {
            EmbeddingUse::Joined(weight) => weight.is_finite() && weight > 0.0 && weight <= 10.0,
            EmbeddingUse::Alone => true,
        };
        let problems = [
            (SIDES.contains(&self.side), "side must be 32 to 512"),
            (LENGTHS.contains(&self.length), "length must be 16 to 4096"),
            (self.mean.iter().all(|mean| mean.is_finite()), "mean must be three numbers"),
            (self.scale.is_finite() && self.scale > 0.0, "scale must be above 0"),
            ((0.3..=3.0).contains(&self.zoom), "zoom must be 0.3 to 3"),
            (joined, "use must be \"alone\" or { joined = WEIGHT }, a weight above 0, up to 10"),
        ];
        problems.into_iter().find(|(right, _)| !right).map_or(Ok(()), |(_, problem)| Err(problem))
    }
}

#[cfg(test)]
mod tests;
