//! The cells of each document.

use std::collections::VecDeque;

use imaging::{Quad, Rect};

use super::canvas::{CELLS, Maps};

/// A cell belongs to a document from this probability on.
pub(super) const LEVEL: f32 = 0.5;
/// Fewer cells than this well inside a document are noise.
const MIN_CORE: usize = 3;

/// The cells of one document: `true` where one is its own, row by row.
pub(super) type Region = Vec<bool>;

/// The cells of each document, those with a probability over `level`. What is
/// well inside grows until it meets what another document has taken.
pub(super) fn split(maps: &Maps, level: f32) -> Vec<Region> {
    let mut owner = vec![None; CELLS * CELLS];
    let mut queue = VecDeque::new();
    let mut count = 0;
    for start in 0..CELLS * CELLS {
        if maps.core[start] <= level || owner[start].is_some() {
            continue;
        }
        let members = connected(&maps.core, start, &owner, level);
        if members.len() >= MIN_CORE {
            for &cell in &members {
                owner[cell] = Some(count);
            }
            queue.extend(members);
            count += 1;
        }
    }
    while let Some(cell) = queue.pop_front() {
        for next in neighbours(cell) {
            if owner[next].is_none() && maps.inside[next] > level {
                owner[next] = owner[cell];
                queue.push_back(next);
            }
        }
    }
    (0..count).map(|index| owner.iter().map(|of| *of == Some(index)).collect()).collect()
}

/// The box around a region of at least one cell, in cells.
pub(super) fn bounds(region: &Region) -> Quad {
    let cells = || region.iter().enumerate().filter(|(_, own)| **own).map(|(cell, _)| cell);
    let (x0, y0) = (cells().map(|c| c % CELLS).min(), cells().map(|c| c / CELLS).min());
    let (x1, y1) = (cells().map(|c| c % CELLS).max(), cells().map(|c| c / CELLS).max());
    let [x0, y0, x1, y1] = [x0, y0, x1, y1].map(|edge| edge.unwrap_or(0) as f32);
    Rect::new(x0, y0, x1 + 1.0 - x0, y1 + 1.0 - y0).quad()
}

/// The cells above the level that hang together with `start`.
fn connected(map: &[f32], start: usize, taken: &[Option<usize>], level: f32) -> Vec<usize> {
    let mut seen = vec![false; CELLS * CELLS];
    seen[start] = true;
    let mut members = vec![start];
    let mut next = 0;
    while next < members.len() {
        for cell in neighbours(members[next]) {
            if !seen[cell] && taken[cell].is_none() && map[cell] > level {
                seen[cell] = true;
                members.push(cell);
            }
        }
        next += 1;
    }
    members
}

/// The cells beside `cell`, above and below.
fn neighbours(cell: usize) -> impl Iterator<Item = usize> {
    let (x, y) = (cell % CELLS, cell / CELLS);
    [
        (x > 0).then(|| cell - 1),
        (x + 1 < CELLS).then_some(cell + 1),
        (y > 0).then(|| cell - CELLS),
        (y + 1 < CELLS).then_some(cell + CELLS),
    ]
    .into_iter()
    .flatten()
}
