//! Making a calibration from pairs of faces of known people.

use std::collections::BTreeMap;

use inference::{Digest, Role};

use crate::face::cohort::Normalisation;

use super::logistic::Logistic;
use super::{FaceCalibration, NormalisedCalibration, Population, SCHEMA};

/// The rates of false acceptance whose distances a calibration lists.
const RATES: [f64; 13] =
    [1e-6, 1e-5, 1e-4, 1e-3, 2e-3, 5e-3, 0.01, 0.02, 0.05, 0.1, 0.2, 0.35, 0.5];

/// A rate is counted where at least so many impostor pairs come as close.
const FEWEST: f64 = 10.0;

/// The curve below the counted rates follows the counted ones up to this.
pub(super) const TAIL: f64 = 0.05;

/// A population of fewer people borrows the first one's spread: three of CASIA
/// did not bear their own (docs/face.md).
const FEW_PEOPLE: usize = 30;
/// People of the largest population without whom there is no calibration: a guess, 190 pairs of
/// two of them. A curve of three people
/// accepted 7 of 525 at a promised 1e-4.
const LEAST_PEOPLE: usize = 20;

/// Distances, or normalised scores, between faces of known people of one
/// population.
#[derive(Debug, Clone)]
pub struct KnownPairs {
    /// The population's short name.
    pub name: String,
    /// The measured set.
    pub dataset: String,
    /// Pictures of each person.
    pub pictures: Vec<u32>,
    /// Of each person the distances between their own pictures.
    pub genuine: Vec<Vec<f64>>,
    /// Distances between pictures of two people.
    pub impostor: Vec<f64>,
}

/// How and when a calibration was measured.
#[derive(Debug, Clone)]
pub struct Measurement {
    /// The day.
    pub day: String,
    /// The embedder ([`FaceEmbedder::id`](crate::face::FaceEmbedder::id)).
    pub embedding: Digest,
    /// SHA-256 of each model that had a part.
    pub models: BTreeMap<Role, Digest>,
}

impl KnownPairs {
    /// All pairs of the pictures of some people; `distance` tells how far
    /// two pictures are apart.
    pub fn between<P>(
        name: &str,
        dataset: &str,
        people: &[Vec<P>],
        distance: impl Fn(&P, &P) -> f64,
    ) -> Self {
        let (mut genuine, mut impostor) = (Vec::new(), Vec::new());
        for (index, pictures) in people.iter().enumerate() {
            let mut own = Vec::new();
            for (i, a) in pictures.iter().enumerate() {
                own.extend(pictures[i + 1..].iter().map(|b| distance(a, b)));
                impostor.extend(people[index + 1..].iter().flatten().map(|b| distance(a, b)));
            }
            genuine.push(own);
        }
        Self {
            name: name.to_owned(),
            dataset: dataset.to_owned(),
            pictures: people.iter().map(|pictures| pictures.len() as u32).collect(),
            genuine,
            impostor,
        }
    }
}

/// There is too little to calibrate by.
#[derive(Debug, thiserror::Error)]
pub enum TooFew {
    /// Pairs of two people.
    #[error("the set {dataset:?} has {pairs} pairs of two people; a calibration needs {needed}")]
    Pairs {
        /// The set's name.
        dataset: String,
        /// How many it has.
        pairs: usize,
        /// How many are needed.
        needed: usize,
    },
    /// People of the largest population: the pairs of a few say nothing of others.
    #[error("the set {dataset:?} has {people} people; a calibration needs {LEAST_PEOPLE}")]
    People {
        /// The set's name.
        dataset: String,
        /// How many it has.
        people: usize,
    },
}

impl Population {
    /// The population of `pairs` by itself: rates that ten pairs or more bear
    /// are counted; below them, the distance falls with the normal deviate of
    /// the rate as it does over the counted rates up to 0.05.
    ///
    /// # Errors
    ///
    /// When even a rate of 0.05 has no ten pairs.
    pub fn counted(pairs: &KnownPairs) -> Result<Self, TooFew> {
        let sorted = sorted(pairs, FEWEST / TAIL)?;
        let least = FEWEST / sorted.len() as f64;
        let counted: Vec<[f64; 2]> = RATES
            .into_iter()
            .filter(|rate| *rate >= least)
            .map(|rate| [quantile(&sorted, rate), rate])
            .collect();
        let [nearest, lowest] = counted[0];
        let slope = slope(counted.iter().filter(|[_, rate]| *rate <= TAIL));
        let tail = RATES.into_iter().filter(|rate| *rate < least);
        let tail = tail.map(|rate| [nearest + slope * (deviate(rate) - deviate(lowest)), rate]);
        let mut rates: Vec<[f64; 2]> = tail.chain(counted.iter().copied()).collect();
        rates.push([sorted[sorted.len() - 1], 1.0]);
        Ok(Self::described(pairs, lowest, rates))
    }

    /// The population of `pairs`, of which there are few: its curve is that of
    /// `spread`, moved to where its own median lies.
    ///
    /// A handful of people says where a population's distances lie, and nothing
    /// of how close the closest of many would come.
    ///
    /// # Errors
    ///
    /// When there are not even twenty pairs.
    pub fn borrowing(pairs: &KnownPairs, spread: &Self) -> Result<Self, TooFew> {
        let sorted = sorted(pairs, 2.0 * FEWEST)?;
        let shift = quantile(&sorted, 0.5) - spread.median();
        let rates = spread.rates.iter().map(|[distance, rate]| [distance + shift, *rate]);
        Ok(Self::described(pairs, 0.5, rates.collect()))
    }

    /// The distance below which half of the impostor pairs lie.
    fn median(&self) -> f64 {
        let half = |[_, rate]: &&[f64; 2]| *rate >= 0.5;
        self.rates.iter().find(half).expect("the rates reach 1")[0]
    }

    fn described(pairs: &KnownPairs, counted_down_to: f64, rates: Vec<[f64; 2]>) -> Self {
        Self {
            name: pairs.name.clone(),
            dataset: pairs.dataset.clone(),
            people: pairs.pictures.len() as u32,
            pictures: pairs.pictures.iter().sum(),
            genuine_pairs: pairs.genuine.iter().map(|of_one| of_one.len() as u64).sum(),
            impostor_pairs: pairs.impostor.len() as u64,
            counted_down_to,
            rates: rates.into_iter().map(|[d, rate]| [places(d), rate]).collect(),
        }
    }
}

impl FaceCalibration {
    /// The calibration of plain distances that holds for what `measurement`
    /// names. The similarity is fitted to the first population, each person's
    /// genuine pairs weighing one together and all impostor pairs as much, and
    /// moved to the population that fares worst. A further population of under
    /// thirty people borrows the first one's spread.
    ///
    /// # Errors
    ///
    /// When a population has too few pairs, or there is none.
    pub fn measured(measurement: Measurement, populations: &[KnownPairs]) -> Result<Self, TooFew> {
        let (similarity, populations) = curves(populations)?;
        Ok(Self {
            schema: SCHEMA,
            measured: measurement.day,
            embedding: measurement.embedding,
            models: measurement.models,
            similarity,
            populations,
            normalised: None,
            digest: None,
        })
    }

    /// The same, which also says what scores mean that are normalised against
    /// the cohort `cohort` by `method`; `populations` are such scores.
    ///
    /// # Errors
    ///
    /// As [`FaceCalibration::measured`].
    pub fn with_normalised(
        mut self,
        cohort: Digest,
        method: Normalisation,
        populations: &[KnownPairs],
    ) -> Result<Self, TooFew> {
        let (similarity, populations) = curves(populations)?;
        self.normalised = Some(NormalisedCalibration { cohort, method, similarity, populations });
        Ok(self)
    }
}

fn curves(pairs: &[KnownPairs]) -> Result<(Logistic, Vec<Population>), TooFew> {
    let Some((first, others)) = pairs.split_first() else {
        return Err(TooFew::Pairs { dataset: "none".to_owned(), pairs: 0, needed: 1 });
    };
    let people = first.pictures.len();
    if people < LEAST_PEOPLE {
        return Err(TooFew::People { dataset: first.dataset.clone(), people });
    }
    let largest = Population::counted(first)?;
    let mut populations = vec![largest.clone()];
    for other in others {
        populations.push(if other.pictures.len() < FEW_PEOPLE {
            Population::borrowing(other, &largest)?
        } else {
            Population::counted(other)?
        });
    }
    let mut similarity = Logistic::fitted(first);
    let nearest = populations.iter().map(Population::median).fold(f64::INFINITY, f64::min);
    similarity.center = places(similarity.center - (largest.median() - nearest));
    Ok((similarity, populations))
}

/// To four places, as a calibration is written.
pub(super) fn places(value: f64) -> f64 {
    (value * 1e4).round() / 1e4
}

fn sorted(pairs: &KnownPairs, needed: f64) -> Result<Vec<f64>, TooFew> {
    let mut sorted = pairs.impostor.clone();
    if (sorted.len() as f64) < needed {
        let dataset = pairs.dataset.clone();
        return Err(TooFew::Pairs { dataset, pairs: sorted.len(), needed: needed as usize });
    }
    sorted.sort_by(f64::total_cmp);
    Ok(sorted)
}

/// The distance below which the share `rate` of `sorted` lies.
fn quantile(sorted: &[f64], rate: f64) -> f64 {
    sorted[((rate * sorted.len() as f64) as usize).min(sorted.len() - 1)]
}

/// Distance for each unit of the normal deviate, by least squares.
pub(super) fn slope<'a>(points: impl Iterator<Item = &'a [f64; 2]>) -> f64 {
    let points: Vec<_> = points.map(|[distance, rate]| (deviate(*rate), *distance)).collect();
    let n = points.len() as f64;
    let mean = points.iter().fold((0.0, 0.0), |m, (x, y)| (m.0 + x / n, m.1 + y / n));
    let moment = |f: &dyn Fn(f64, f64) -> f64| {
        points.iter().map(|(x, y)| f(x - mean.0, y - mean.1)).sum::<f64>()
    };
    moment(&|x, y| x * y) / moment(&|x, _| x * x).max(f64::MIN_POSITIVE)
}

/// The normal deviate below which the share `rate`, at most one half, lies
/// (Abramowitz and Stegun, 26.2.23: within 4.5e-4).
pub(super) fn deviate(rate: f64) -> f64 {
    let t = (-2.0 * rate.ln()).sqrt();
    let above = 2.515_517 + t * (0.802_853 + t * 0.010_328);
    let below = 1.0 + t * (1.432_788 + t * (0.189_269 + t * 0.001_308));
    above / below - t
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Evenly spread normal deviates around `mean`, a tenth wide, `count` of
    /// them, beside genuine pairs around 0.4.
    fn pairs(name: &str, mean: f64, count: usize) -> KnownPairs {
        let normal = |index: usize, of: usize| {
            let share = (index as f64 + 0.5) / of as f64;
            if share <= 0.5 { deviate(share) } else { -deviate(1.0 - share) }
        };
        KnownPairs {
            name: name.to_owned(),
            dataset: format!("{name} set"),
            pictures: vec![2; 40],
            genuine: (0..40).map(|i| vec![0.4 + 0.1 * normal(i, 40)]).collect(),
            impostor: (0..count).map(|i| mean + 0.1 * normal(i, count)).collect(),
        }
    }

    #[test]
    fn counted_rates_are_the_share_of_pairs_and_rarer_ones_follow_the_curve() {
        let population = Population::counted(&pairs("a", 1.0, 20_000)).unwrap();
        assert!((population.counted_down_to - 1e-3).abs() < 1e-12);
        for (deviates, rate) in [(-3.090, 1e-3), (-3.719, 1e-4), (-4.753, 1e-6)] {
            let found = population.false_accept_rate(1.0 + 0.1 * deviates);
            assert!((found.ln() - f64::ln(rate)).abs() < 0.2, "{rate}: {found}");
        }
        assert_eq!(population.validate(), Ok(()));
    }

    #[test]
    fn a_small_population_borrows_the_spread_and_keeps_its_own_place() {
        let large = Population::counted(&pairs("a", 1.0, 20_000)).unwrap();
        let small = Population::borrowing(&pairs("b", 0.8, 75), &large).unwrap();
        assert_eq!(small.impostor_pairs, 75);
        for distance in [0.4, 0.5, 0.6, 0.7] {
            let (near, far) =
                (small.false_accept_rate(distance), large.false_accept_rate(distance + 0.2));
            assert!((near.ln() - far.ln()).abs() < 0.1, "{distance}: {near} {far}");
        }
    }

    #[test]
    fn too_few_pairs_are_refused() {
        let large = Population::counted(&pairs("a", 1.0, 20_000)).unwrap();
        assert!(Population::counted(&pairs("b", 1.0, 199)).is_err());
        assert!(Population::borrowing(&pairs("b", 1.0, 19), &large).is_err());
    }

    #[test]
    fn similarity_is_one_half_where_either_is_as_likely() {
        let fitted = Logistic::fitted(&pairs("a", 0.7, 20_000));
        // Of two normal curves a tenth wide around 0.4 and 0.7 the ratio's
        // logarithm is (0.55 − distance) · 0.3 / 0.01.
        assert!((fitted.center - 0.55).abs() < 0.02, "{fitted:?}");
        assert!((fitted.width - 0.033).abs() < 0.005, "{fitted:?}");
    }
}
