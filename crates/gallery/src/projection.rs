//! The directions in which a gallery's vectors differ most.

use nalgebra::{DMatrix, DVector};
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;

/// Directions that are kept.
pub const DIRECTIONS: usize = 192;

/// Rounds of orthogonal iteration. The span is only a filter before exact
/// distances, so it need not converge to the last digit.
const ROUNDS: usize = 6;

/// Vectors move to their mean and turn into the span of the principal
/// directions.
///
/// Within that span they are turned at random, so that no direction holds more
/// than its share: steps of eight bits are then as fine for all.
pub struct Projection {
    mean: DVector<f32>,
    /// One direction a row.
    basis: DMatrix<f32>,
}

impl Projection {
    /// Learns from `sample`, one vector a column.
    pub fn learn(mut sample: DMatrix<f32>) -> Self {
        let dimension = sample.nrows();
        let mean = sample.column_mean();
        for mut column in sample.column_iter_mut() {
            column -= &mean;
        }
        let covariance = &sample * sample.transpose() / sample.ncols() as f32;
        // Any start will do that is the same each time.
        let mut rng = ChaCha8Rng::seed_from_u64(1);
        let mut any = |rows: usize, columns: usize| {
            DMatrix::from_fn(rows, columns, |_, _| rng.random_range(-1.0_f32..1.0)).qr().q()
        };
        let kept = dimension.min(DIRECTIONS);
        let mut span = any(dimension, kept);
        for _ in 0..ROUNDS {
            span = (&covariance * span).qr().q();
        }
        Self { mean, basis: any(kept, kept) * span.transpose() }
    }

    /// Directions that are kept: values of a projected vector.
    pub fn directions(&self) -> usize {
        self.basis.nrows()
    }

    /// Projects `vectors`, and tells of each the squared length from the mean,
    /// before the projection.
    pub fn apply(&self, vectors: &[Vec<f32>]) -> (DMatrix<f32>, Vec<f32>) {
        let mut moved = columns(vectors);
        for mut column in moved.column_iter_mut() {
            column -= &self.mean;
        }
        let lengths = moved.column_iter().map(|column| column.norm_squared()).collect();
        (&self.basis * moved, lengths)
    }
}

/// `vectors` of equal length, one a column.
pub fn columns(vectors: &[Vec<f32>]) -> DMatrix<f32> {
    let rows = vectors.first().map_or(0, Vec::len);
    DMatrix::from_iterator(rows, vectors.len(), vectors.iter().flatten().copied())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Vectors that differ in `spread` directions only.
    fn flat(count: usize, dimension: usize, spread: usize) -> Vec<Vec<f32>> {
        let mut rng = ChaCha8Rng::seed_from_u64(5);
        let axes: Vec<Vec<f32>> = (0..spread)
            .map(|_| (0..dimension).map(|_| rng.random_range(-1.0..1.0)).collect())
            .collect();
        let mut one = || {
            let mut vector = vec![3.0; dimension];
            for axis in &axes {
                let part = rng.random_range(-1.0..1.0);
                vector.iter_mut().zip(axis).for_each(|(value, axis)| *value += part * axis);
            }
            vector
        };
        (0..count).map(|_| one()).collect()
    }

    #[test]
    fn distances_survive_where_the_directions_hold_all_difference() {
        for (dimension, spread) in [(300, 20), (40, 40), (1, 1)] {
            let vectors = flat(500, dimension, spread);
            let projection = Projection::learn(columns(&vectors));
            assert_eq!(projection.directions(), dimension.min(DIRECTIONS));
            let (projected, lengths) = projection.apply(&vectors);
            for (a, b) in [(0, 1), (2, 300), (7, 499)] {
                let truth = (columns(&vectors[a..=a]) - columns(&vectors[b..=b])).norm_squared();
                let found = (projected.column(a) - projected.column(b)).norm_squared();
                assert!((truth - found).abs() <= 1e-3 * truth, "{dimension}: {truth} {found}");
                let own = projected.column(a).norm_squared();
                assert!((lengths[a] - own).abs() <= 1e-3 * own, "{dimension}");
            }
        }
    }
}
