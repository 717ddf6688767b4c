//! What a distance between two faces means: measured on pairs of known people.

use std::collections::BTreeMap;

use inference::{Digest, Model, Role};
use serde::{Deserialize, Serialize};

use super::cohort::Normalisation;

mod limit;
mod logistic;
mod measured;

use logistic::Logistic;

pub use measured::{KnownPairs, Measurement, TooFew};

/// The version of the calibration file that this code reads.
const SCHEMA: u32 = 1;

/// A calibration: how often two different people come within a distance, by
/// population, for exact models. The file is `models/calibration.toml`;
/// unknown keys are refused.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FaceCalibration {
    schema: u32,
    /// The day of the measurement.
    measured: String,
    /// How the vectors are made that it holds for
    /// ([`FaceEmbedder::id`](super::FaceEmbedder::id)).
    embedding: Digest,
    /// SHA-256 of each model that it holds for.
    models: BTreeMap<Role, Digest>,
    similarity: Logistic,
    #[serde(rename = "population")]
    populations: Vec<Population>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    normalised: Option<NormalisedCalibration>,
    #[serde(skip)]
    digest: Option<Digest>,
}

/// What scores mean that are normalised against one cohort.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NormalisedCalibration {
    /// The cohort's id; its own people are none of those measured.
    pub cohort: Digest,
    /// How scores were normalised against it.
    pub method: Normalisation,
    pub(super) similarity: Logistic,
    /// The measured populations: their rates are of scores in deviations.
    #[serde(rename = "population")]
    pub populations: Vec<Population>,
}

/// One population: people alike in what makes faces hard to tell apart.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Population {
    /// Its short name.
    pub name: String,
    /// The measured set.
    pub dataset: String,
    /// People in it.
    pub people: u32,
    /// Pictures of them.
    pub pictures: u32,
    /// Pairs of two pictures of one person.
    pub genuine_pairs: u64,
    /// Pairs of pictures of two people.
    pub impostor_pairs: u64,
    /// Rates below this are not counted: they follow a curve
    /// ([`Population::counted`], [`Population::borrowing`]).
    pub counted_down_to: f64,
    /// Distances and the share of impostor pairs that come as close, both
    /// rising.
    pub rates: Vec<[f64; 2]>,
}

/// A calibration file cannot be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum CalibrationError {
    /// Not TOML of the right form.
    #[error("reading the face calibration")]
    Malformed(#[source] toml::de::Error),
    /// A value makes no sense.
    #[error("the face calibration is unusable: {0}")]
    Unusable(String),
    /// The models at hand are others than those measured.
    #[error(
        "the face calibration was measured with another {role} model (SHA-256 {measured}, \
         installed is {installed}): install the models of the manifest, or calibrate anew"
    )]
    OtherModel {
        /// Which model.
        role: Role,
        /// The digest in the calibration, or `none`.
        measured: String,
        /// The digest of the model at hand.
        installed: Digest,
    },
    /// The vectors are made of the same models in another way.
    #[error(
        "the face calibration was measured with embeddings made in another way ({measured}, here \
         {installed}): calibrate anew with `bonafide models calibrate`"
    )]
    OtherEmbedding {
        /// The embedder of the calibration.
        measured: Digest,
        /// The embedder at hand.
        installed: Digest,
    },
    /// Scores cannot be normalised against this cohort.
    #[error(
        "the face calibration does not say what scores mean that are normalised against the \
         cohort {0}: calibrate with it first"
    )]
    OtherCohort(Digest),
    /// The cohort's vectors were made in another way.
    #[error("the cohort {0} was made by another embedder: make it anew")]
    CohortOfOthers(Digest),
}

impl FaceCalibration {
    /// Reads a calibration file.
    ///
    /// # Errors
    ///
    /// When it is malformed or its curves do not rise.
    pub fn parse(text: &str) -> Result<Self, CalibrationError> {
        let mut calibration: Self = toml::from_str(text).map_err(CalibrationError::Malformed)?;
        calibration.validate().map_err(CalibrationError::Unusable)?;
        calibration.digest = Some(Digest::of(text.as_bytes()));
        Ok(calibration)
    }

    /// The calibration that ships with the project.
    pub fn shipped() -> Self {
        let text = include_str!("../../../../models/calibration.toml");
        Self::parse(text).expect("a test reads the shipped file")
    }

    /// SHA-256 of the file.
    pub fn digest(&self) -> Digest {
        self.digest.expect("parsing sets it")
    }

    /// The measured populations.
    pub fn populations(&self) -> &[Population] {
        &self.populations
    }

    fn validate(&self) -> Result<(), String> {
        if self.schema != SCHEMA {
            return Err(format!("schema is {}, this version reads {SCHEMA}", self.schema));
        }
        validate(self.similarity, &self.populations)?;
        let Some(normalised) = &self.normalised else { return Ok(()) };
        if normalised.method.nearest == 0 {
            return Err("a score cannot be normalised against nobody".to_owned());
        }
        validate(normalised.similarity, &normalised.populations)
    }

    /// What normalised scores mean, where that was measured.
    pub fn normalised(&self) -> Option<&NormalisedCalibration> {
        self.normalised.as_ref()
    }

    pub(super) fn similarity(&self) -> Logistic {
        self.similarity
    }

    pub(super) fn holds_for_embedding(&self, installed: Digest) -> Result<(), CalibrationError> {
        if self.embedding == installed {
            return Ok(());
        }
        Err(CalibrationError::OtherEmbedding { measured: self.embedding, installed })
    }

    pub(super) fn holds_for(&self, model: &dyn Model) -> Result<(), CalibrationError> {
        let card = model.card();
        let measured = self.models.get(&card.role);
        if measured == Some(&card.digest) {
            return Ok(());
        }
        Err(CalibrationError::OtherModel {
            role: card.role,
            measured: measured.map_or_else(|| "none".to_owned(), Digest::to_string),
            installed: card.digest,
        })
    }
}

fn validate(similarity: Logistic, populations: &[Population]) -> Result<(), String> {
    similarity.validate()?;
    if populations.is_empty() {
        return Err("it lists no population".to_owned());
    }
    populations.iter().try_for_each(Population::validate)
}

impl Population {
    fn validate(&self) -> Result<(), String> {
        let rates = self.rates.iter().all(|[_, rate]| *rate > 0.0 && *rate <= 1.0);
        let rising = self.rates.windows(2).all(|w| w[0][0] < w[1][0] && w[0][1] < w[1][1]);
        let finite = self.rates.iter().all(|[distance, _]| distance.is_finite());
        if rates && rising && finite && self.rates.len() >= 2 {
            Ok(())
        } else {
            Err(format!(
                "the rates of {:?} need two or more points of rising distance and rate, 0 to 1",
                self.name
            ))
        }
    }

    /// How often two different people of this population come within
    /// `distance`; the logarithm of the rate is linear between the points.
    /// Below the first point it is that point's rate, which is then an upper
    /// bound; beyond the last it is 1.
    pub fn false_accept_rate(&self, distance: f64) -> f64 {
        let next = self.rates.partition_point(|[d, _]| *d < distance);
        match (next.checked_sub(1), self.rates.get(next)) {
            (None, Some([_, rate])) => *rate,
            (Some(last), Some([d1, r1])) => {
                let [d0, r0] = self.rates[last];
                let t = (distance - d0) / (d1 - d0);
                (r0.ln() + (r1.ln() - r0.ln()) * t).exp()
            }
            (_, None) => 1.0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = r#"
        schema = 1
        measured = "2026-01-01"
        embedding = "0000000000000000000000000000000000000000000000000000000000000000"
        similarity = { center = 0.6, width = 0.05 }
        models = {}
        [[population]]
        name = "a"
        dataset = "made up"
        people = 10
        pictures = 20
        genuine_pairs = 10
        impostor_pairs = 180
        counted_down_to = 0.1
        rates = [[0.4, 1e-4], [0.6, 1e-2], [1.0, 1.0]]
    "#;

    #[test]
    fn the_logarithm_of_the_rate_is_linear_between_the_points() {
        let calibration = FaceCalibration::parse(TEXT).unwrap();
        let population = &calibration.populations()[0];
        let cases = [(0.0, 1e-4), (0.4, 1e-4), (0.5, 1e-3), (0.6, 1e-2), (0.8, 0.1), (2.0, 1.0)];
        for (distance, rate) in cases {
            let found = population.false_accept_rate(distance);
            assert!((found / rate - 1.0).abs() < 1e-9, "{distance}: {found}");
        }
    }

    #[test]
    fn a_calibration_that_makes_no_sense_does_not_load() {
        let cases = [
            ("schema = 1", "schema = 2"),
            ("width = 0.05", "width = 0.0"),
            ("[0.6, 1e-2]", "[0.3, 1e-2]"),
            ("[0.6, 1e-2]", "[0.6, 1e-5]"),
            ("[1.0, 1.0]", "[1.0, 1.5]"),
            ("people = 10", "people = 10\n        persons = 10"),
        ];
        for (from, to) in cases {
            assert!(FaceCalibration::parse(&TEXT.replace(from, to)).is_err(), "{to}");
        }
    }

    #[test]
    fn the_shipped_calibration_loads_and_is_named_by_its_digest() {
        let shipped = FaceCalibration::shipped();
        let text = include_str!("../../../../models/calibration.toml");
        assert_eq!(shipped.digest(), Digest::of(text.as_bytes()));
        assert!(shipped.populations().len() >= 2);
    }
}
