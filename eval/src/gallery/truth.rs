//! The plain exact scan: every vector against every query.

use std::fs::File;
use std::io::{BufReader, BufWriter, Read, Write};
use std::path::Path;

use anyhow::{Context, Result};
use nalgebra::DMatrix;

use super::{DIMENSION, Vector};

/// The nearest that are compared.
pub const NEAREST: usize = 10;

/// How far a squared distance may be off in single precision, amply.
const UNSURE: f64 = 1e-4;

/// Vectors that are scanned at once.
const BLOCK: usize = 2048;

/// Writes vectors as raw 32-bit floats, little end first.
pub fn write(path: &Path, vectors: impl Iterator<Item = Vector>) -> Result<()> {
    let file = File::create(path).with_context(|| format!("writing {}", path.display()))?;
    let mut file = BufWriter::with_capacity(1 << 20, file);
    for vector in vectors {
        let bytes: Vec<u8> = vector.iter().flat_map(|value| value.to_le_bytes()).collect();
        file.write_all(&bytes)?;
    }
    Ok(file.flush()?)
}

/// Reads what [`write()`] wrote; it ends where the file does.
pub fn read(path: &Path) -> Result<impl Iterator<Item = Vector>> {
    let file = File::open(path).with_context(|| format!("reading {}", path.display()))?;
    let mut file = BufReader::with_capacity(1 << 20, file);
    Ok(std::iter::from_fn(move || {
        let mut bytes = vec![0; 4 * DIMENSION];
        file.read_exact(&mut bytes).ok()?;
        let (values, _) = bytes.as_chunks::<4>();
        Some(values.iter().map(|value| f32::from_le_bytes(*value)).collect())
    }))
}

/// Of each query the numbers of the nearest vectors in the file at `path`, the
/// nearest first. Vectors and queries all have one length, so that the greatest
/// product is the least distance.
pub fn nearest(path: &Path, queries: &[Vector]) -> Result<Vec<Vec<u64>>> {
    let rows = DMatrix::from_fn(queries.len(), DIMENSION, |row, column| queries[row][column]);
    let mut best: Vec<Vec<(f64, u64)>> = vec![Vec::new(); queries.len()];
    let mut vectors = read(path)?;
    let mut first = 0;
    loop {
        let block: Vec<Vector> = vectors.by_ref().take(BLOCK).collect();
        if block.is_empty() {
            break;
        }
        let columns = DMatrix::from_fn(DIMENSION, block.len(), |row, column| block[column][row]);
        let products = &rows * columns;
        for (query, best) in best.iter_mut().enumerate() {
            let bound = best.get(NEAREST - 1).map_or(f64::INFINITY, |worst| worst.0);
            for (column, vector) in block.iter().enumerate() {
                let about = 2.0 * (length_squared() - f64::from(products[(query, column)]));
                if about < bound + UNSURE {
                    let exact = squared(&queries[query], vector);
                    let place = best.partition_point(|kept| kept.0 < exact);
                    best.insert(place, (exact, first + column as u64));
                    best.truncate(NEAREST);
                }
            }
        }
        first += block.len() as u64;
    }
    let numbers = |best: Vec<(f64, u64)>| best.into_iter().map(|(_, number)| number).collect();
    Ok(best.into_iter().map(numbers).collect())
}

/// Squared length of an embedding.
fn length_squared() -> f64 {
    1.0 + 0.7 * 0.7
}

fn squared(a: &[f32], b: &[f32]) -> f64 {
    a.iter().zip(b).map(|(a, b)| f64::from(a - b).powi(2)).sum()
}
