//! The distance that keeps a rate.

use super::measured::{TAIL, deviate, slope};
use super::{FaceCalibration, Population};

impl FaceCalibration {
    /// The widest distance at which even the population that fares worst keeps
    /// `rate` of false acceptance ([`Population::distance_at`]).
    pub fn distance_at(&self, rate: f64) -> f64 {
        let distances = self.populations.iter().map(|population| population.distance_at(rate));
        distances.fold(f64::INFINITY, f64::min)
    }
}

impl Population {
    /// The widest distance at which two different people of this population are
    /// accepted at most at `rate`.
    ///
    /// Between the listed rates it undoes [`Population::false_accept_rate`].
    /// Below the least it goes on as the curve does on which the least listed
    /// rates lie already: the distance falls with the normal deviate of the
    /// rate as it does over the listed rates up to 0.05. A search of a million
    /// people needs rates that no set of pictures can count.
    ///
    /// A distance below 0 accepts nobody. It is −∞ for a rate of 0, and below
    /// the least listed rate where under two rates up to 0.05 are listed; ∞
    /// from a rate of 1 on.
    pub fn distance_at(&self, rate: f64) -> f64 {
        let next = self.rates.partition_point(|[_, listed]| *listed <= rate);
        match (next.checked_sub(1), self.rates.get(next)) {
            (None, _) => self.beyond_the_list(rate),
            (Some(last), Some([d1, r1])) => {
                let [d0, r0] = self.rates[last];
                d0 + (d1 - d0) * (rate.ln() - r0.ln()) / (r1.ln() - r0.ln())
            }
            (Some(last), None) if rate < 1.0 => self.rates[last][0],
            (Some(_), None) => f64::INFINITY,
        }
    }

    /// The distance at a rate below the least listed one.
    fn beyond_the_list(&self, rate: f64) -> f64 {
        let tail = self.rates.iter().filter(|[_, listed]| *listed <= TAIL);
        if rate <= 0.0 || tail.clone().count() < 2 {
            return f64::NEG_INFINITY;
        }
        let [nearest, least] = self.rates[0];
        nearest + slope(tail) * (deviate(rate) - deviate(least))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn population(rates: &[[f64; 2]]) -> Population {
        let shipped = FaceCalibration::shipped().populations()[0].clone();
        Population { rates: rates.to_vec(), ..shipped }
    }

    #[test]
    fn between_the_listed_rates_it_undoes_the_rate() {
        for population in FaceCalibration::shipped().populations() {
            for step in 0..=600 {
                let rate = 10_f64.powf(-6.0 + f64::from(step) / 101.0);
                let back = population.false_accept_rate(population.distance_at(rate));
                assert!((back / rate - 1.0).abs() < 1e-6, "{rate}: {back}");
            }
        }
    }

    #[test]
    fn below_the_least_listed_rate_the_normal_curve_goes_on() {
        // Distances of mean 1 and deviation 0.1, listed down to 1e-3. Deviates of
        // 1e-6, 1e-8 and 1e-12 from a table.
        let listed = [[0.690_98, 1e-3], [0.767_37, 0.01], [0.835_51, 0.05], [1.0, 0.5]];
        let population = population(&listed);
        for (rate, deviate) in [(1e-6, -4.7534), (1e-8, -5.6120), (1e-12, -7.0345)] {
            let found = population.distance_at(rate);
            assert!((found - (1.0 + 0.1 * deviate)).abs() < 1e-3, "{rate}: {found}");
        }
    }

    #[test]
    fn a_smaller_rate_never_allows_a_wider_distance() {
        let shipped = FaceCalibration::shipped();
        let rates = (0..=1500).map(|step| 10_f64.powf(-15.0 + f64::from(step) / 100.0));
        let distances: Vec<f64> = rates.map(|rate| shipped.distance_at(rate)).collect();
        assert!(distances.windows(2).all(|pair| pair[0] < pair[1]));
    }

    #[test]
    fn the_population_that_fares_worst_decides() {
        let shipped = FaceCalibration::shipped();
        for rate in [1e-10, 1e-6, 1e-4, 0.3] {
            let distance = shipped.distance_at(rate);
            let own = shipped.populations().iter().map(|population| population.distance_at(rate));
            assert!(own.clone().all(|own| own >= distance));
            assert!(own.clone().any(|own| own <= distance));
        }
    }

    #[test]
    fn where_no_curve_leads_nobody_is_accepted() {
        let sparse = population(&[[0.4, 0.01], [0.6, 0.5], [1.0, 1.0]]);
        assert!((sparse.distance_at(0.01) - 0.4).abs() < 1e-12);
        assert!(sparse.distance_at(0.009) < 0.0);
        let shipped = FaceCalibration::shipped();
        assert!(shipped.distance_at(0.0) < 0.0 && shipped.distance_at(1.0) > 2.0);
    }
}
