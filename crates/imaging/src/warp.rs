//! Flattening a quadrilateral of a picture into an upright rectangle, and cutting
//! out an upright one.

use image::RgbImage;

use crate::geometry::{Homography, Quad, Rect};

/// A picture of so many pixels is made by two threads, its halves side by side: 1.8 million took
/// one thread 60 ms (a development build).
const LARGE: usize = 300_000;

/// Flattens what lies inside `quad` into a picture of `width` × `height`
/// pixels, bilinear, the nearest pixel beyond the border. A degenerate quad
/// gives `None`.
///
/// For strong reduction shrink the source first: nothing is averaged here.
pub fn flatten(source: &RgbImage, quad: &Quad, width: u32, height: u32) -> Option<RgbImage> {
    if source.width() == 0 || source.height() == 0 {
        return None;
    }
    let target = Rect::new(0.0, 0.0, width as f32, height as f32).quad();
    let map = Homography::between(&target, quad)?;
    let m = map.coefficients().map(|v| v as f32);
    let mut out = RgbImage::new(width, height);
    let row = (width as usize * 3).max(1);
    let rows = |first: usize, lines: &mut [u8]| {
        for (y, line) in lines.chunks_exact_mut(row).enumerate() {
            let v = (first + y) as f32 + 0.5;
            for (x, pixel) in line.chunks_exact_mut(3).enumerate() {
                let u = x as f32 + 0.5;
                let w = m[6] * u + m[7] * v + m[8];
                let sx = (m[0] * u + m[1] * v + m[2]) / w - 0.5;
                let sy = (m[3] * u + m[4] * v + m[5]) / w - 0.5;
                sample(source, sx, sy, pixel);
            }
        }
    };
    if width as usize * (height as usize) < LARGE {
        rows(0, &mut out);
    } else {
        let half = height as usize / 2;
        let (upper, lower) = out.split_at_mut(half * row);
        std::thread::scope(|scope| {
            scope.spawn(|| rows(half, lower));
            rows(0, upper);
        });
    }
    Some(out)
}

/// The part of `source` that is `width` × `height` pixels from (x, y) on, as far as
/// it lies in the picture.
pub fn cropped(source: &RgbImage, x: u32, y: u32, width: u32, height: u32) -> RgbImage {
    let (x, y) = (x.min(source.width()), y.min(source.height()));
    let (width, height) = (width.min(source.width() - x), height.min(source.height() - y));
    let mut out = RgbImage::new(width, height);
    let (row, line) = (source.width() as usize * 3, width as usize * 3);
    let rows = source.as_raw().chunks_exact(row.max(1)).skip(y as usize);
    for (to, from) in out.chunks_exact_mut(line.max(1)).zip(rows) {
        to.copy_from_slice(&from[x as usize * 3..][..line]);
    }
    out
}

/// Writes the bilinear value at pixel-centre coordinates, clamped to the border,
/// to the three levels of `out`.
fn sample(source: &RgbImage, x: f32, y: f32, out: &mut [u8]) {
    let x = x.clamp(0.0, (source.width() - 1) as f32);
    let y = y.clamp(0.0, (source.height() - 1) as f32);
    let (x0, y0) = (x as u32, y as u32);
    let (x1, y1) = ((x0 + 1).min(source.width() - 1), (y0 + 1).min(source.height() - 1));
    let (fx, fy) = (x - x0 as f32, y - y0 as f32);
    let pixel = |x: u32, y: u32| -> &[u8] {
        let start = (y as usize * source.width() as usize + x as usize) * 3;
        &source.as_raw()[start..start + 3]
    };
    let (a, b, c, d) = (pixel(x0, y0), pixel(x1, y0), pixel(x0, y1), pixel(x1, y1));
    for i in 0..3 {
        let [a, b, c, d] = [a[i], b[i], c[i], d[i]].map(f32::from);
        let top = a + (b - a) * fx;
        let bottom = c + (d - c) * fx;
        out[i] = (top + (bottom - top) * fy + 0.5) as u8;
    }
}

#[cfg(test)]
mod tests {
    use image::Rgb;

    use super::*;

    #[test]
    fn flattening_the_whole_picture_at_its_own_size_changes_nothing() {
        let source = RgbImage::from_fn(7, 5, |x, y| Rgb([x as u8 * 30, y as u8 * 40, 9]));
        let quad = Rect::new(0.0, 0.0, 7.0, 5.0).quad();
        assert_eq!(flatten(&source, &quad, 7, 5).unwrap(), source);
    }

    #[test]
    fn a_large_picture_is_made_of_the_same_pixels_as_its_parts() {
        let source = RgbImage::from_fn(90, 70, |x, y| Rgb([x as u8, 3 * y as u8, (x * y) as u8]));
        let quad = Rect::new(5.0, 5.0, 80.0, 60.0).quad();
        let large = flatten(&source, &quad, 800, 601).unwrap();
        for (first, height) in [(0, 300), (300, 301)] {
            let (top, down) = (5.0 + 60.0 * first as f32 / 601.0, 60.0 * height as f32 / 601.0);
            let part = Rect::new(5.0, top, 80.0, down).quad();
            let part = flatten(&source, &part, 800, height).unwrap();
            let same = cropped(&large, 0, first, 800, height);
            let apart = part.iter().zip(same.iter()).map(|(a, b)| a.abs_diff(*b)).max();
            assert!(apart <= Some(1), "{apart:?} from row {first} on");
        }
    }

    #[test]
    fn a_part_is_cut_out_as_far_as_it_lies_in_the_picture() {
        let source = RgbImage::from_fn(7, 5, |x, y| Rgb([x as u8, y as u8, 9]));
        for (x, y, width, height) in [(0, 0, 7, 5), (2, 1, 3, 2), (5, 3, 9, 9), (9, 9, 1, 1)] {
            let expected = image::imageops::crop_imm(&source, x, y, width, height).to_image();
            assert_eq!(cropped(&source, x, y, width, height), expected);
        }
    }

    #[test]
    fn flattening_a_turned_quad_turns_the_picture() {
        let source = RgbImage::from_fn(4, 2, |x, y| Rgb([x as u8 * 50, y as u8 * 90, 0]));
        let quad = Rect::new(0.0, 0.0, 4.0, 2.0).quad().turned(1);
        let turned = flatten(&source, &quad, 2, 4).unwrap();
        assert_eq!(turned, image::imageops::rotate270(&source));
    }
}
