//! How sure a measured share is.

use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;

/// The 97.5 % quantile of the normal distribution: 95 % two-sided.
const Z: f64 = 1.959_964;

/// The Wilson score interval of `right` of `of`, 95 %.
///
/// E. B. Wilson, Probable inference, the law of succession, and statistical
/// inference, JASA 22 (1927).
pub fn wilson(right: u64, of: u64) -> (f64, f64) {
    if of == 0 {
        return (0.0, 1.0);
    }
    let (n, p) = (of as f64, right as f64 / of as f64);
    let middle = p + Z * Z / (2.0 * n);
    let half = Z * (p * (1.0 - p) / n + Z * Z / (4.0 * n * n)).sqrt();
    let scale = 1.0 + Z * Z / n;
    (((middle - half) / scale).max(0.0), ((middle + half) / scale).min(1.0))
}

/// `31 of 32 (96.9 %, 84.3–99.4)`: a count, its share and interval in percent.
pub fn share(right: u64, of: u64) -> String {
    if of == 0 {
        return "none".to_owned();
    }
    let (low, high) = wilson(right, of);
    let percent = 100.0 * right as f64 / of as f64;
    format!("{right} of {of} ({percent:.1} %, {:.1}–{:.1})", 100.0 * low, 100.0 * high)
}

/// The middle 95 % of what `statistic` gives on `rounds` resamplings of
/// `units` units with replacement, each given as how often every unit was drawn.
pub fn bootstrap(units: usize, rounds: usize, statistic: impl Fn(&[u32]) -> f64) -> (f64, f64) {
    let mut rng = ChaCha8Rng::seed_from_u64(1);
    let mut values: Vec<f64> = (0..rounds)
        .map(|_| {
            let mut drawn = vec![0; units];
            for _ in 0..units {
                drawn[rng.random_range(0..units)] += 1;
            }
            statistic(&drawn)
        })
        .filter(|value| value.is_finite())
        .collect();
    values.sort_by(f64::total_cmp);
    let at = |q: f64| values.get((q * (values.len() - 1) as f64).round() as usize);
    match (at(0.025), at(0.975)) {
        (Some(low), Some(high)) => (*low, *high),
        _ => (0.0, 1.0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wilson_is_the_published_interval() {
        // R: binom::binom.wilson(c(81, 0, 10), c(263, 10, 10)).
        let cases = [(81, 263, 0.255_2, 0.366_2), (0, 10, 0.0, 0.277_5), (10, 10, 0.722_5, 1.0)];
        for (right, of, low, high) in cases {
            let (a, b) = wilson(right, of);
            assert!((a - low).abs() < 1e-4 && (b - high).abs() < 1e-4, "{right}/{of}: {a} {b}");
        }
        assert_eq!(share(31, 32), "31 of 32 (96.9 %, 84.3–99.4)");
    }

    #[test]
    fn bootstrap_of_a_mean_spans_it() {
        let values: Vec<f64> = (0..200).map(|i| f64::from(i % 2)).collect();
        let (low, high) = bootstrap(values.len(), 500, |drawn| {
            values.iter().zip(drawn).map(|(v, n)| v * f64::from(*n)).sum::<f64>() / 200.0
        });
        // The standard error of a fair coin over 200 throws is 0.035.
        assert!((0.40..0.47).contains(&low) && (0.53..0.60).contains(&high), "{low} {high}");
    }
}
