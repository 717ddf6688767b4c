use std::collections::BTreeMap;

use image::{Rgb, imageops};
use imaging::{Point, Quad, Rect};
use inference::{Digest, ModelCard, Tensor};

use super::*;

/// Side of the network's input and of its maps.
const CANVAS: f32 = 192.0;
const CELLS: usize = 48;

/// A network that has seen `documents`, given in pixels of a picture of `size`.
struct FakeModel {
    card: ModelCard,
    output: Tensor,
}

impl FakeModel {
    fn seeing(documents: &[Quad], size: (u32, u32)) -> Self {
        let scale = 160.0 / size.0.max(size.1) as f32;
        let (left, top) =
            ((CANVAS - size.0 as f32 * scale) / 2.0, (CANVAS - size.1 as f32 * scale) / 2.0);
        let cells = CELLS as f32 / CANVAS;
        let to_cells =
            |p: Point| Point::new((p.x * scale + left) * cells, (p.y * scale + top) * cells);
        let seen: Vec<Quad> = documents.iter().map(|quad| quad.map(to_cells)).collect();
        let mut maps = vec![-9.0; 3 * CELLS * CELLS];
        for cell in 0..CELLS * CELLS {
            let centre = Point::new((cell % CELLS) as f32 + 0.5, (cell / CELLS) as f32 + 0.5);
            for quad in &seen {
                let depth = depth(quad, centre);
                // The probability is the share of the cell that is covered.
                let cover = (depth + 0.5).clamp(1e-4, 1.0 - 1e-4);
                maps[cell] = f32::max(maps[cell], (cover / (1.0 - cover)).ln());
                if depth > 0.15 * quad.width().min(quad.height()) {
                    maps[CELLS * CELLS + cell] = 9.0;
                }
            }
        }
        Self::giving(Tensor::new(vec![1, 3, CELLS, CELLS], maps).unwrap())
    }

    fn giving(output: Tensor) -> Self {
        let role = Role::DocumentOutline;
        let card = ModelCard { role, digest: Digest::of(b"fake"), metadata: BTreeMap::new() };
        Self { card, output }
    }
}

impl Model for FakeModel {
    fn card(&self) -> &ModelCard {
        &self.card
    }

    fn run(&self, input: &Tensor) -> Result<Vec<Tensor>, InferenceError> {
        assert_eq!(input.shape(), [1, 3, CANVAS as usize, CANVAS as usize]);
        Ok(vec![self.output.clone()])
    }
}

/// How far a point lies inside a quad whose corners run clockwise.
fn depth(quad: &Quad, p: Point) -> f32 {
    let side = |i: usize| {
        let (a, b) = (quad.0[i], quad.0[(i + 1) % 4]);
        ((b.x - a.x) * (p.y - a.y) - (b.y - a.y) * (p.x - a.x)) / a.distance(b)
    };
    (0..4).map(side).fold(f32::INFINITY, f32::min)
}

fn quad(corners: [[f32; 2]; 4]) -> Quad {
    Quad(corners.map(Point::from))
}

/// `documents` in white on dark grey.
fn picture(size: (u32, u32), documents: &[Quad]) -> RgbImage {
    RgbImage::from_fn(size.0, size.1, |x, y| {
        let centre = Point::new(x as f32 + 0.5, y as f32 + 0.5);
        let cover = documents.iter().map(|quad| (depth(quad, centre) + 0.5).clamp(0.0, 1.0));
        let cover = cover.fold(0.0, f32::max);
        Rgb([(60.0 + 170.0 * cover) as u8; 3])
    })
}

fn found(seen: &[Quad], image: &RgbImage) -> Vec<LocatedDocument> {
    let model = Arc::new(FakeModel::seeing(seen, image.dimensions()));
    DocumentFinder::new(model, OutlineParams::default()).find(image).unwrap()
}

fn farthest(a: &Quad, b: &Quad) -> f32 {
    a.0.iter().zip(&b.0).map(|(a, b)| a.distance(*b)).fold(0.0, f32::max)
}

const TILTED: [[f32; 2]; 4] = [[160.0, 110.0], [505.0, 88.0], [540.0, 330.0], [118.0, 352.0]];

#[test]
fn corners_lie_on_the_picture_s_own_edges() {
    let truth = quad(TILTED);
    let image = picture((640, 480), &[truth]);
    // The network is a third of its cells, five pixels, off to the lower right.
    let seen = truth.map(|p| Point::new(p.x + 5.0, p.y + 4.0));
    let documents = found(&[seen], &image);
    assert_eq!(documents.len(), 1);
    let off = farthest(documents[0].quad(), &truth);
    assert!(off < 1.0, "{off} pixels, {:?}", documents[0]);
    assert_eq!(documents[0].corners_inside(), 4);
}

#[test]
fn without_an_edge_to_see_the_network_is_followed() {
    let truth = quad(TILTED);
    let blank = RgbImage::from_pixel(640, 480, Rgb([128; 3]));
    let documents = found(&[truth], &blank);
    let off = farthest(documents[0].quad(), &truth);
    assert!(off < 8.0, "{off} pixels, half a cell of the network");
}

#[test]
fn coordinates_are_those_of_a_large_source() {
    let truth = quad(TILTED).map(|p| Point::new(p.x * 3.0, p.y * 3.0));
    let image = picture((1920, 1440), &[truth]);
    let documents = found(&[truth], &image);
    let off = farthest(documents[0].quad(), &truth);
    assert!(off < 2.5, "{off} pixels of the source");
}

#[test]
fn a_corner_beyond_the_frame_is_found_and_counted_out() {
    let truth = quad([[160.0, 110.0], [690.0, 90.0], [715.0, 430.0], [150.0, 440.0]]);
    let image = picture((640, 480), &[truth]);
    let documents = found(&[truth], &image);
    let off = farthest(documents[0].quad(), &truth);
    assert!(off < 12.0, "{off} pixels");
    assert_eq!(documents[0].corners_inside(), 2);
    assert_eq!(documents[0].inside(), [true, false, false, true]);
}

#[test]
fn a_scan_cropped_at_its_edges_is_whole() {
    let truth = Rect::new(-4.0, -4.0, 648.0, 418.0).quad();
    let image = picture((640, 410), &[truth]);
    let documents = found(&[truth], &image);
    assert_eq!(documents[0].corners_inside(), 4);
    let frame = Rect::new(0.0, 0.0, 640.0, 410.0);
    assert!(farthest(documents[0].quad(), &frame.quad()) < 8.0, "{:?}", documents[0]);
}

#[test]
fn two_documents_are_two_the_larger_first_and_nothing_is_none() {
    let large = Rect::new(40.0, 50.0, 300.0, 190.0).quad();
    let small = Rect::new(370.0, 120.0, 220.0, 140.0).quad();
    let image = picture((640, 480), &[large, small]);
    let documents = fakes::bright().find(&image).unwrap();
    assert_eq!(documents.len(), 2);
    assert!(farthest(documents[0].quad(), &large) < 1.0);
    assert!(farthest(documents[1].quad(), &small) < 1.0);
    assert_eq!(found(&[], &image), []);
    assert_eq!(found(&[], &RgbImage::new(0, 7)), []);
}

#[test]
fn what_no_page_in_perspective_looks_like_is_none() {
    let image = RgbImage::from_pixel(640, 480, Rgb([128; 3]));
    let sliver = quad([[60.0, 60.0], [590.0, 70.0], [600.0, 380.0], [570.0, 420.0]]);
    assert_eq!(found(&[sliver], &image), []);
    let speck = Rect::new(300.0, 200.0, 40.0, 30.0).quad();
    assert_eq!(found(&[speck], &image), []);
}

#[test]
fn an_output_of_another_shape_is_an_error() {
    let output = Tensor::new(vec![1, 3, 2, 2], vec![0.0; 12]).unwrap();
    let model = Arc::new(FakeModel::giving(output));
    let finder = DocumentFinder::new(model, OutlineParams::default());
    let error = finder.find(&RgbImage::new(9, 9)).unwrap_err();
    assert!(matches!(error, InferenceError::Output { .. }), "{error}");
}

#[test]
fn values_that_are_no_numbers_are_no_document() {
    let output = Tensor::new(vec![1, 3, CELLS, CELLS], vec![f32::NAN; 3 * CELLS * CELLS]).unwrap();
    let finder = DocumentFinder::new(Arc::new(FakeModel::giving(output)), OutlineParams::default());
    assert_eq!(finder.find(&RgbImage::new(64, 48)).unwrap(), []);
}

#[test]
fn corners_are_named_as_the_print_runs() {
    let truth = quad(TILTED);
    let document = found(&[truth], &picture((640, 480), &[truth]))[0];
    let cases = [((1.0, 0.1), 0), ((0.0, 1.0), 1), ((-1.0, 0.0), 2), ((0.1, -1.0), 3)];
    for (direction, turns) in cases {
        let read = document.read_along(direction);
        assert_eq!(*read.quad(), document.quad().turned(turns), "{direction:?}");
    }
}

#[test]
fn a_flattened_page_is_upright_and_leads_back_to_the_picture() {
    let truth = quad(TILTED);
    let mut image = picture((640, 480), &[truth]);
    // A red mark at the page's own top right, green at its bottom left.
    for (corner, colour) in [(1, [255, 0, 0]), (3, [0, 255, 0])] {
        let at = truth.0[corner].lerp(truth.center(), 0.08);
        let mark = RgbImage::from_pixel(13, 13, Rgb(colour));
        imageops::replace(&mut image, &mark, at.x as i64 - 6, at.y as i64 - 6);
    }
    let document = found(&[truth], &image)[0];
    let page = document.flattened(&image, PageSize::ID1).unwrap();
    let (width, height) = page.image().dimensions();
    let shape = width as f32 / height as f32;
    assert!((shape - 85.6 / 53.98).abs() < 0.01, "{width} × {height}");
    let about = |u: f32, v: f32| {
        page.image().get_pixel((width as f32 * u) as u32, (height as f32 * v) as u32).0
    };
    assert!(about(0.96, 0.04)[0] > 180 && about(0.96, 0.04)[1] < 90, "{:?}", about(0.96, 0.04));
    assert!(about(0.04, 0.96)[1] > 180 && about(0.04, 0.96)[0] < 90, "{:?}", about(0.04, 0.96));
    let place = page.place(Rect::new(0.0, 0.0, width as f32, height as f32));
    assert!(farthest(&place, document.quad()) < 0.5);
    // Upside down, what was at the top right is at the bottom left.
    let turned = document.read_along((-1.0, 0.0)).flattened(&image, PageSize::ID1).unwrap();
    let (width, height) = turned.image().dimensions();
    let corner = turned.image().get_pixel(width / 25, height * 24 / 25).0;
    assert!(corner[0] > 180 && corner[1] < 90, "{corner:?}");
}

#[test]
fn a_flattened_page_has_at_most_twelve_pixels_a_millimetre() {
    let truth = Rect::new(300.0, 200.0, 2400.0, 1513.0).quad();
    let image = picture((3000, 2000), &[truth]);
    let page = found(&[truth], &image)[0].flattened(&image, PageSize::ID1).unwrap();
    assert_eq!(page.image().dimensions(), (1027, 648));
    assert!((page.pixels_per_mm() - 12.0).abs() < 1e-3);
    let small = Rect::new(100.0, 60.0, 428.0, 270.0).quad();
    let image = picture((640, 400), &[small]);
    let page = found(&[small], &image)[0].flattened(&image, PageSize::ID1).unwrap();
    assert!((page.pixels_per_mm() - 5.0).abs() < 0.1, "{}", page.pixels_per_mm());
}

#[test]
fn the_nearest_size_goes_by_shape() {
    let size =
        |width: f32, height: f32| PageSize::nearest(&Rect::new(0.0, 0.0, width, height).quad());
    assert_eq!(size(856.0, 540.0), PageSize::ID1);
    assert_eq!(size(1250.0, 880.0), PageSize::ID3);
    let upright = size(540.0, 856.0);
    assert!((upright.height_mm - 85.6).abs() < 1e-3 && (upright.width_mm - 54.0).abs() < 0.1);
}
