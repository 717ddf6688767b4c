//! Overlapping parts of a picture, on which small faces are large enough.

use image::RgbImage;
use imaging::{Point, Rect};

use super::detection::Detection;

/// Neighbouring tiles share this part of their side, so that a face of a
/// quarter of the tile lies whole on one of them.
const OVERLAP: f32 = 0.3;

/// A face this near an inner edge of its tile, in tile sides, may be cut by
/// it; it lies whole on the next tile.
const EDGE: f32 = 0.02;

/// A part of a picture, in whole pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Tile {
    left: u32,
    top: u32,
    width: u32,
    height: u32,
}

impl Tile {
    pub fn is_whole(self, picture: &RgbImage) -> bool {
        (self.width, self.height) == picture.dimensions()
    }

    pub fn cut(self, picture: &RgbImage) -> RgbImage {
        image::imageops::crop_imm(picture, self.left, self.top, self.width, self.height).to_image()
    }

    /// Whether an edge of this tile inside `picture` may cut through `bounds`,
    /// which are in pixels of the tile.
    pub fn cuts(self, bounds: Rect, picture: &RgbImage) -> bool {
        let (width, height) = (self.width as f32, self.height as f32);
        let margin = EDGE * width.max(height);
        self.left > 0 && bounds.x < margin
            || self.top > 0 && bounds.y < margin
            || self.left + self.width < picture.width() && bounds.x + bounds.width > width - margin
            || self.top + self.height < picture.height()
                && bounds.y + bounds.height > height - margin
    }

    /// `detection`, in pixels of the tile, in pixels of the picture.
    pub fn to_picture(self, detection: Detection) -> Detection {
        let (x, y) = (self.left as f32, self.top as f32);
        let moved = |p: Point| Point::new(p.x + x, p.y + y);
        let Rect { width, height, .. } = detection.bounds;
        Detection {
            bounds: Rect::new(detection.bounds.x + x, detection.bounds.y + y, width, height),
            left_eye: moved(detection.left_eye),
            right_eye: moved(detection.right_eye),
            ..detection
        }
    }
}

/// Squares of a `level`th of the longer side that cover a picture of
/// `width` × `height` pixels with overlap, cut to the picture; level 1 is the
/// whole picture.
pub(super) fn tiles(width: u32, height: u32, level: u32) -> Vec<Tile> {
    let side = width.max(height).div_ceil(level.max(1));
    let mut tiles = Vec::new();
    for top in starts(height, side) {
        for left in starts(width, side) {
            tiles.push(Tile { left, top, width: side.min(width), height: side.min(height) });
        }
    }
    tiles
}

/// Where pieces of `side` pixels start so that they cover `length` evenly.
fn starts(length: u32, side: u32) -> Vec<u32> {
    let rest = length.saturating_sub(side);
    let step = side as f32 * (1.0 - OVERLAP);
    if rest == 0 || step < 1.0 {
        return vec![0];
    }
    let steps = (rest as f32 / step).ceil() as u32;
    (0..=steps).map(|i| (u64::from(rest) * u64::from(i) / u64::from(steps)) as u32).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn level_one_is_the_whole_picture() {
        let tiles = tiles(300, 200, 1);
        assert_eq!(tiles, [Tile { left: 0, top: 0, width: 300, height: 200 }]);
    }

    #[test]
    fn a_face_across_an_inner_edge_is_left_to_the_next_tile() {
        let picture = RgbImage::new(200, 100);
        let tile = Tile { left: 0, top: 0, width: 100, height: 100 };
        let cases = [
            ("inside", Rect::new(40.0, 40.0, 20.0, 20.0), false),
            ("across the inner right edge", Rect::new(85.0, 40.0, 20.0, 20.0), true),
            ("across the picture's own left edge", Rect::new(-5.0, 40.0, 20.0, 20.0), false),
        ];
        for (name, bounds, cut) in cases {
            assert_eq!(tile.cuts(bounds, &picture), cut, "{name}");
        }
    }

    proptest! {
        #[test]
        fn a_box_of_a_quarter_tile_lies_whole_on_some_tile(
            width in 64_u32..4000, height in 64_u32..4000, level in 1_u32..4,
            x in 0.0_f32..1.0, y in 0.0_f32..1.0,
        ) {
            let side = width.max(height).div_ceil(level);
            let size = side.min(width).min(height) / 4;
            let x = (x * (width - size) as f32) as u32;
            let y = (y * (height - size) as f32) as u32;
            let holds = |t: &Tile| {
                t.left <= x && t.top <= y && x + size <= t.left + t.width && y + size <= t.top + t.height
            };
            prop_assert!(tiles(width, height, level).iter().any(holds));
            prop_assert!(tiles(width, height, level).len() <= 36);
        }
    }
}
