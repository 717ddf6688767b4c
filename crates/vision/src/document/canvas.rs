//! The network's input and output.

use image::RgbImage;
use imaging::Point;
use imaging::resize::{Filter, resized};
use inference::{InferenceError, Model, Tensor};

/// Side of the network's input, pixels.
pub(super) const SIDE: u32 = 192;
/// The picture's longer side on it. What is left around lets the network say
/// how far a document goes on beyond the frame.
const PICTURE: u32 = 160;
/// Side of each map, cells.
pub(super) const CELLS: usize = 48;
/// Canvas pixels for one cell.
const STEP: f32 = SIDE as f32 / CELLS as f32;

/// A picture shrunk into the middle of the network's input.
pub(super) struct Canvas {
    pub tensor: Tensor,
    /// Canvas pixels for one of the picture's, across and down.
    scale: (f32, f32),
    left: f32,
    top: f32,
}

impl Canvas {
    /// The canvas of a picture of at least one pixel.
    pub fn of(picture: &RgbImage) -> Self {
        let longer = picture.width().max(picture.height()) as f32;
        let fitted =
            |side: u32| ((side as f32 * PICTURE as f32 / longer).round() as u32).clamp(1, PICTURE);
        let (width, height) = (fitted(picture.width()), fitted(picture.height()));
        let small = resized(picture, width, height, Filter::Bilinear);
        let (left, top) = ((SIDE - width) / 2, (SIDE - height) / 2);
        let plane = (SIDE * SIDE) as usize;
        // Nothing stands for 0, the grey of level 128.
        let mut values = vec![0.0; 3 * plane];
        for (x, y, pixel) in small.enumerate_pixels() {
            let at = ((y + top) * SIDE + x + left) as usize;
            for (channel, &level) in pixel.0.iter().enumerate() {
                values[channel * plane + at] = (f32::from(level) - 128.0) / 64.0;
            }
        }
        let side = SIDE as usize;
        let tensor = Tensor::new(vec![1, 3, side, side], values).expect("three values a pixel");
        let scale =
            (width as f32 / picture.width() as f32, height as f32 / picture.height() as f32);
        Self { tensor, scale, left: left as f32, top: top as f32 }
    }

    /// Where a point of the maps, in cells, lies in the picture, in pixels.
    pub fn to_picture(&self, cells: Point) -> Point {
        let (x, y) = (cells.x * STEP - self.left, cells.y * STEP - self.top);
        Point::new(x / self.scale.0, y / self.scale.1)
    }

    /// Picture pixels for one cell.
    pub fn pixels_per_cell(&self) -> f32 {
        STEP / self.scale.0.min(self.scale.1)
    }
}

/// What the network says of each cell, as probabilities, row by row.
pub(super) struct Maps {
    /// That the cell belongs to a document.
    pub inside: Vec<f32>,
    /// That it lies well inside one: what keeps neighbours apart.
    pub core: Vec<f32>,
}

impl Maps {
    /// Reads the output of `model`: logits of inside, core and edge.
    pub fn of(outputs: Vec<Tensor>, model: &dyn Model) -> Result<Self, InferenceError> {
        let wanted = [1, 3, CELLS, CELLS];
        let shape: Vec<_> = outputs.iter().map(|output| output.shape().to_vec()).collect();
        let maps = outputs.into_iter().find(|output| output.shape() == wanted);
        let maps = maps.ok_or_else(|| InferenceError::Output {
            role: model.card().role,
            output: "maps".to_owned(),
            problem: format!("expected the shape {wanted:?}, got {shape:?}"),
        })?;
        let chances: Vec<f32> = maps.data().iter().map(|&logit| chance(logit)).collect();
        let (inside, rest) = chances.split_at(CELLS * CELLS);
        Ok(Self { inside: inside.to_vec(), core: rest[..CELLS * CELLS].to_vec() })
    }
}

/// The probability of a logit; what is no number is improbable.
fn chance(logit: f32) -> f32 {
    if logit.is_nan() { 0.0 } else { 1.0 / (1.0 + (-logit).exp()) }
}
