//! Blur: focus, movement, and the softness of every lens.

use image::RgbImage;

use super::compose::Shot;
use super::fault::Fault;

/// Deviation in pixels of a sharp phone lens with its demosaicing.
const SOFTNESS: f32 = 0.55;

pub(super) fn blur(image: &mut RgbImage, shot: &mut Shot) {
    let pixels_per_mm = shot.pixels_per_mm();
    let mut variance = SOFTNESS * SOFTNESS;
    for fault in shot.scene.faults.clone() {
        match &fault {
            Fault::Blur { sigma_mm } => variance += (sigma_mm * pixels_per_mm).powi(2),
            Fault::MotionBlur { length_mm, angle } => {
                smear(image, length_mm * pixels_per_mm, angle.to_radians());
            }
            _ => continue,
        }
        shot.plant(&fault, None);
    }
    gaussian(image, variance.sqrt());
}

/// Gaussian blur of deviation `sigma` pixels, edges repeated. Wide ones are
/// three passes of a box, which differ from a Gaussian by less than 3 %.
pub(super) fn gaussian(image: &mut RgbImage, sigma: f32) {
    const WIDEST_KERNEL: f32 = 3.0;
    if sigma < 0.1 {
        return;
    }
    if sigma <= WIDEST_KERNEL {
        let reach = (sigma * 2.6).ceil() as usize;
        let weights: Vec<f32> = (0..=2 * reach)
            .map(|i| (-0.5 * ((i as f32 - reach as f32) / sigma).powi(2)).exp())
            .collect();
        separable(image, &weights);
    } else {
        // Three boxes of width w have the variance of one Gaussian: 3 (w² − 1) / 12.
        let width = (4.0 * sigma * sigma + 1.0).sqrt().round() as usize | 1;
        for _ in 0..3 {
            box_rows(image, width);
            box_columns(image, width);
        }
    }
}

/// Applies the odd-length kernel `weights` along rows and columns, in 16-bit fixed point.
fn separable(image: &mut RgbImage, weights: &[f32]) {
    let sum: f32 = weights.iter().sum();
    let fixed: Vec<u32> = weights.iter().map(|w| (w / sum * 65_536.0).round() as u32).collect();
    let reach = fixed.len() / 2;
    let (width, height) = (image.width() as usize, image.height() as usize);
    let stride = width * 3;
    let source = image.as_raw().clone();
    // Columns first, whole rows at a time.
    let mut middle = vec![0_u8; source.len()];
    let mut totals = vec![0_u32; stride];
    for y in 0..height {
        totals.fill(32_768);
        for (k, weight) in fixed.iter().enumerate() {
            let row = (y + k).saturating_sub(reach).min(height - 1) * stride;
            for (total, value) in totals.iter_mut().zip(&source[row..row + stride]) {
                *total += u32::from(*value) * weight;
            }
        }
        for (value, total) in middle[y * stride..(y + 1) * stride].iter_mut().zip(&totals) {
            *value = (total >> 16).min(255) as u8;
        }
    }
    // Rows: a padded copy lets every tap be a shifted slice.
    let mut padded = vec![0_u8; stride + 6 * reach];
    for (row, out) in middle.chunks_exact(stride).zip(image.chunks_exact_mut(stride)) {
        for pixel in 0..width + 2 * reach {
            let from = pixel.saturating_sub(reach).min(width - 1) * 3;
            padded[pixel * 3..pixel * 3 + 3].copy_from_slice(&row[from..from + 3]);
        }
        totals.fill(32_768);
        for (k, weight) in fixed.iter().enumerate() {
            for (total, value) in totals.iter_mut().zip(&padded[k * 3..]) {
                *total += u32::from(*value) * weight;
            }
        }
        for (value, total) in out.iter_mut().zip(&totals) {
            *value = (total >> 16).min(255) as u8;
        }
    }
}

fn box_rows(image: &mut RgbImage, width: usize) {
    let (columns, reach) = (image.width() as usize, width / 2);
    let mut row_copy = vec![0_u8; columns * 3];
    for row in image.chunks_exact_mut(columns * 3) {
        row_copy.copy_from_slice(row);
        let at = |x: isize, channel: usize| {
            u32::from(row_copy[x.clamp(0, columns as isize - 1) as usize * 3 + channel])
        };
        for channel in 0..3 {
            let mut total: u32 = (-(reach as isize)..=reach as isize).map(|x| at(x, channel)).sum();
            for x in 0..columns {
                row[x * 3 + channel] = ((total + width as u32 / 2) / width as u32) as u8;
                let x = x as isize;
                total += at(x + reach as isize + 1, channel);
                total -= at(x - reach as isize, channel);
            }
        }
    }
}

fn box_columns(image: &mut RgbImage, width: usize) {
    let (rows, stride, reach) = (image.height() as usize, image.width() as usize * 3, width / 2);
    let source = image.as_raw().clone();
    let row = |y: isize| {
        let start = y.clamp(0, rows as isize - 1) as usize * stride;
        &source[start..start + stride]
    };
    let mut totals = vec![0_u32; stride];
    for y in -(reach as isize)..=reach as isize {
        for (total, value) in totals.iter_mut().zip(row(y)) {
            *total += u32::from(*value);
        }
    }
    for (y, out) in image.chunks_exact_mut(stride).enumerate() {
        for (value, total) in out.iter_mut().zip(&totals) {
            *value = ((total + width as u32 / 2) / width as u32) as u8;
        }
        let y = y as isize;
        let (enter, leave) = (row(y + reach as isize + 1), row(y - reach as isize));
        for ((total, enter), leave) in totals.iter_mut().zip(enter).zip(leave) {
            *total = *total + u32::from(*enter) - u32::from(*leave);
        }
    }
}

/// The mean along a line of `length` pixels in the direction `angle` (radians).
fn smear(image: &mut RgbImage, length: f32, angle: f32) {
    let taps = (length.round() as i32).clamp(1, 255);
    if taps < 2 {
        return;
    }
    let (width, height) = (image.width() as i32, image.height() as i32);
    let source = image.clone();
    let stride = width as usize * 3;
    let mut totals = vec![0_u32; stride];
    for y in 0..height {
        totals.fill(taps as u32 / 2);
        for tap in 0..taps {
            let along = tap as f32 - (taps - 1) as f32 / 2.0;
            let (dx, dy) =
                ((along * angle.cos()).round() as i32, (along * angle.sin()).round() as i32);
            let row = (y + dy).clamp(0, height - 1) as usize * stride;
            let row = &source.as_raw()[row..row + stride];
            for x in 0..width {
                let from = (x + dx).clamp(0, width - 1) as usize * 3;
                for channel in 0..3 {
                    totals[x as usize * 3 + channel] += u32::from(row[from + channel]);
                }
            }
        }
        let start = y as usize * stride;
        for (value, total) in image.as_mut()[start..start + stride].iter_mut().zip(&totals) {
            *value = (total / taps as u32) as u8;
        }
    }
}
