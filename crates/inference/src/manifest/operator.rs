//! The operator's own face network: `operator.toml` in the models folder.

use std::path::Path;
use std::{fs, io};

use serde::{Deserialize, Serialize};

use super::entry::{
    Converter, InputContract, ModelEntry, OutputContract, Package, Registry, SourceFile,
};
use super::{Manifest, ManifestError, SCHEMA};
use crate::{Digest, Role};

/// The file in the models folder.
const FILE: &str = "operator.toml";

/// What the manifest calls where the operator's file comes from.
const PACKAGE: &str = "operator";

/// Sides of an input and lengths of a vector beyond these are slips of the pen.
const SIDES: std::ops::RangeInclusive<u32> = 32..=512;
const LENGTHS: std::ops::RangeInclusive<usize> = 16..=4096;

/// A file with the operator's own entries.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct OperatorFile {
    schema: u32,
    face_embedding: OwnEmbedding,
}

/// The entry for a face network of the operator's.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct OwnEmbedding {
    file: String,
    sha256: Digest,
    licence: String,
    provenance: String,
    input: String,
    output: String,
    #[serde(flatten)]
    contract: EmbeddingContract,
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
        let own = file.face_embedding;
        own.contract.validate().or_else(|problem| super::refuse(FILE, problem))?;
        self.packages.push(Package {
            id: PACKAGE.to_owned(),
            registry: Registry::Operator,
            name: own.file.clone(),
            version: "the operator's".to_owned(),
            archive: own.file.clone(),
            bytes: 0,
            sha256: own.sha256,
        });
        self.models.push(own.entry());
        self.validate()?;
        Ok(self)
    }

    /// The operator's face network, if there is one: how it is fed.
    pub fn own_embedding(&self) -> Option<&EmbeddingContract> {
        self.model(Role::FaceEmbeddingC)?.embedding.as_ref()
    }
}

impl OwnEmbedding {
    fn entry(self) -> ModelEntry {
        let EmbeddingContract { side, colour, mean, scale, length, .. } = &self.contract;
        let [r, g, b] = mean;
        ModelEntry {
            role: Role::FaceEmbeddingC,
            sha256: self.sha256,
            package: PACKAGE.to_owned(),
            sources: vec![SourceFile { path: self.file.clone(), sha256: self.sha256 }],
            converter: Converter::None,
            licence: self.licence,
            provenance: self.provenance,
            input: InputContract {
                name: self.input,
                shape: format!("[1, 3, {side}, {side}], aligned face"),
                colour: format!("{colour:?}").to_uppercase(),
                values: format!("(x - ({r}, {g}, {b})) / {scale}"),
            },
            outputs: vec![OutputContract {
                name: self.output,
                shape: format!("[1, {length}]"),
                meaning: "direction orders similarity".to_owned(),
            }],
            embedding: Some(self.contract),
            file: self.file,
        }
    }
}

impl EmbeddingContract {
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
mod tests {
    use super::*;

    const TEXT: &str = r#"
        schema = 1
        [face_embedding]
        file = "ours.onnx"
        sha256 = "3a5ea1b7bc7218ca56479aaff0933d92ffc7c527dab3e2085ba371684196ab0f"
        licence = "bought from its maker"
        provenance = "not stated"
        input = "data"
        output = "out"
        side = 112
        colour = "BGR"
        mean = [127.5, 127.5, 127.5]
        scale = 128.0
        length = 512
        use = { joined = 0.5 }
    "#;

    #[test]
    fn an_operators_file_adds_a_network_to_the_shipped_ones() {
        let manifest = Manifest::shipped().with_operator(TEXT).unwrap();
        assert_eq!(manifest.models().len(), Manifest::shipped().models().len() + 1);
        let entry = manifest.model(Role::FaceEmbeddingC).unwrap();
        assert_eq!((entry.file.as_str(), entry.outputs[0].name.as_str()), ("ours.onnx", "out"));
        let contract = manifest.own_embedding().unwrap();
        assert_eq!((contract.zoom, contract.role), (1.0, EmbeddingUse::Joined(0.5)));
        assert_eq!(Manifest::shipped().own_embedding(), None);
        let alone = TEXT.replace("{ joined = 0.5 }", "\"alone\"");
        let manifest = Manifest::shipped().with_operator(&alone).unwrap();
        assert_eq!(manifest.own_embedding().unwrap().role, EmbeddingUse::Alone);
        let again: Manifest = toml::from_str(&toml::to_string(&manifest).unwrap()).unwrap();
        assert_eq!(again, manifest);
    }

    #[test]
    fn an_operators_file_that_makes_no_sense_is_refused() {
        let cases = [
            ("schema = 1", "schema = 2"),
            ("\"ours.onnx\"", "\"../ours.onnx\""),
            ("\"ours.onnx\"", "\"iris.onnx\""),
            ("side = 112", "side = 8"),
            ("length = 512", "length = 5"),
            ("scale = 128.0", "scale = 0.0"),
            ("scale = 128.0", "zoom = 9.0\nscale = 128.0"),
            ("\"BGR\"", "\"CMYK\""),
            ("joined = 0.5", "joined = 0.0"),
            ("{ joined = 0.5 }", "\"instead\""),
            ("input = ", "inputs = "),
            ("length = 512", "length = 512\nlayers = 50"),
        ];
        for (from, to) in cases {
            assert!(TEXT.contains(from), "{from}");
            assert!(Manifest::shipped().with_operator(&TEXT.replace(from, to)).is_err(), "{to}");
        }
    }
}
