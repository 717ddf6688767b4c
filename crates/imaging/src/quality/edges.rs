//! How blurred print is.

use image::RgbImage;

use super::levels::{Histogram, luminance};

/// How blurred the edges of a picture are: the standard deviation, in pixels,
/// of the Gaussian that would make a step as soft as they are.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Blur {
    /// Along rows.
    pub across: f32,
    /// Along columns.
    pub down: f32,
    /// How many edges there are along rows: print has several in each.
    pub edges: usize,
}

impl Blur {
    /// The worse direction: a camera that moved blurs along its way only.
    pub fn worst(self) -> f32 {
        self.across.max(self.down)
    }
}

/// An edge counts when it spans this share of the contrast of the picture:
/// less is background pattern and noise.
const EDGE_SHARE: f32 = 0.4;

/// Fewer levels between ink and paper drown in noise.
const LEAST_CONTRAST: f32 = 14.0;

/// Fewer edges along rows or columns tell nothing.
const LEAST_EDGES: usize = 12;

/// The steepest part of a step of height 1, blurred by a Gaussian of deviation
/// 1, rises by so much a pixel: 1 / √(2π).
const STEEPEST: f32 = 0.398_942;

/// Measures the edges between dark and light in a picture of print, such as
/// one line of text. `None` where there is too little contrast, or there are
/// too few edges, to tell.
pub fn blur(print: &RgbImage) -> Option<Blur> {
    let (width, height) = (print.width() as usize, print.height() as usize);
    let levels: Vec<u8> = print.pixels().map(luminance).collect();
    let histogram = Histogram::of(levels.iter().copied());
    let contrast = f32::from(histogram.percentile(0.98)) - f32::from(histogram.percentile(0.02));
    if contrast < LEAST_CONTRAST {
        return None;
    }
    let least = EDGE_SHARE * contrast;
    let mut rows = Vec::new();
    for row in levels.chunks_exact(width) {
        softness(row.iter().copied(), least, &mut rows);
    }
    let mut columns = Vec::new();
    for x in 0..width {
        softness((0..height).map(|y| levels[y * width + x]), least, &mut columns);
    }
    let edges = rows.len();
    Some(Blur { across: typical(&mut rows)?, down: typical(&mut columns)?, edges })
}

/// The height, in pixels, of the band of ink that one line of print makes; 0
/// where there is too little contrast to tell.
pub fn ink_height(line: &RgbImage) -> f32 {
    let width = line.width().max(1) as usize;
    let levels: Vec<u8> = line.pixels().map(luminance).collect();
    let mean = |row: &[u8]| row.iter().map(|level| f32::from(*level)).sum::<f32>() / width as f32;
    let rows: Vec<f32> = levels.chunks_exact(width).map(mean).collect();
    let (Some(paper), Some(ink)) =
        (rows.iter().copied().reduce(f32::max), rows.iter().copied().reduce(f32::min))
    else {
        return 0.0;
    };
    // Light print on a dark ground makes a light band.
    let edge = [rows[0], rows[rows.len() - 1]];
    let dark_ground = edge.iter().sum::<f32>() < paper + ink;
    let half = f32::midpoint(paper, ink);
    let inked = |row: &f32| if dark_ground { *row > half } else { *row < half };
    match (rows.iter().position(inked), rows.iter().rposition(inked)) {
        (Some(top), Some(bottom)) if paper - ink >= LEAST_CONTRAST / 4.0 => {
            (bottom + 1 - top) as f32
        }
        _ => 0.0,
    }
}

/// Adds the softness of every rise and fall of `least` levels or more along
/// `line`: its height over its steepest part.
fn softness(line: impl Iterator<Item = u8>, least: f32, found: &mut Vec<f32>) {
    let line: Vec<f32> = line.map(f32::from).collect();
    let Some(&first) = line.first() else { return };
    // The extreme that the next edge starts from, and the furthest point since.
    let (mut start, mut far) = ((0, first), (0, first));
    let mut rising = None::<bool>;
    for (at, &level) in line.iter().enumerate() {
        let further = match rising {
            Some(true) => level >= far.1,
            Some(false) => level <= far.1,
            None => (level - start.1).abs() >= (far.1 - start.1).abs(),
        };
        if further {
            far = (at, level);
        }
        if rising.is_none() && (far.1 - start.1).abs() >= least {
            rising = Some(far.1 > start.1);
        }
        let turned = (far.1 - level).abs() >= least && rising.is_some();
        if turned {
            found.extend(step(&line[start.0..=far.0]));
            (start, far) = (far, (at, level));
            rising = rising.map(|up| !up);
        }
    }
    if rising.is_some() {
        found.extend(step(&line[start.0..=far.0]));
    }
}

/// The deviation of the Gaussian that makes a step as soft as this one.
fn step(edge: &[f32]) -> Option<f32> {
    let rise = (edge.last()? - edge.first()?).abs();
    let steepest = edge.windows(2).map(|w| (w[1] - w[0]).abs()).fold(0.0, f32::max);
    (steepest > 0.0).then(|| STEEPEST * rise / steepest)
}

/// The upper quartile: where blur is wide, thin strokes melt and their edges look
/// no softer than they are thick; those of thick ones and of whole words do.
fn typical(values: &mut [f32]) -> Option<f32> {
    if values.len() < LEAST_EDGES {
        return None;
    }
    let upper = values.len() * 3 / 4;
    Some(*values.select_nth_unstable_by(upper, f32::total_cmp).1)
}

#[cfg(test)]
mod tests {
    use image::Rgb;

    use super::*;

    /// Bars of 12 pixels, blurred along rows by a Gaussian of deviation `sigma`.
    fn bars(sigma: f32) -> RgbImage {
        let cumulated = |x: f32| 1.0 / (1.0 + (-1.702 * x).exp());
        RgbImage::from_fn(240, 24, |x, y| {
            let at = x as f32 % 24.0 - 6.0;
            let edges = cumulated(at / sigma) - cumulated((at - 12.0) / sigma);
            let row = if (6..18).contains(&y) { 1.0 } else { 0.0 };
            Rgb([(220.0 - 190.0 * edges * row) as u8; 3])
        })
    }

    #[test]
    fn the_deviation_of_a_blurred_edge_is_found_in_its_direction() {
        for sigma in [1.0, 1.5, 2.5] {
            let blur = blur(&bars(sigma)).unwrap();
            assert!((blur.across - sigma).abs() < 0.2 * sigma, "{sigma}: {blur:?}");
            assert!(blur.down < 0.5, "{blur:?}");
        }
    }

    #[test]
    fn a_blank_page_tells_nothing() {
        assert_eq!(blur(&RgbImage::from_pixel(200, 30, Rgb([200; 3]))), None);
        assert_eq!(blur(&RgbImage::new(0, 0)), None);
    }
}
