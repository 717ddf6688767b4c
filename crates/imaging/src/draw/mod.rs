//! Annotated pictures: outline, lines, faces and faults drawn for a person.

mod canvas;
mod label;

use image::RgbImage;

use crate::geometry::{Point, Quad};
use crate::resize::{Filter, resized};

use canvas::Canvas;
pub use label::LabelFont;

/// What a mark means; each has its colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// Found and in order: green.
    Good,
    /// Wrong, and to be put right: red.
    Problem,
    /// Doubtful, for a person to look at: amber.
    Doubt,
    /// Only shown: blue.
    Info,
}

impl Tone {
    fn colour(self) -> [u8; 3] {
        match self {
            Self::Good => [18, 161, 93],
            Self::Problem => [221, 45, 52],
            Self::Doubt => [217, 130, 10],
            Self::Info => [32, 110, 222],
        }
    }
}

/// The longer side of an annotated picture, in pixels: smaller pictures are
/// enlarged, or labels could not be read; larger ones reduced, or a viewer
/// would.
const LONGEST_SIDE: (u32, u32) = (1100, 1800);

/// Share of the light that is left outside a document.
const DIMMED: f32 = 0.55;

/// A picture being annotated. All coordinates are pixels of the source,
/// whatever the size of the result.
pub struct Annotation<'a> {
    canvas: Canvas,
    /// Canvas pixels for one source pixel.
    scale: f32,
    /// Canvas pixels for the width of a thin line.
    unit: f32,
    font: Option<&'a LabelFont>,
    /// Labels are drawn last, over all lines.
    labels: Vec<label::Label>,
}

impl<'a> Annotation<'a> {
    /// A copy of `picture` to draw on; without a font nothing is labelled.
    pub fn on(picture: &RgbImage, font: Option<&'a LabelFont>) -> Self {
        let longest = picture.width().max(picture.height()).max(1);
        let target = longest.clamp(LONGEST_SIDE.0, LONGEST_SIDE.1);
        let scale = target as f32 / longest as f32;
        let side = |length: u32| (length as f32 * scale).round() as u32;
        let filter = if scale > 1.0 { Filter::Lanczos } else { Filter::Area };
        let copy = if target == longest {
            picture.clone()
        } else {
            resized(picture, side(picture.width()), side(picture.height()), filter)
        };
        Self {
            canvas: Canvas::new(copy),
            scale,
            unit: target as f32 / 800.0,
            font,
            labels: Vec::new(),
        }
    }

    /// Darkens everything outside `document`.
    pub fn dim_outside(&mut self, document: &Quad) {
        let corners = self.polygon(&document.0);
        self.canvas.dim_outside(&corners, DIMMED);
    }

    /// A thick line around `document`, with a dot on its printed top-left
    /// corner.
    pub fn outline(&mut self, document: &Quad, tone: Tone, label: Option<&str>) {
        let corners = self.polygon(&document.0);
        self.canvas.ring(&corners, 5.0 * self.unit, [255; 3]);
        self.canvas.ring(&corners, 3.2 * self.unit, tone.colour());
        self.canvas.dot(corners[0], 6.0 * self.unit, [255; 3]);
        self.canvas.dot(corners[0], 4.6 * self.unit, tone.colour());
        self.label(label::Place::Above(top_left(&corners)), tone, label);
    }

    /// A thin line around a line of text, a face or a portrait.
    pub fn thin_box(&mut self, around: &Quad, tone: Tone, label: Option<&str>) {
        let corners = self.polygon(&around.0);
        self.canvas.ring(&corners, 1.3 * self.unit, tone.colour());
        self.label(label::Place::SmallAbove(top_left(&corners)), tone, label);
    }

    /// A region that is wrong: tinted, hatched and outlined. The label says
    /// what and how much, such as “glare 12 %”.
    pub fn fault(&mut self, region: &[Point], tone: Tone, label: Option<&str>) {
        let corners = self.polygon(region);
        self.canvas.hatch(&corners, 7.0 * self.unit, tone.colour());
        self.canvas.ring(&corners, 1.8 * self.unit, tone.colour());
        self.label(label::Place::Above(top_left(&corners)), tone, label);
    }

    /// Small dots, such as the landmarks of a face.
    pub fn dots(&mut self, points: &[Point], tone: Tone) {
        for point in self.polygon(points) {
            self.canvas.dot(point, 1.6 * self.unit, tone.colour());
        }
    }

    /// A sentence across the foot of the picture, such as the decision. Later
    /// ones stand above earlier ones.
    pub fn caption(&mut self, text: &str, tone: Tone) {
        self.label(label::Place::Foot, tone, Some(text));
    }

    /// The annotated picture.
    pub fn finish(mut self) -> RgbImage {
        if let Some(font) = self.font {
            label::draw(&mut self.canvas, font, &self.labels, 15.0 * self.unit);
        }
        self.canvas.into_picture()
    }

    fn label(&mut self, place: label::Place, tone: Tone, text: Option<&str>) {
        if let Some(text) = text {
            self.labels.push(label::Label { place, text: text.to_owned(), tone });
        }
    }

    fn polygon(&self, source: &[Point]) -> Vec<Point> {
        source.iter().map(|p| Point::new(p.x * self.scale, p.y * self.scale)).collect()
    }
}

/// The top-left corner of the box around `corners`.
fn top_left(corners: &[Point]) -> Point {
    let least =
        |values: fn(&Point) -> f32| corners.iter().map(values).fold(f32::INFINITY, f32::min);
    Point::new(least(|p| p.x), least(|p| p.y))
}

#[cfg(test)]
mod tests {
    use image::Rgb;

    use super::*;
    use crate::geometry::Rect;

    fn page() -> RgbImage {
        RgbImage::from_pixel(1200, 800, Rgb([120, 120, 120]))
    }

    #[test]
    fn outside_is_dimmed_inside_is_not_and_the_outline_has_its_tone() {
        let document = Rect::new(300.0, 200.0, 600.0, 400.0).quad();
        let mut drawn = Annotation::on(&page(), None);
        drawn.dim_outside(&document);
        drawn.outline(&document, Tone::Good, Some("no font, no label"));
        let picture = drawn.finish();
        assert_eq!(picture.get_pixel(600, 400).0, [120; 3]);
        assert_eq!(picture.get_pixel(50, 50).0, [66; 3]);
        assert_eq!(picture.get_pixel(600, 200).0, Tone::Good.colour());
    }

    #[test]
    fn coordinates_are_those_of_the_source_whatever_the_size_drawn() {
        for (width, height) in [(300, 200), (4000, 3000)] {
            let source = RgbImage::from_pixel(width, height, Rgb([120; 3]));
            let (w, h) = (width as f32, height as f32);
            let mut drawn = Annotation::on(&source, None);
            drawn.dots(&[Point::new(w / 2.0, h / 4.0)], Tone::Problem);
            let picture = drawn.finish();
            let longest = picture.width().max(picture.height());
            assert!((LONGEST_SIDE.0..=LONGEST_SIDE.1).contains(&longest));
            let marked = picture.get_pixel(picture.width() / 2, picture.height() / 4);
            assert_eq!(marked.0, Tone::Problem.colour());
        }
    }

    #[test]
    fn marks_beyond_the_picture_and_broken_coordinates_are_cut_off() {
        let mut drawn = Annotation::on(&page(), None);
        let far = Quad([
            Point::new(-1e9, -50.0),
            Point::new(1e9, f32::NAN),
            Point::new(f32::INFINITY, 900.0),
            Point::new(-100.0, 1e12),
        ]);
        drawn.dim_outside(&far);
        drawn.outline(&far, Tone::Doubt, None);
        drawn.thin_box(&far, Tone::Info, None);
        drawn.fault(&far.0, Tone::Problem, None);
        drawn.fault(&[], Tone::Problem, Some("nothing"));
        drawn.dots(&far.0, Tone::Info);
        assert_eq!(drawn.finish().dimensions(), (1200, 800));
    }
}
