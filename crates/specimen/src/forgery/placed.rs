//! Drawing over a quadrilateral of a photograph.

use image::RgbImage;
use imageproc::geometric_transformations::Projection;

use crate::canvas::mix;
use crate::truth::Quad;

/// The pixels of `image` that `quad` covers, with where on it each lies: (0, 0) its first
/// corner, (1, 1) its third.
pub(super) fn pixels(image: &RgbImage, quad: &Quad) -> Vec<([u32; 2], [f32; 2])> {
    let corners = quad.0.map(|[x, y]| (x, y));
    let unit = [(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0)];
    let Some(flat) = Projection::from_control_points(corners, unit) else { return Vec::new() };
    let [left, top, right, bottom] = quad.bounds().map(|value| value.max(0.0));
    let columns = left as u32..(right.ceil() as u32).min(image.width());
    let rows = top as u32..(bottom.ceil() as u32).min(image.height());
    let all = rows.flat_map(|y| columns.clone().map(move |x| [x, y]));
    all.filter_map(|at| {
        let (u, v) = flat * (at[0] as f32 + 0.5, at[1] as f32 + 0.5);
        ((0.0..=1.0).contains(&u) && (0.0..=1.0).contains(&v)).then_some((at, [u, v]))
    })
    .collect()
}

/// Lays `picture` over `quad`, its edges as soft as `feather`, a share of the quad.
pub(super) fn overlay(image: &mut RgbImage, quad: &Quad, picture: &RgbImage, feather: f32) {
    let size = [picture.width() as f32, picture.height() as f32];
    for ([x, y], [u, v]) in pixels(image, quad) {
        let at = [u * size[0] - 0.5, v * size[1] - 0.5];
        let at = [at[0].clamp(0.0, size[0] - 1.001), at[1].clamp(0.0, size[1] - 1.001)];
        let Some(seen) = image::imageops::interpolate_bilinear(picture, at[0], at[1]) else {
            continue;
        };
        let inside = u.min(1.0 - u).min(v).min(1.0 - v);
        mix(image.get_pixel_mut(x, y), seen, (inside / feather.max(1e-6)).clamp(0.0, 1.0));
    }
}
