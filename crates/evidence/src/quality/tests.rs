use domain::field::Source;
use image::Rgb;

use super::*;

/// A page of 1000 × 700 pixels with bars for lines, in a larger picture.
struct Page {
    picture: RgbImage,
    lines: Vec<(Quad, String)>,
    printed: Fields,
}

const FACE: Rect = Rect::new(160.0, 240.0, 150.0, 150.0);

const PLACE: Rect = Rect::new(100.0, 80.0, 1000.0, 700.0);

impl Page {
    fn of_a_passport() -> Self {
        let mut page = Self {
            picture: RgbImage::from_fn(1200, 900, |x, y| {
                let inside = (100..1100).contains(&x) && (80..780).contains(&y);
                Rgb(if inside { [222, 214, 230] } else { [70, 60, 54] })
            }),
            lines: Vec::new(),
            printed: Fields::default(),
        };
        let fields = [
            (Field::Surname, "ERIKSSON"),
            (Field::GivenNames, "ANNA MARIA"),
            (Field::BirthDate, "1974-08-12"),
            (Field::DocumentNumber, "L898902C3"),
            (Field::ExpiryDate, "2032-04-15"),
        ];
        for (row, (field, value)) in fields.into_iter().enumerate() {
            page.print(field, value, Rect::new(420.0, 160.0 + 90.0 * row as f32, 240.0, 30.0));
        }
        page
    }

    /// Bars in place of letters.
    fn print(&mut self, field: Field, value: &str, at: Rect) {
        for y in at.y as u32..(at.y + at.height) as u32 {
            for x in at.x as u32..(at.x + at.width) as u32 {
                if x % 16 < 8 {
                    self.picture.put_pixel(x, y, Rgb([40, 40, 48]));
                }
            }
        }
        self.lines.push((at.quad(), value.to_owned()));
        self.printed.set(field, value, Source::Printed, 0.99);
    }

    /// A lamp mirrored about (x, y), as wide as 2 × `radius`.
    fn lit(mut self, x: f32, y: f32, radius: f32) -> Self {
        for (px, py, pixel) in self.picture.enumerate_pixels_mut() {
            let d = ((px as f32 - x) / radius).hypot((py as f32 - y) / (0.5 * radius));
            let light = 300.0 / (1.0 + d.powi(12)) + 55.0 * (-d * d / 2.0).exp();
            pixel.0 = pixel.0.map(|level| (f32::from(level) + light).min(255.0) as u8);
        }
        self
    }

    fn without(mut self, field: Field) -> Self {
        let value = self.printed.0.remove(&field).unwrap().value;
        self.lines.retain(|(_, text)| *text != value);
        self
    }

    /// Framed words of red ink about (x, y).
    fn stamped(mut self, x: f32, y: f32) -> Self {
        let (half, wall) = ([150.0, 50.0], 6.0);
        for (px, py, pixel) in self.picture.enumerate_pixels_mut() {
            let inside = (half[0] - (px as f32 - x).abs()).min(half[1] - (py as f32 - y).abs());
            if (0.0..wall).contains(&inside) {
                *pixel = Rgb([196, 60, 64]);
            }
        }
        self
    }

    /// The same, `field` read with so much confidence.
    fn doubted(mut self, field: Field, confidence: f32) -> Self {
        self.printed.0.get_mut(&field).unwrap().confidence = confidence;
        self
    }

    /// Something of the colour of skin from (`left`, `top`) to (`right`, 900).
    fn covered(mut self, [left, right]: [u32; 2], top: u32) -> Self {
        for (x, y, pixel) in self.picture.enumerate_pixels_mut() {
            if (left..right).contains(&x) && y >= top {
                *pixel = Rgb([190, 140, 110]);
            }
        }
        self
    }

    fn measured(&self, quality: Quality) -> Measurement {
        self.measured_at(PLACE, Known::of(DocumentType::Passport, None), quality)
    }

    /// The worst that is measured where the page is `known` and said to lie at `place`.
    fn measured_at(&self, place: Rect, known: Option<&Known>, quality: Quality) -> Measurement {
        let measured = measure(&Subject {
            picture: &self.picture,
            place: place.quad(),
            outlined: true,
            lines: &self.lines,
            portrait: Some(FACE),
            printed: &self.printed,
            coded: None,
            known,
            side: Some(Side::Front),
        });
        measured.into_iter().find(|m| m.quality == quality).unwrap()
    }
}

#[test]
fn light_over_a_field_that_was_not_read_names_it() {
    let page = Page::of_a_passport().lit(540.0, 445.0, 130.0).without(Field::DocumentNumber);
    let glare = page.measured(Quality::Glare);
    assert_eq!((glare.value, glare.field), (1.0, Some(Field::DocumentNumber)));
    let region = glare.region.unwrap();
    let inside = |[x, y]: &[f32; 2]| (300.0..800.0).contains(x) && (300.0..600.0).contains(y);
    assert!(region.0.len() > 4 && region.0.iter().all(inside), "{region:?}");
}

#[test]
fn light_where_nothing_is_printed_hides_nothing() {
    let page = Page::of_a_passport().lit(880.0, 640.0, 60.0);
    let glare = page.measured(Quality::Glare);
    assert_eq!((glare.value, glare.region), (0.0, None));
}

#[test]
fn a_clean_page_measures_no_fault() {
    let page = Page::of_a_passport();
    assert!(page.measured(Quality::Blur).value < 0.05);
    assert!((page.measured(Quality::TextHeight).value - 16.0).abs() <= 1.0);
    for quality in [Quality::Glare, Quality::Occlusion, Quality::Overexposure] {
        assert!(page.measured(quality).value <= 0.0, "{quality:?}");
    }
    assert!(page.measured(Quality::Shadow).value < 0.1);
}

#[test]
fn a_finger_over_a_field_names_it() {
    let page = Page::of_a_passport().without(Field::ExpiryDate).covered([480, 640], 500);
    let cover = page.measured(Quality::Occlusion);
    assert_eq!((cover.value, cover.field), (1.0, Some(Field::ExpiryDate)));
}

#[test]
fn a_card_at_which_the_outline_ends_names_the_field_under_it() {
    let seen = Rect { height: 420.0, ..PLACE };
    let passport = || Known::of(DocumentType::Passport, None);
    let page = Page::of_a_passport().without(Field::ExpiryDate).covered([60, 1140], 500);
    let cover = page.measured_at(seen, passport(), Quality::Occlusion);
    assert_eq!((cover.value, cover.field), (1.0, Some(Field::ExpiryDate)));
    // Where only the outline is wrong, or all that must be there was read, nothing is hidden.
    let bare = Page::of_a_passport().without(Field::ExpiryDate);
    let read = Page::of_a_passport().covered([60, 1140], 500);
    for page in [bare, read] {
        assert!(page.measured_at(seen, passport(), Quality::Occlusion).value <= 0.0);
    }
}

#[test]
fn of_an_unknown_document_a_large_thing_may_hide_the_name() {
    let page = Page::of_a_passport();
    let small = page.measured_at(PLACE, None, Quality::Occlusion);
    assert!(small.value <= 0.0, "{small:?}");
    let covered = Page::of_a_passport().covered([700, 1000], 560);
    let cover = covered.measured_at(PLACE, None, Quality::Occlusion);
    assert_eq!((cover.value, cover.field), (1.0, None));
}

#[test]
fn light_too_small_for_a_value_hides_one_only_where_print_goes_on_beside_it() {
    let page = || Page::of_a_passport().without(Field::DocumentNumber);
    let beside = page().lit(880.0, 640.0, 45.0).measured(Quality::Glare);
    assert_eq!((beside.value, beside.field), (0.0, None));
    let mut rest = page();
    rest.lines.push((Rect::new(600.0, 430.0, 60.0, 30.0).quad(), "C3".to_owned()));
    let within = rest.lit(550.0, 445.0, 45.0).measured(Quality::Glare);
    assert_eq!((within.value, within.field), (1.0, Some(Field::DocumentNumber)));
}

#[test]
fn a_shadow_is_as_deep_as_it_takes_light_away() {
    let mut page = Page::of_a_passport();
    for (x, y, pixel) in page.picture.enumerate_pixels_mut() {
        if (300..900).contains(&x) && (230..290).contains(&y) {
            pixel.0 = pixel.0.map(|level| (f32::from(level) * 0.4) as u8);
        }
    }
    let shadow = page.measured(Quality::Shadow);
    assert!((shadow.value - 0.6).abs() < 0.05, "{shadow:?}");
    assert!(shadow.region.is_some());
}

#[test]
fn a_place_without_area_measures_nothing() {
    let page = Page::of_a_passport();
    let nowhere = Quad([Point::new(5.0, 5.0); 4]);
    let subject = Subject {
        picture: &page.picture,
        place: nowhere,
        outlined: false,
        lines: &page.lines,
        portrait: None,
        printed: &page.printed,
        coded: None,
        known: None,
        side: None,
    };
    assert!(measure(&subject).is_empty());
}

#[test]
fn a_stamp_names_the_field_that_was_not_read_through_it() {
    let at = (540.0, 445.0);
    let unread = Page::of_a_passport().stamped(at.0, at.1).without(Field::DocumentNumber);
    let stamp = unread.measured(Quality::Stamp);
    assert_eq!((stamp.value, stamp.field), (1.0, Some(Field::DocumentNumber)));
    assert!(stamp.region.is_some());
    let doubted = Page::of_a_passport().stamped(at.0, at.1).doubted(Field::DocumentNumber, 0.25);
    let stamp = doubted.measured(Quality::Stamp);
    assert_eq!((stamp.value, stamp.field), (0.75, Some(Field::DocumentNumber)));
}

#[test]
fn a_stamp_that_nothing_in_doubt_lies_under_measures_nothing() {
    let beside = Page::of_a_passport().stamped(880.0, 640.0).doubted(Field::Surname, 0.25);
    let unstamped = Page::of_a_passport().without(Field::DocumentNumber);
    for page in [beside, unstamped] {
        let stamp = page.measured(Quality::Stamp);
        assert_eq!((stamp.value, stamp.field), (0.0, None));
    }
}

#[test]
fn the_words_of_a_stamp_make_one_without_a_frame() {
    let mut page = Page::of_a_passport().without(Field::BirthDate);
    let place = Rect::new(420.0, 340.0, 240.0, 60.0).quad();
    page.lines.push((place, "复19卵无效".to_owned()));
    let stamp = page.measured(Quality::Stamp);
    assert_eq!((stamp.value, stamp.field), (1.0, Some(Field::BirthDate)));
}

#[test]
fn a_shadow_over_a_part_of_a_line_is_seen() {
    let mut page = Page::of_a_passport();
    for (x, _, pixel) in page.picture.enumerate_pixels_mut() {
        if (400..560).contains(&x) {
            pixel.0 = pixel.0.map(|level| (f32::from(level) * 0.4) as u8);
        }
    }
    assert!((page.measured(Quality::Shadow).value - 0.6).abs() < 0.05);
}

#[test]
fn print_on_a_small_document_is_never_taller_than_it_can_be() {
    let mut page = Page::of_a_passport();
    page.picture = image::imageops::thumbnail(&page.picture, 240, 180);
    for (quad, _) in &mut page.lines {
        *quad = quad.map(|corner| Point::new(corner.x / 5.0, corner.y / 5.0));
    }
    let subject = Subject {
        picture: &page.picture,
        place: PLACE.quad().map(|corner| Point::new(corner.x / 5.0, corner.y / 5.0)),
        outlined: true,
        lines: &page.lines,
        portrait: None,
        printed: &page.printed,
        coded: None,
        known: Known::of(DocumentType::Passport, None),
        side: Some(Side::Front),
    };
    let measured = measure(&subject);
    let height = measured.iter().find(|m| m.quality == Quality::TextHeight).unwrap();
    assert!(height.value <= 3.3, "{height:?}");
}

#[test]
fn light_in_place_of_the_portrait_hides_it_though_its_ghost_is_found() {
    let page = Page::of_a_passport().lit(240.0, 300.0, 90.0);
    let ghost = Rect::new(960.0, 300.0, 60.0, 60.0);
    let subject = Subject {
        picture: &page.picture,
        place: PLACE.quad(),
        outlined: true,
        lines: &page.lines,
        portrait: Some(ghost),
        printed: &page.printed,
        coded: None,
        known: Known::of(DocumentType::Passport, None),
        side: Some(Side::Front),
    };
    let measured = measure(&subject);
    let glare = measured.iter().find(|m| m.quality == Quality::Glare).unwrap();
    assert!(glare.value > 0.99 && glare.field.is_none(), "{glare:?}");
}

/// What is seen of a page that was not read.
fn glimpsed(page: &Page, wanted: Quality) -> Measurement {
    let measured = glimpse(&page.picture, PLACE.quad());
    measured.into_iter().find(|m| m.quality == wanted).unwrap()
}

#[test]
fn without_reading_a_clean_page_measures_no_fault() {
    let page = Page::of_a_passport();
    assert!(glimpsed(&page, Quality::Blur).value < 0.05);
    assert!(glimpsed(&page, Quality::Glare).value <= 0.0);
    assert!(glimpsed(&page, Quality::Shadow).value < 0.1);
    assert!((glimpsed(&page, Quality::TextHeight).value - 20.0).abs() < 1.0);
}

#[test]
fn without_reading_light_between_print_hides_something_and_a_shadow_is_as_deep() {
    let lit = Page::of_a_passport().lit(540.0, 445.0, 130.0);
    let glare = glimpsed(&lit, Quality::Glare);
    assert!(glare.value > 0.2 && glare.region.is_some(), "{glare:?}");
    let mut page = Page::of_a_passport();
    for (_, y, pixel) in page.picture.enumerate_pixels_mut() {
        if (210..310).contains(&y) {
            pixel.0 = pixel.0.map(|level| (f32::from(level) * 0.4) as u8);
        }
    }
    let shadow = glimpsed(&page, Quality::Shadow);
    assert!((shadow.value - 0.6).abs() < 0.05, "{shadow:?}");
}

#[test]
fn without_reading_light_beside_print_hides_nothing_and_a_finger_over_print_does() {
    let lit = Page::of_a_passport().lit(880.0, 640.0, 60.0);
    assert!(glimpsed(&lit, Quality::Glare).value <= 0.0);
    let mut page = Page::of_a_passport();
    for y in 500..900 {
        for x in 480..640 {
            page.picture.put_pixel(x, y, Rgb([190, 140, 110]));
        }
    }
    let cover = glimpsed(&page, Quality::Occlusion);
    assert!(cover.value > 0.5 && cover.region.is_some(), "{cover:?}");
}

#[test]
fn without_reading_a_shadow_that_reaches_over_the_edge_covers_nothing() {
    let mut page = Page::of_a_passport();
    for (_, y, pixel) in page.picture.enumerate_pixels_mut() {
        if y > 300 {
            pixel.0 = pixel.0.map(|level| (f32::from(level) * 0.35) as u8);
        }
    }
    assert!(glimpsed(&page, Quality::Occlusion).value <= 0.0);
    assert!(glimpsed(&page, Quality::Shadow).value > 0.5);
}
