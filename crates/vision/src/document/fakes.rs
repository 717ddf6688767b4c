//! An exact stand-in for the outline network.

use std::collections::BTreeMap;
use std::sync::Arc;

use inference::{Digest, InferenceError, Model, ModelCard, Role, Tensor};

use super::canvas::{CELLS, SIDE};
use super::{DocumentFinder, OutlineParams};

/// The stage on a network that takes what is bright for a document, in whatever
/// part of the picture it is shown, and thinks that it goes on beyond the frame.
pub fn bright() -> DocumentFinder {
    let role = Role::DocumentOutline;
    let card = ModelCard { role, digest: Digest::of(b"bright"), metadata: BTreeMap::new() };
    DocumentFinder::new(Arc::new(Bright(card)), OutlineParams::default())
}

struct Bright(ModelCard);

impl Model for Bright {
    fn card(&self) -> &ModelCard {
        &self.0
    }

    fn run(&self, input: &Tensor) -> Result<Vec<Tensor>, InferenceError> {
        let (side, step) = (SIDE as usize, SIDE as usize / CELLS);
        // What is exactly 0 through the middle lies beyond the frame.
        let level = |x: usize, y: usize| input.data()[y * side + x];
        let columns = ends(side, |x| level(x, side / 2));
        let rows = ends(side, |y| level(side / 2, y));
        let bright = |cell: usize| {
            let (x, y) = (cell % CELLS * step, cell / CELLS * step);
            let at = |i: usize| {
                let (x, y) = (x + i % step, y + i / step);
                level(x.clamp(columns.0, columns.1), y.clamp(rows.0, rows.1))
            };
            let cover = (0..step * step).filter(|&i| at(i) > 0.3).count();
            cover as f32 / (step * step) as f32
        };
        let covers: Vec<f32> = (0..CELLS * CELLS).map(bright).collect();
        let well_inside = |cell: usize| {
            let (x, y) = (cell % CELLS, cell / CELLS);
            let near = |v: usize| v.saturating_sub(3)..(v + 4).min(CELLS);
            near(y).all(|y| near(x).all(|x| covers[y * CELLS + x] > 0.5))
        };
        let mut maps = vec![-9.0; 3 * CELLS * CELLS];
        for cell in 0..CELLS * CELLS {
            let cover = covers[cell].clamp(1e-4, 1.0 - 1e-4);
            maps[cell] = (cover / (1.0 - cover)).ln();
            if well_inside(cell) {
                maps[CELLS * CELLS + cell] = 9.0;
            }
        }
        Ok(vec![Tensor::new(vec![1, 3, CELLS, CELLS], maps).expect("three values a cell")])
    }
}

/// The first and the last place with a level; all of them where there is none.
fn ends(side: usize, level: impl Fn(usize) -> f32) -> (usize, usize) {
    let shown = |at: &usize| level(*at) != 0.0;
    let (first, last) = ((0..side).find(shown), (0..side).rfind(shown));
    (first.unwrap_or(0), last.unwrap_or(side - 1))
}
