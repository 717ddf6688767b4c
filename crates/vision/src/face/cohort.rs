//! Other people's faces, against which a score is normalised.

use std::fmt;

use inference::Digest;
use serde::{Deserialize, Serialize};

use super::embedding::{Embedding, weighted_distance};

mod file;
#[cfg(test)]
mod tests;

pub use file::CohortError;

/// Fewer people say too little of how close strangers come: of a hundred the
/// gain was a third of that of 400 (all pairs of LFW at 1e-4).
const FEWEST: usize = 100;

/// More people gained nothing (as above) and are more people to ask.
const MOST: usize = 800;

/// A deviation below this is no spread but rounding.
const LEAST_DEVIATION: f64 = 1e-4;

/// The faces of other people who agreed to this use, one vector each: 100 to
/// 800 of them, against whom a pair takes 0.7 ms. Some faces come close to many strangers and others to few; a
/// cohort says how close, and a score that takes this into account means the
/// same for everyone.
///
/// Personal data: `Debug` shows no value.
#[derive(Clone, PartialEq)]
pub struct Cohort {
    id: Digest,
    embedding: Digest,
    /// The values of one person after another's.
    values: Vec<f32>,
    /// How many values one person has.
    length: usize,
    /// Where each part of a person's vector ends.
    ends: Vec<usize>,
}

/// How scores are normalised; a calibration says for which it was measured.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Normalisation {
    /// So many people of the cohort, the nearest to a face, are looked at.
    pub nearest: usize,
    /// What each part of the vectors counts against what it does in the plain
    /// distance; a part that is not listed counts the same.
    pub weights: Vec<f32>,
}

impl Normalisation {
    /// The distance of two faces, their parts weighted so; both of one embedder.
    pub fn distance(&self, a: &Embedding, b: &Embedding) -> f64 {
        f64::from(weighted_distance(a.values(), b.values(), a.ends(), &self.weights))
    }
}

impl Default for Normalisation {
    /// On the tuning half of LFW against 398 other people, 150 of them and the
    /// second network at 0.5 instead of 0.7 accept 92.5 % of people at 1e-4;
    /// 100 or 200 of them lose up to a point, 0.7 loses one (ACCURACY.md,
    /// “Faces, what was tried”).
    fn default() -> Self {
        Self { nearest: 150, weights: vec![1.0, 0.5 / 0.7] }
    }
}

/// Two faces as seen against a cohort.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct NormalisedScore {
    /// Their distance, the parts weighted as [`Normalisation`] says.
    pub distance: f64,
    /// How close strangers come to either.
    pub strangers: [Strangers; 2],
}

impl NormalisedScore {
    /// The distance in deviations: the mean of what it is from either side,
    /// negative where the two are closer than strangers come (adaptive
    /// symmetric normalisation; Matějka et al., Interspeech 2017).
    pub fn value(&self) -> f64 {
        let side = |side: &Strangers| (self.distance - side.mean) / side.deviation;
        self.strangers.iter().map(side).sum::<f64>() / 2.0
    }
}

/// How close the nearest people of a cohort come to one face.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Strangers {
    /// The mean of their distances.
    pub mean: f64,
    /// The standard deviation of their distances.
    pub deviation: f64,
}

impl Cohort {
    /// The cohort of these people, each with one vector ([`Embedding::mean`]
    /// of their pictures, or the best), all made by the embedder that
    /// `embedding` names
    /// ([`FaceEmbedder::id`](super::FaceEmbedder::id)).
    ///
    /// # Errors
    ///
    /// When they are under 100 or over 800, or their vectors of different form.
    pub fn of(people: &[Embedding], embedding: Digest) -> Result<Self, CohortError> {
        let Some(first) = people.first() else { return Err(CohortError::People(0)) };
        if people.iter().any(|person| person.ends() != first.ends()) {
            return Err(CohortError::Mixed);
        }
        let mut cohort = Self {
            id: Digest::of(&[]),
            embedding,
            values: people.iter().flat_map(Embedding::values).copied().collect(),
            length: first.values().len(),
            ends: first.ends().to_vec(),
        };
        cohort.validate()?;
        cohort.id = Digest::of(&cohort.to_bytes());
        Ok(cohort)
    }

    /// SHA-256 of its bytes: every change of its people is another version.
    pub fn id(&self) -> Digest {
        self.id
    }

    /// Which embedder made its vectors.
    pub fn embedding(&self) -> Digest {
        self.embedding
    }

    /// How many people it holds.
    pub fn people(&self) -> usize {
        self.values.len() / self.length
    }

    /// How `a` and `b` score against each other.
    pub fn score(&self, a: &Embedding, b: &Embedding, how: &Normalisation) -> NormalisedScore {
        NormalisedScore {
            distance: how.distance(a, b),
            strangers: [a, b].map(|face| self.strangers(face, how)),
        }
    }

    /// How close the nearest of its people come to `face`.
    pub fn strangers(&self, face: &Embedding, how: &Normalisation) -> Strangers {
        let people = self.values.chunks_exact(self.length);
        let weighted = |person| weighted_distance(person, face.values(), &self.ends, &how.weights);
        let mut distances: Vec<f64> = people.map(weighted).map(f64::from).collect();
        let nearest = how.nearest.clamp(1, distances.len());
        if nearest < distances.len() {
            distances.select_nth_unstable_by(nearest - 1, f64::total_cmp);
            distances.truncate(nearest);
        }
        let count = distances.len() as f64;
        let mean = distances.iter().sum::<f64>() / count;
        let variance = distances.iter().map(|d| (d - mean).powi(2)).sum::<f64>() / count;
        Strangers { mean, deviation: variance.sqrt().max(LEAST_DEVIATION) }
    }

    fn validate(&self) -> Result<(), CohortError> {
        if !self.values.iter().all(|value| value.is_finite()) {
            return Err(CohortError::NotFinite);
        }
        match self.people() {
            FEWEST..=MOST => Ok(()),
            other => Err(CohortError::People(other)),
        }
    }
}

impl fmt::Debug for Cohort {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Cohort")
            .field("id", &self.id)
            .field("people", &self.people())
            .finish_non_exhaustive()
    }
}
