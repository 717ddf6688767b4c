//! Drawn faces, for tests that need no real one.

use image::{Rgb, RgbImage};

use crate::canvas::mix;

const WIDTH: u32 = 350;
const HEIGHT: u32 = 450;

/// The drawn face number `index`: skin and hair differ.
pub(super) fn face(index: usize) -> RgbImage {
    const SKINS: [Rgb<u8>; 3] = [Rgb([236, 200, 172]), Rgb([206, 160, 124]), Rgb([134, 92, 68])];
    const HAIRS: [Rgb<u8>; 3] = [Rgb([40, 30, 26]), Rgb([112, 76, 44]), Rgb([22, 22, 24])];
    let (skin, hair) = (SKINS[index % 3], HAIRS[(index / 2) % 3]);
    let long_hair = index.is_multiple_of(2);
    let darker = Rgb(skin.0.map(|c| (f32::from(c) * 0.82) as u8));
    let mut image = RgbImage::from_pixel(WIDTH, HEIGHT, Rgb([214, 222, 230]));
    let mut oval = |x: f32, y: f32, rx: f32, ry: f32, colour: Rgb<u8>| {
        ellipse(&mut image, [x, y, rx, ry], colour);
    };
    if long_hair {
        oval(175.0, 230.0, 122.0, 170.0, hair);
    }
    oval(175.0, 480.0, 170.0, 110.0, Rgb([52, 60, 84])); // shoulders
    oval(175.0, 355.0, 44.0, 70.0, darker); // neck
    oval(82.0, 222.0, 16.0, 30.0, darker); // ears
    oval(268.0, 222.0, 16.0, 30.0, darker);
    oval(175.0, 150.0, 104.0, 100.0, hair);
    oval(175.0, 222.0, 90.0, 122.0, skin);
    oval(175.0, 112.0, 84.0, 36.0, hair); // fringe
    for x in [138.0, 212.0] {
        oval(x, 206.0, 19.0, 10.0, Rgb([248, 248, 246]));
        oval(x, 206.0, 9.0, 9.5, Rgb([70, 48, 34]));
        oval(x, 206.0, 4.0, 4.5, Rgb([10, 10, 12]));
        oval(x, 183.0, 23.0, 5.0, hair);
    }
    oval(175.0, 246.0, 9.0, 26.0, darker); // nose
    oval(175.0, 262.0, 17.0, 9.0, darker);
    oval(175.0, 298.0, 34.0, 11.0, Rgb([172, 84, 80])); // mouth
    oval(175.0, 294.0, 34.0, 3.0, Rgb([120, 50, 50]));
    shaded(image)
}

fn ellipse(image: &mut RgbImage, [cx, cy, rx, ry]: [f32; 4], colour: Rgb<u8>) {
    let clamp = |value: f32, most: u32| value.clamp(0.0, most as f32) as u32;
    for y in clamp(cy - ry - 1.0, HEIGHT)..clamp(cy + ry + 2.0, HEIGHT) {
        for x in clamp(cx - rx - 1.0, WIDTH)..clamp(cx + rx + 2.0, WIDTH) {
            let (dx, dy) = ((x as f32 + 0.5 - cx) / rx, (y as f32 + 0.5 - cy) / ry);
            let edge = (1.0 - dx.hypot(dy)) * rx.min(ry);
            mix(image.get_pixel_mut(x, y), colour, (edge + 0.5).clamp(0.0, 1.0));
        }
    }
}

/// Light from the upper left.
fn shaded(mut image: RgbImage) -> RgbImage {
    for (x, y, pixel) in image.enumerate_pixels_mut() {
        let along = f32::midpoint(x as f32 / WIDTH as f32, y as f32 / HEIGHT as f32);
        let factor = 1.08 - 0.2 * along;
        *pixel = Rgb(pixel.0.map(|c| (f32::from(c) * factor).min(255.0) as u8));
    }
    image
}
