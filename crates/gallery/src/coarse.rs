//! The short image of each vector, and the pass through all of them.

use nalgebra::DVectorView;
use simsimd::SpatialSimilarity;

use crate::projection::Projection;

/// Greatest step of eight bits that is used.
const STEPS: f32 = 127.0;

/// Rows of short images, under one projection.
pub struct Coarse {
    projection: Projection,
    /// Row by row, as many values as the projection has directions.
    steps: Vec<i8>,
    measures: Vec<Measure>,
}

/// What makes a distance of steps.
#[derive(Clone, Copy)]
struct Measure {
    /// Length of one step.
    step: f32,
    /// Squared length of the whole vector from the mean.
    length: f32,
}

/// A query in steps, against which rows are measured.
pub struct Probe {
    steps: Vec<i8>,
    measure: Measure,
}

impl Coarse {
    /// No rows yet.
    pub fn new(projection: Projection) -> Self {
        Self { projection, steps: Vec::new(), measures: Vec::new() }
    }

    /// Adds a row for each of `vectors`.
    pub fn push(&mut self, vectors: &[Vec<f32>]) {
        let (projected, lengths) = self.projection.apply(vectors);
        for (column, length) in projected.column_iter().zip(lengths) {
            let step = step(&column);
            self.steps.extend(in_steps(&column, step));
            self.measures.push(Measure { step, length });
        }
    }

    /// Removes a row; the last takes its place.
    pub fn swap_remove(&mut self, row: usize) {
        let width = self.projection.directions();
        self.measures.swap_remove(row);
        let last = self.measures.len() * width;
        self.steps.copy_within(last.., row * width);
        self.steps.truncate(last);
    }

    /// `vector` as the rows are.
    pub fn probe(&self, vector: &[f32]) -> Probe {
        let (projected, lengths) = self.projection.apply(&[vector.to_vec()]);
        let column = projected.column(0);
        let step = step(&column);
        let measure = Measure { step, length: lengths[0] };
        Probe { steps: in_steps(&column, step).collect(), measure }
    }

    /// The squared distance of `row` from `probe`, about: the lengths from the
    /// mean are exact, the product is that within the kept directions, in
    /// steps. What lies outside is taken as perpendicular, as it nearly is.
    pub fn squared_distance(&self, probe: &Probe, row: usize) -> f32 {
        let width = probe.steps.len();
        let steps = &self.steps[row * width..(row + 1) * width];
        let measure = self.measures[row];
        let product = i8::dot(&probe.steps, steps).expect("rows are as long as probes") as f32;
        let product = product * probe.measure.step * measure.step;
        probe.measure.length + measure.length - 2.0 * product
    }
}

/// The step in which the greatest value of `column` is the greatest number.
fn step(column: &DVectorView<'_, f32>) -> f32 {
    (column.amax() / STEPS).max(f32::MIN_POSITIVE)
}

fn in_steps(column: &DVectorView<'_, f32>, step: f32) -> impl Iterator<Item = i8> {
    column.iter().map(move |value| (value / step).round() as i8)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::projection::columns;

    fn vectors() -> Vec<Vec<f32>> {
        let value = |i: usize, j: usize| ((i * 31 + j * 17 + i * i * j) % 97) as f32 / 97.0;
        (0..200).map(|i| (0..12).map(|j| value(i, j)).collect()).collect()
    }

    fn squared(a: &[f32], b: &[f32]) -> f32 {
        a.iter().zip(b).map(|(a, b)| (a - b).powi(2)).sum()
    }

    #[test]
    fn steps_tell_distances_to_about_a_hundredth() {
        let vectors = vectors();
        let mut coarse = Coarse::new(Projection::learn(columns(&vectors)));
        coarse.push(&vectors);
        let probe = coarse.probe(&vectors[3]);
        for (row, vector) in vectors.iter().enumerate() {
            let found = coarse.squared_distance(&probe, row);
            let truth = squared(vector, &vectors[3]);
            assert!((found - truth).abs() < 0.02, "{truth}: {found}");
        }
    }

    #[test]
    fn the_last_row_takes_the_place_of_a_removed_one() {
        let vectors = vectors();
        let mut coarse = Coarse::new(Projection::learn(columns(&vectors)));
        coarse.push(&vectors);
        coarse.swap_remove(5);
        coarse.swap_remove(198);
        let probe = coarse.probe(&vectors[0]);
        let found = coarse.squared_distance(&probe, 5);
        assert!((found - squared(&vectors[199], &vectors[0])).abs() < 0.02);
    }

    #[test]
    fn equal_vectors_lie_at_no_distance() {
        let vectors = vec![vec![2.0; 5]; 9];
        let mut coarse = Coarse::new(Projection::learn(columns(&vectors)));
        coarse.push(&vectors);
        let probe = coarse.probe(&vectors[0]);
        assert!((0..9).all(|row| coarse.squared_distance(&probe, row).abs() < 1e-6));
    }
}
