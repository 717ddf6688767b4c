//! The curve from a distance to the chance that two faces are one person's.

use serde::{Deserialize, Serialize};

use super::measured::{KnownPairs, places};

/// Similarity is 1 / (1 + e^((distance − center) / width)).
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::face) struct Logistic {
    pub(super) center: f64,
    pub(super) width: f64,
}

impl Logistic {
    /// The similarity at `distance`.
    pub(in crate::face) fn at(self, distance: f64) -> f64 {
        1.0 / (1.0 + ((distance - self.center) / self.width).exp())
    }

    pub(super) fn validate(self) -> Result<(), String> {
        if self.center.is_finite() && self.width.is_finite() && self.width > 0.0 {
            return Ok(());
        }
        Err("similarity needs a finite center and a positive width".to_owned())
    }

    /// The likeliest curve: logistic regression by Newton's method on the two
    /// unknowns of `slope · distance + offset`.
    pub(super) fn fitted(pairs: &KnownPairs) -> Self {
        let people = pairs.genuine.iter().filter(|of_one| !of_one.is_empty()).count() as f64;
        let genuine = pairs.genuine.iter().flat_map(|of_one| {
            of_one.iter().map(|distance| (*distance, 1.0, 1.0 / (people * of_one.len() as f64)))
        });
        let weight = 1.0 / pairs.impostor.len() as f64;
        let impostor = pairs.impostor.iter().map(|distance| (*distance, 0.0, weight));
        let mut all: Vec<(f64, f64, f64)> = genuine.chain(impostor).collect();
        // Of distances and of normalised scores alike: about their weighted
        // middle, in their weighted deviations.
        let total = all.iter().map(|(_, _, weight)| weight).sum::<f64>();
        let middle = all.iter().map(|(d, _, weight)| d * weight).sum::<f64>() / total;
        let square = all.iter().map(|(d, _, weight)| (d - middle).powi(2) * weight).sum::<f64>();
        let unit = (square / total).sqrt().max(f64::MIN_POSITIVE);
        for (distance, ..) in &mut all {
            *distance = (*distance - middle) / unit;
        }
        let (mut slope, mut offset) = (-1.0, 0.0);
        for _ in 0..100 {
            let (mut g, mut h) = ([0.0; 2], [0.0; 3]);
            for (distance, same, weight) in &all {
                let chance = 1.0 / (1.0 + (-(slope * distance + offset)).exp());
                let (error, bend) = (weight * (same - chance), weight * chance * (1.0 - chance));
                g = [g[0] + error * distance, g[1] + error];
                h = [h[0] + bend * distance * distance, h[1] + bend * distance, h[2] + bend];
            }
            let determinant = h[0] * h[2] - h[1] * h[1];
            let step = [(g[0] * h[2] - g[1] * h[1]), (g[1] * h[0] - g[0] * h[1])];
            let step = step.map(|part| (part / determinant.max(1e-12)).clamp(-4.0, 4.0));
            (slope, offset) = (slope + step[0], offset + step[1]);
        }
        Self { center: places(middle - offset / slope * unit), width: places(-unit / slope) }
    }
}
