use domain::policy::Policy;
use domain::reason::Audience;
use domain::reason::Code;
use image::Rgb;
use imaging::Rect;
use vision::document::fakes;

use super::*;

const PAGE: Rect = Rect::new(90.0, 80.0, 460.0, 300.0);

/// A frame of 640 × 480 pixels that shows pages with lines of strokes on a dark table.
fn frame(pages: &[Rect]) -> RgbImage {
    let mut frame = RgbImage::from_pixel(640, 480, Rgb([70, 60, 54]));
    for page in pages {
        let (left, top) = (page.x as i32, page.y as i32);
        for y in 0..page.height as i32 {
            for x in 0..page.width as i32 {
                let margin = x < 20 || y < 20 || x > page.width as i32 - 20;
                let stroke = !margin && y % 30 < 9 && x % 9 < 3;
                let (x, y) = ((left + x) as u32, (top + y) as u32);
                if x < 640 && y < 480 {
                    frame.put_pixel(x, y, Rgb(if stroke { [30; 3] } else { [222, 214, 230] }));
                }
            }
        }
    }
    frame
}

/// A lamp mirrored about (x, y).
fn lit(mut frame: RgbImage, x: f32, y: f32) -> RgbImage {
    for (px, py, pixel) in frame.enumerate_pixels_mut() {
        let d = ((px as f32 - x) / 60.0).hypot((py as f32 - y) / 30.0);
        let light = 300.0 / (1.0 + d.powi(12)) + 55.0 * (-d * d / 2.0).exp();
        pixel.0 = pixel.0.map(|level| (f32::from(level) + light).min(255.0) as u8);
    }
    frame
}

fn lit_by(mut frame: RgbImage, gain: f32) -> RgbImage {
    frame.iter_mut().for_each(|level| *level = (f32::from(*level) * gain).min(255.0) as u8);
    frame
}

fn tier() -> TierPolicy {
    let policy = Policy::parse(include_str!("../../../../policies/pictures.toml")).unwrap();
    policy.tier(None).unwrap().clone()
}

fn judged(frame: RgbImage, shrunk: f32, tier: &TierPolicy) -> Preview {
    let frame = DecodedImage::from_rendered(frame);
    Previewer::new(fakes::bright()).judge(&frame, shrunk, tier).unwrap()
}

fn first(frame: RgbImage) -> Option<Code> {
    judged(frame, 1.0, &tier()).hint().map(|hint| hint.code)
}

/// How far the outline's corners are from those of `page`, pixels.
fn off(preview: &Preview, page: Rect) -> f32 {
    let outline = preview.outline.as_ref().unwrap();
    let corners = outline.0.iter().zip(page.quad().0);
    corners.map(|(seen, truth)| Point::from(*seen).distance(truth)).fold(0.0, f32::max)
}

#[test]
fn a_clear_page_is_ready_and_outlined() {
    let preview = judged(frame(&[PAGE]), 1.0, &tier());
    assert!(preview.is_ready(), "{:?}", preview.hints);
    assert!(off(&preview, PAGE) < 1.5, "{:?}", preview.outline);
}

#[test]
fn the_first_hint_is_what_the_person_has_to_do_next() {
    let clear = || frame(&[PAGE]);
    let small = |x: f32| Rect::new(x, 150.0, 190.0, 130.0);
    let cases = [
        ("an empty table", frame(&[]), Code::DocNotFound),
        ("a page in the sun", lit_by(clear(), 1.8), Code::DocOverexposed),
        ("two pages", frame(&[small(60.0), small(380.0)]), Code::DocMultiple),
        ("a corner outside", frame(&[Rect::new(300.0, 60.0, 460.0, 300.0)]), Code::DocCornersCut),
        ("far away", frame(&[small(220.0)]), Code::DocLowResolution),
        ("a reflection", lit(clear(), 300.0, 220.0), Code::DocGlare),
        ("out of focus", image::imageops::fast_blur(&clear(), 2.0), Code::DocBlurred),
    ];
    for (name, frame, code) in cases {
        let preview = judged(frame, 1.0, &tier());
        let hint = preview.hint().map(|hint| hint.code);
        assert_eq!(hint, Some(code), "{name}: {:?}", preview.outline);
    }
}

#[test]
fn light_goes_before_all_that_it_spoils() {
    let mut tier = tier();
    tier.limits.min_brightness = 230.0;
    let preview = judged(lit(frame(&[PAGE]), 300.0, 220.0), 1.0, &tier);
    let codes: Vec<Code> = preview.hints.iter().map(|hint| hint.code).collect();
    assert_eq!(codes, [Code::DocTooDark, Code::DocGlare]);
    let preview = judged(lit_by(frame(&[]), 0.3), 1.0, &tier);
    let codes: Vec<Code> = preview.hints.iter().map(|hint| hint.code).collect();
    assert_eq!(codes, [Code::DocNotFound, Code::DocTooDark]);
}

#[test]
fn what_is_small_on_the_frame_may_be_large_in_the_picture() {
    let far = || frame(&[Rect::new(220.0, 150.0, 190.0, 130.0)]);
    assert!(!judged(far(), 1.0, &tier()).is_ready());
    let preview = judged(far(), 4.0, &tier());
    assert!(preview.is_ready(), "{:?}", preview.hints);
}

#[test]
fn the_limits_are_those_that_decide() {
    let blurred = || image::imageops::fast_blur(&frame(&[PAGE]), 2.0);
    let measured = judged(blurred(), 1.0, &tier()).hints[0].measured.unwrap();
    let mut tier = tier();
    assert!((measured.threshold - tier.limits.max_blur).abs() < 1e-9);
    tier.limits.max_blur = measured.value;
    assert!(judged(blurred(), 1.0, &tier).is_ready());
}

#[test]
fn a_large_frame_is_answered_in_its_own_pixels() {
    let (width, height) = (1920, 1440);
    let large = lit(frame(&[PAGE]), 300.0, 220.0);
    let large = image::imageops::resize(&large, width, height, image::imageops::Triangle);
    let preview = judged(large, 1.0, &tier());
    let page = Rect::new(3.0 * PAGE.x, 3.0 * PAGE.y, 3.0 * PAGE.width, 3.0 * PAGE.height);
    assert!(off(&preview, page) < 6.0, "{:?}", preview.outline);
    let region = preview.hint().and_then(|hint| hint.region.clone()).unwrap();
    let near = |[x, y]: &[f32; 2]| (600.0..1200.0).contains(x) && (500.0..820.0).contains(y);
    assert!(region.0.iter().all(near), "{region:?}");
}

#[test]
fn a_hint_is_for_the_person_and_never_about_authenticity() {
    let grey = image::imageops::grayscale(&lit(frame(&[PAGE]), 300.0, 220.0));
    let preview = judged(image::DynamicImage::ImageLuma8(grey).to_rgb8(), 1.0, &tier());
    let codes: Vec<Code> = preview.hints.iter().map(|hint| hint.code).collect();
    assert_eq!(codes, [Code::DocGlare]);
    assert!(codes.iter().all(|code| code.audience() == Audience::Applicant));
}

#[test]
fn a_frame_of_one_pixel_shows_no_document() {
    assert_eq!(first(RgbImage::from_pixel(1, 1, Rgb([128; 3]))), Some(Code::DocNotFound));
}
