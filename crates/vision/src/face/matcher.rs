//! How alike two faces are, and what that says.

use std::collections::BTreeMap;

use inference::Digest;
use serde::Serialize;

use super::calibration::{CalibrationError, FaceCalibration, Population};
use super::cohort::{Cohort, Strangers};
use super::embedder::FaceEmbedder;
use super::embedding::Embedding;
use super::observation::FaceFinder;

/// How alike two faces are.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Comparison {
    /// Euclidean distance of the embeddings.
    pub distance: f64,
    /// 0 to 1: the chance that both are one person if that were as likely as
    /// not beforehand, as measured on the calibration's pairs.
    pub similarity: f64,
    /// How often two different people come as close, by population.
    pub false_accept_rate: BTreeMap<String, f64>,
    /// The same as seen against a cohort, where there is one.
    pub normalised: Option<NormalisedComparison>,
}

/// How alike two faces are against how alike either is to strangers.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct NormalisedComparison {
    /// The cohort's id.
    pub cohort: Digest,
    /// The distance by which they are compared, which may weigh the networks
    /// otherwise than the plain one.
    pub distance: f64,
    /// How close the cohort's nearest people come to either face.
    pub strangers: [Strangers; 2],
    /// The distance in deviations, the mean of both sides; negative where the
    /// faces are closer than strangers come.
    pub score: f64,
    /// As in [`Comparison`], by the normalised score.
    pub similarity: f64,
    /// As in [`Comparison`], by the normalised score.
    pub false_accept_rate: BTreeMap<String, f64>,
}

impl Comparison {
    /// The false-accept rate in the population where it is greatest.
    pub fn worst_false_accept_rate(&self) -> f64 {
        self.false_accept_rate.values().copied().fold(0.0, f64::max)
    }
}

/// Compares embeddings, and tells what a distance means.
pub struct FaceMatcher {
    calibration: FaceCalibration,
    embedding: Digest,
    cohort: Option<Cohort>,
}

impl FaceMatcher {
    /// A matcher for embeddings that `finder` and `embedder` make.
    ///
    /// # Errors
    ///
    /// When `calibration` was measured with other models or embeddings.
    pub fn new(
        calibration: FaceCalibration,
        finder: &FaceFinder,
        embedder: &FaceEmbedder,
    ) -> Result<Self, CalibrationError> {
        for model in finder.models().into_iter().chain(embedder.models()) {
            calibration.holds_for(model)?;
        }
        calibration.holds_for_embedding(embedder.id())?;
        Ok(Self { calibration, embedding: embedder.id(), cohort: None })
    }

    /// The same, which also normalises every score against `cohort`.
    ///
    /// # Errors
    ///
    /// When the calibration does not hold for this cohort, or another embedder
    /// made it.
    pub fn with_cohort(mut self, cohort: Cohort) -> Result<Self, CalibrationError> {
        if cohort.embedding() != self.embedding {
            return Err(CalibrationError::CohortOfOthers(cohort.id()));
        }
        if self.calibration.normalised().is_none_or(|measured| measured.cohort != cohort.id()) {
            return Err(CalibrationError::OtherCohort(cohort.id()));
        }
        self.cohort = Some(cohort);
        Ok(self)
    }

    /// The calibration that it goes by.
    pub fn calibration(&self) -> &FaceCalibration {
        &self.calibration
    }

    /// How alike the faces `a` and `b` are.
    pub fn compare(&self, a: &Embedding, b: &Embedding) -> Comparison {
        // The calibration was measured on single pictures.
        let of_pictures = a.distance_of_pictures(b);
        Comparison {
            distance: a.distance(b),
            similarity: self.calibration.similarity().at(of_pictures),
            false_accept_rate: rates(self.calibration.populations(), of_pictures),
            normalised: self.normalised(a, b),
        }
    }

    fn normalised(&self, a: &Embedding, b: &Embedding) -> Option<NormalisedComparison> {
        let (cohort, measured) = self.cohort.as_ref().zip(self.calibration.normalised())?;
        let found = cohort.score(a, b, &measured.method);
        let score = found.value();
        Some(NormalisedComparison {
            cohort: cohort.id(),
            distance: found.distance,
            strangers: found.strangers,
            score,
            similarity: measured.similarity.at(score),
            false_accept_rate: rates(&measured.populations, score),
        })
    }
}

fn rates(populations: &[Population], score: f64) -> BTreeMap<String, f64> {
    let rate = |population: &Population| population.false_accept_rate(score);
    populations.iter().map(|population| (population.name.clone(), rate(population))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::face::{KnownPairs, Measurement, Normalisation, fakes};

    fn person(turn: usize) -> Embedding {
        let part = |length: usize, scale: f32| {
            let of = |i: usize| scale * (i as f32 * 0.01 * turn as f32).sin();
            (0..length).map(of).collect::<Vec<f32>>()
        };
        Embedding::joined([part(128, 0.1), part(1024, 0.02)])
    }

    fn cohort(embedding: Digest) -> Cohort {
        let people: Vec<Embedding> = (1..=100).map(person).collect();
        Cohort::of(&people, embedding).unwrap()
    }

    fn pairs(low: f64, high: f64) -> [KnownPairs; 1] {
        let spread = |count: usize| (0..count).map(move |i| i as f64 / count as f64);
        [KnownPairs {
            name: "own".to_owned(),
            dataset: "made up".to_owned(),
            pictures: vec![2; 50],
            genuine: spread(50).map(|share| vec![low + 0.3 * share]).collect(),
            impostor: spread(2000).map(|share| high - share).collect(),
        }]
    }

    fn calibration(embedder: &FaceEmbedder) -> FaceCalibration {
        let digest = Digest::of(b"fake");
        let measurement = Measurement {
            day: "2026-01-01".to_owned(),
            embedding: embedder.id(),
            models: inference::Role::ALL.map(|role| (role, digest)).into(),
        };
        FaceCalibration::measured(measurement, &pairs(0.1, 1.5)).unwrap()
    }

    fn matcher(calibration: &FaceCalibration) -> Result<FaceMatcher, CalibrationError> {
        // Parsing is what gives a calibration its digest.
        let text = toml::to_string(calibration).unwrap();
        let read = FaceCalibration::parse(&text).unwrap();
        FaceMatcher::new(read, &fakes::finder(), &fakes::embedder())
    }

    #[test]
    fn with_a_cohort_a_comparison_says_both_scores_and_what_they_came_from() {
        let embedder = fakes::embedder();
        let cohort = cohort(embedder.id());
        let method = Normalisation { nearest: 10, weights: Vec::new() };
        let calibration = calibration(&embedder)
            .with_normalised(cohort.id(), method.clone(), &pairs(-6.0, 1.0))
            .unwrap();
        let plain = matcher(&calibration).unwrap();
        assert_eq!(plain.compare(&person(7), &person(8)).normalised, None);
        let both = matcher(&calibration).unwrap().with_cohort(cohort.clone()).unwrap();
        let compared = both.compare(&person(7), &person(8));
        let found = compared.normalised.expect("there is a cohort");
        assert_eq!(found.cohort, cohort.id());
        let expected = cohort.score(&person(7), &person(8), &method);
        assert_eq!((found.score, found.strangers), (expected.value(), expected.strangers));
        assert!((0.0..=1.0).contains(&found.false_accept_rate["own"]));
    }

    #[test]
    fn a_cohort_that_was_not_calibrated_for_is_refused() {
        let embedder = fakes::embedder();
        let cohort = cohort(embedder.id());
        let uncalibrated = matcher(&calibration(&embedder)).unwrap();
        let error = uncalibrated.with_cohort(cohort.clone()).err().unwrap();
        assert!(matches!(error, CalibrationError::OtherCohort(id) if id == cohort.id()));
        let of_others = super::tests::cohort(Digest::of(b"another embedder"));
        let error = matcher(&calibration(&embedder)).unwrap().with_cohort(of_others).err().unwrap();
        assert!(matches!(error, CalibrationError::CohortOfOthers(_)), "{error}");
    }

    #[test]
    fn a_calibration_of_vectors_made_otherwise_is_refused() {
        let mut other = calibration(&fakes::embedder());
        other = FaceCalibration::parse(&toml::to_string(&other).unwrap().replace(
            &fakes::embedder().id().to_string(),
            &Digest::of(b"another embedder").to_string(),
        ))
        .unwrap();
        let error = matcher(&other).err().unwrap();
        assert!(matches!(error, CalibrationError::OtherEmbedding { .. }), "{error}");
    }
}
