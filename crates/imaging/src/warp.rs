//! Flattening a quadrilateral of a picture into an upright rectangle.

use image::{Rgb, RgbImage};

use crate::geometry::{Homography, Quad, Rect};

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
    for y in 0..height {
        let v = y as f32 + 0.5;
        for x in 0..width {
            let u = x as f32 + 0.5;
            let w = m[6] * u + m[7] * v + m[8];
            let sx = (m[0] * u + m[1] * v + m[2]) / w - 0.5;
            let sy = (m[3] * u + m[4] * v + m[5]) / w - 0.5;
            out.put_pixel(x, y, sample(source, sx, sy));
        }
    }
    Some(out)
}

/// The bilinear value at pixel-centre coordinates, clamped to the border.
fn sample(source: &RgbImage, x: f32, y: f32) -> Rgb<u8> {
    let x = x.clamp(0.0, (source.width() - 1) as f32);
    let y = y.clamp(0.0, (source.height() - 1) as f32);
    let (x0, y0) = (x as u32, y as u32);
    let (x1, y1) = ((x0 + 1).min(source.width() - 1), (y0 + 1).min(source.height() - 1));
    let (fx, fy) = (x - x0 as f32, y - y0 as f32);
    let [a, b] = [source.get_pixel(x0, y0), source.get_pixel(x1, y0)];
    let [c, d] = [source.get_pixel(x0, y1), source.get_pixel(x1, y1)];
    let mut out = [0; 3];
    for (i, value) in out.iter_mut().enumerate() {
        let top = f32::from(a[i]) + (f32::from(b[i]) - f32::from(a[i])) * fx;
        let bottom = f32::from(c[i]) + (f32::from(d[i]) - f32::from(c[i])) * fx;
        *value = (top + (bottom - top) * fy + 0.5) as u8;
    }
    Rgb(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn flattening_the_whole_picture_at_its_own_size_changes_nothing() {
        let source = RgbImage::from_fn(7, 5, |x, y| Rgb([x as u8 * 30, y as u8 * 40, 9]));
        let quad = Rect::new(0.0, 0.0, 7.0, 5.0).quad();
        assert_eq!(flatten(&source, &quad, 7, 5).unwrap(), source);
    }

    #[test]
    fn flattening_a_turned_quad_turns_the_picture() {
        let source = RgbImage::from_fn(4, 2, |x, y| Rgb([x as u8 * 50, y as u8 * 90, 0]));
        let quad = Rect::new(0.0, 0.0, 4.0, 2.0).quad().turned(1);
        let turned = flatten(&source, &quad, 2, 4).unwrap();
        assert_eq!(turned, image::imageops::rotate270(&source));
    }
}
