use image::RgbImage;
use image::imageops::{rotate90, rotate180, rotate270};
use imaging::warp::flatten;
use imaging::{Point, Rect};

use super::fakes::{FakeLine, picture, reader, zone_reader};
use super::*;

fn card() -> Vec<FakeLine> {
    vec![
        FakeLine::new(Rect::new(100.0, 60.0, 300.0, 40.0), "SPECIMEN CARD"),
        FakeLine::new(Rect::new(500.0, 64.0, 260.0, 40.0), "中华人民共和国"),
        FakeLine::new(Rect::new(100.0, 160.0, 40.0, 40.0), "男"),
        FakeLine::new(Rect::new(100.0, 420.0, 760.0, 44.0), "P<UTOERIKSSON<<ANNA<MARIA"),
    ]
}

fn texts(lines: &TextLines) -> Vec<&str> {
    lines.lines().iter().map(TextLine::text).collect()
}

const EXPECTED: [&str; 4] = ["SPECIMEN CARD", "中华人民共和国", "男", "P<UTOERIKSSON<<ANNA<MARIA"];

#[test]
fn lines_come_out_upright_and_in_order_whichever_way_the_picture_lies() {
    let lines = card();
    let reader = reader(&lines);
    let upright = picture(960, 640, &lines);
    let cases = [
        (0, upright.clone()),
        (1, rotate90(&upright)),
        (2, rotate180(&upright)),
        (3, rotate270(&upright)),
    ];
    for (quarter_turns, image) in cases {
        let found = reader.read_lines(&Pyramid::new(&image), &zone_reader(&lines)).unwrap();
        assert_eq!(texts(&found), EXPECTED, "turned {quarter_turns} times");
        assert_eq!(found.quarter_turns(), quarter_turns);
        assert!(found.lines().iter().all(|line| line.confidence() > 0.99));
    }
}

#[test]
fn corners_are_in_picture_pixels_and_begin_at_the_lines_top_left() {
    let lines = card();
    let large = image::imageops::resize(
        &picture(960, 640, &lines),
        2880,
        1920,
        image::imageops::FilterType::Nearest,
    );
    let found =
        reader(&lines).read_lines(&Pyramid::new(&rotate180(&large)), &zone_reader(&lines)).unwrap();
    let quad = found.lines()[0].quad();
    let expected = Rect::new(300.0, 180.0, 900.0, 120.0).quad();
    let expected = expected.map(|p| Point::new(2880.0 - p.x, 1920.0 - p.y));
    for (corner, expected) in quad.0.iter().zip(&expected.0) {
        assert!(corner.distance(*expected) < 12.0, "{corner:?} is far from {expected:?}");
    }
}

#[test]
fn a_slanted_picture_is_read_too() {
    let lines = card();
    let upright = picture(960, 640, &lines);
    let (sin, cos) = 0.4_f32.sin_cos();
    let around = Rect::new(0.0, 0.0, 1160.0, 1060.0).quad().map(|p| {
        let (x, y) = (p.x - 580.0, p.y - 530.0);
        Point::new(480.0 + x * cos + y * sin, 320.0 - x * sin + y * cos)
    });
    let slanted = flatten(&upright, &around, 1160, 1060).unwrap();
    let found = reader(&lines).read_lines(&Pyramid::new(&slanted), &zone_reader(&lines)).unwrap();
    assert_eq!(texts(&found), EXPECTED);
}

#[test]
fn a_line_across_the_others_is_read_along_its_own_direction() {
    let mut lines = card();
    let upright = picture(960, 640, &lines);
    let edge = FakeLine::new(Rect::new(40.0, 10.0, 400.0, 30.0), "ALONG THE EDGE");
    let turned = rotate90(&picture(640, 960, &[edge.clone(), edge.clone()]));
    lines.insert(0, edge.clone());
    lines.insert(1, edge);
    let mut image = picture(960, 640, &lines[2..]);
    assert_eq!(image.dimensions(), turned.dimensions());
    for (x, y, pixel) in turned.enumerate_pixels().filter(|(_, _, pixel)| pixel[0] > 0) {
        image.put_pixel(x, y, *pixel);
    }
    for (x, y, pixel) in upright.enumerate_pixels().filter(|(_, _, pixel)| pixel[0] > 0) {
        image.put_pixel(x, y, image::Rgb([pixel[0], pixel[1] + 2, pixel[2]]));
    }
    let found = reader(&lines).read_lines(&Pyramid::new(&image), &zone_reader(&lines)).unwrap();
    let texts = texts(&found);
    assert!(texts.contains(&"ALONG THE EDGE") && texts.contains(&"中华人民共和国"), "{texts:?}");
    assert_eq!(found.quarter_turns(), 0);
}

#[test]
fn a_region_is_read_as_one_line_and_keeps_its_doubts() {
    let line = FakeLine::new(Rect::new(100.0, 60.0, 300.0, 40.0), "K682T").doubt(4, '7', 0.25);
    let lines = [line];
    let image = picture(960, 640, &lines);
    let reading = reader(&lines)
        .read_region(&Pyramid::new(&image), &Rect::new(90.0, 50.0, 320.0, 60.0).quad())
        .unwrap();
    assert_eq!(reading.text(), "K682T");
    let step = (0..reading.steps().len()).find(|&i| reading.steps().probability(i, 'T') > 0.5);
    let step = step.unwrap();
    assert!((reading.steps().probability(step, '7') - 0.25).abs() < 1e-6);
    assert!((reading.steps().zone(step)[7] - 0.25).abs() < 1e-6);
    assert_eq!(reading.steps().top(step)[0].0, 'T');
}

#[test]
fn lines_turned_over_twice_are_the_same_and_mapped_ones_lie_elsewhere() {
    let lines = card();
    let image = picture(960, 640, &lines);
    let image = Pyramid::new(&image);
    let reader = reader(&lines);
    let found = reader.read_lines(&image, &zone_reader(&lines)).unwrap();
    let over = reader.turned_over(&image, &found, &zone_reader(&lines)).unwrap();
    assert_eq!(over.quarter_turns(), 2);
    assert_eq!(over.lines()[0].quad().0[0], found.lines().last().unwrap().quad().0[2]);
    assert_eq!(reader.turned_over(&image, &over, &zone_reader(&lines)).unwrap(), found);

    let moved = found.mapped(|point| Point::new(640.0 - point.y, point.x));
    assert_eq!(moved.quarter_turns(), 1);
    assert_eq!(texts(&moved), texts(&found));
}

#[test]
fn what_is_plainly_a_row_of_a_zone_is_read_by_the_network_for_zones_alone() {
    let row = "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<";
    let lines = [
        FakeLine::new(Rect::new(100.0, 60.0, 300.0, 40.0), "SPECIMEN CARD"),
        FakeLine::new(Rect::new(40.0, 420.0, 880.0, 36.0), row),
    ];
    let unread = lines.clone().map(FakeLine::unread);
    let picture = picture(960, 640, &lines);
    let read = |text: &[FakeLine], zone: &[FakeLine]| {
        let found = reader(text).read_lines(&Pyramid::new(&picture), &zone_reader(zone)).unwrap();
        texts(&found).into_iter().map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(read(&unread, &lines), ["", row], "other lines it does not read");
    let doubted: Vec<FakeLine> = lines
        .iter()
        .map(|line| (5..44).fold(line.clone(), |line, index| line.doubt(index, 'X', 0.3)))
        .collect();
    assert_eq!(read(&lines, &doubted), ["SPECIMEN CARD", row], "nor what is not plain");
    assert_eq!(read(&unread, &doubted), ["", ""]);
}

#[test]
fn other_long_lines_are_no_rows_however_surely_the_network_for_zones_reads_them() {
    let cases = [
        ("too short a line", 600.0, "I<UTO<<SPECIMEN<<<<"),
        ("print without a filler", 880.0, "REPUBLIC OF UTOPIA DRIVING LICENCE"),
        ("a gap taken for one", 880.0, "REPUBLIC<OF<UTOPIA<DRIVING<LICENCE"),
        ("hatching", 880.0, "<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<"),
        ("a line no longer than high print", 300.0, "I<UTOD231458907<<<<<<<<<<<<<<<"),
    ];
    for (what, width, text) in cases {
        let lines = [FakeLine::new(Rect::new(40.0, 420.0, width, 36.0), text)];
        let picture = picture(960, 640, &lines);
        let zones = zone_reader(&lines);
        let found = reader(&lines.clone().map(FakeLine::unread))
            .read_lines(&Pyramid::new(&picture), &zones)
            .unwrap();
        assert_eq!(texts(&found), [""], "{what}");
    }
}

#[test]
fn an_empty_or_textless_picture_has_no_lines() {
    let reader = reader(&[]);
    for (width, height) in [(0, 0), (1, 1), (5, 900), (64, 64)] {
        let found = reader
            .read_lines(&Pyramid::new(&RgbImage::new(width, height)), &zone_reader(&[]))
            .unwrap();
        assert!(found.lines().is_empty());
        assert_eq!(found.quarter_turns(), 0);
    }
}

#[test]
fn a_recogniser_without_characters_is_refused() {
    struct Nameless(inference::ModelCard);
    impl Model for Nameless {
        fn card(&self) -> &inference::ModelCard {
            &self.0
        }
        fn run(&self, input: &inference::Tensor) -> Result<Vec<inference::Tensor>, InferenceError> {
            Ok(vec![input.clone()])
        }
    }
    let card = inference::ModelCard {
        role: Role::TextRecognition,
        digest: inference::Digest::of(b""),
        metadata: std::collections::BTreeMap::new(),
    };
    let refused = TextRecogniser::new(Arc::new(Nameless(card)));
    assert!(matches!(refused.err(), Some(TextSetupError::NoCharacters)));
}

#[test]
fn readings_of_one_line_are_read_together_step_by_step() {
    let place = Rect::new(100.0, 60.0, 300.0, 40.0);
    let read = |text: &str, doubt: (usize, char, f32)| {
        let line = FakeLine::new(place, text).doubt(doubt.0, doubt.1, doubt.2);
        fakes::read(&[line]).lines()[0].reading().steps().clone()
    };
    // Each misreads another character, and neither surely.
    let (first, second) = (read("AXC", (1, 'B', 0.4)), read("ABY", (2, 'C', 0.4)));
    let together = LineReading::of(CtcSteps::mean(&[&first, &second]));
    assert_eq!(together.text(), "ABC");
    assert!((together.confidence() - (1.0 + 0.7 + 0.7) / 3.0).abs() < 1e-5);
    assert!((together.steps().strongest('X') - 0.3).abs() < 1e-6);
    assert!(CtcSteps::mean(&[]).is_empty());
}
