//! PDF417 barcodes (ISO/IEC 15438), as North American licences bear them.

use std::panic::{AssertUnwindSafe, catch_unwind};

use image::RgbImage;
use image::imageops::grayscale;
use imaging::resize::{Filter, fit_within};
use rxing::common::HybridBinarizer;
use rxing::pdf417::PDF417Reader;
use rxing::{BinaryBitmap, Luma8LuminanceSource, Reader};

/// Longer sides, in pixels, at which a barcode is looked for, in this order. A guess, of
/// which eight tuning photographs of licences were read whole; not chosen by measurement.
const SIDES: [u32; 3] = [1600, 2400, 1000];

/// The text of the PDF417 barcode in `picture`, turned by any number of quarter
/// turns and about as upright as a document in a flat view of it.
///
/// `None` when there is none that its own error correction makes whole: what comes
/// back is what was encoded.
pub fn pdf417(picture: &RgbImage) -> Option<String> {
    let longer = picture.width().max(picture.height());
    let mut sides: Vec<u32> = SIDES.into_iter().filter(|side| *side < longer).collect();
    if longer <= SIDES[1] {
        sides.insert(0, longer);
    }
    sides.into_iter().find_map(|side| {
        let fitted = fit_within(picture, side, Filter::Area);
        decoded(&fitted.image)
    })
}

fn decoded(picture: &RgbImage) -> Option<String> {
    let grey = grayscale(picture);
    let (width, height) = grey.dimensions();
    let decode = || {
        let source = Luma8LuminanceSource::new(grey.into_raw(), width, height).ok()?;
        let mut bitmap = BinaryBitmap::new(HybridBinarizer::new(source));
        let found = PDF417Reader::new().decode(&mut bitmap).ok()?;
        Some(found.getText().to_owned())
    };
    // The library indexes as it goes; on a picture that breaks it there is no barcode.
    catch_unwind(AssertUnwindSafe(decode)).ok().flatten()
}

#[cfg(test)]
mod tests {
    use image::imageops::{rotate90, rotate180};
    use specimen::{Document, Face, Fonts, Kind, Order, Portraits, Side};

    use super::*;

    fn back(seed: u64) -> Side {
        let order = Order::new(Kind::AamvaLicence, (seed % 3) as u8, seed);
        let portraits = Portraits::drawn();
        let document =
            Document::generate(&Fonts::find().unwrap(), &order, &portraits.of(seed).document);
        document.sides.into_iter().find(|side| side.truth.side == Face::Back).unwrap()
    }

    #[test]
    fn what_is_encoded_comes_back_whichever_way_up() {
        for seed in 0..3 {
            let side = back(seed);
            let encoded = side.truth.barcode.unwrap().text;
            assert_eq!(pdf417(&side.image).as_deref(), Some(encoded.as_str()));
            for turned in [rotate90(&side.image), rotate180(&side.image)] {
                assert_eq!(pdf417(&turned).as_deref(), Some(encoded.as_str()));
            }
        }
    }

    #[test]
    fn a_picture_without_one_gives_none() {
        let stripes = RgbImage::from_fn(900, 600, |x, y| {
            image::Rgb([if (x / 3 + x * x / 700 + y / 40) % 2 == 0 { 20 } else { 240 }; 3])
        });
        for picture in [RgbImage::new(0, 0), RgbImage::new(1, 40), RgbImage::new(640, 480), stripes]
        {
            assert_eq!(pdf417(&picture), None);
        }
        let mut torn = back(1).image;
        for (x, _, pixel) in torn.enumerate_pixels_mut() {
            if x > 500 {
                pixel.0 = [200; 3];
            }
        }
        assert_eq!(pdf417(&torn), None, "more is gone than the code corrects");
    }
}
