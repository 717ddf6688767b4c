//! The lines of a picture in reading position: turned so that text runs to the
//! right, whatever way the document lies.

use imaging::geometry::{Point, Quad};
use vision::text::TextLines;

/// A line of the page. Coordinates are the picture's pixels turned about its
/// origin so that the page's text runs along x; y grows downwards.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// What was read, spaces included.
    pub text: String,
    /// The recogniser's confidence, 0 to 1.
    pub confidence: f32,
    /// Mean x of the two corners at the start of the line.
    pub left: f32,
    /// Mean x of the two corners at its end.
    pub right: f32,
    /// Mean y of the upper corners.
    pub top: f32,
    /// Mean y of the lower corners.
    pub bottom: f32,
}

impl Line {
    /// Height of the line.
    pub fn height(&self) -> f32 {
        self.bottom - self.top
    }

    /// Width of the line.
    pub fn width(&self) -> f32 {
        self.right - self.left
    }

    /// Half-way between top and bottom.
    pub fn middle(&self) -> f32 {
        f32::midpoint(self.top, self.bottom)
    }

    /// The part of the line from character `from` to before character `to`; its
    /// ends are estimated from the usual widths of the characters.
    #[must_use]
    pub fn part(&self, from: usize, to: usize) -> Self {
        let total: f32 = self.text.chars().map(advance).sum();
        let until = |end: usize| self.text.chars().take(end).map(advance).sum::<f32>();
        let scale = if total > 0.0 { self.width() / total } else { 0.0 };
        Self {
            text: self.text.chars().take(to).skip(from).collect(),
            left: self.left + until(from) * scale,
            right: self.left + until(to) * scale,
            ..self.clone()
        }
    }
}

/// Width of a character against a full-width one.
fn advance(c: char) -> f32 {
    match c {
        ' ' => 0.4,
        '\u{2E80}'.. => 1.0,
        _ => 0.55,
    }
}

/// The lines of a picture in reading position.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Page {
    /// The lines along the page's direction, from top to bottom.
    pub lines: Vec<Line>,
    /// Cosine and sine of the angle by which the text runs in the picture.
    direction: (f32, f32),
}

/// Lines further than this from the page's direction (cosine of 30°) belong to
/// something else: a vertical mark, a neighbouring document.
const ALIGNED: f32 = 0.866;

impl Page {
    /// The page that these lines form: each its corners (tl, tr, br, bl as it
    /// reads, in pixels of the picture), text and confidence.
    ///
    /// Lines across the page's main direction are left out.
    pub fn of<'a>(lines: impl IntoIterator<Item = (Quad, &'a str, f32)>) -> Self {
        let usable = |quad: &Quad| quad.0.iter().all(|p| p.x.is_finite() && p.y.is_finite());
        let raw: Vec<_> = lines.into_iter().filter(|(quad, _, _)| usable(quad)).collect();
        let direction = main_direction(raw.iter().map(|(quad, _, _)| quad));
        let mut lines: Vec<Line> = raw
            .into_iter()
            .filter(|(quad, _, _)| {
                let (x, y) = run(quad);
                let length = x.hypot(y);
                length > 0.0 && (x * direction.0 + y * direction.1) / length > ALIGNED
            })
            .map(|(quad, text, confidence)| line(&quad, text, confidence, direction))
            .collect();
        lines.sort_by(|a, b| a.middle().total_cmp(&b.middle()));
        Self { lines, direction }
    }

    /// The corners in the picture of a box of the page.
    pub fn to_picture(&self, left: f32, top: f32, right: f32, bottom: f32) -> Quad {
        let (cos, sin) = self.direction;
        let back = |x: f32, y: f32| Point::new(x * cos - y * sin, x * sin + y * cos);
        Quad([back(left, top), back(right, top), back(right, bottom), back(left, bottom)])
    }

    /// Where a point of the picture lies on the page.
    pub fn of_picture(&self, point: Point) -> Point {
        let (cos, sin) = self.direction;
        Point::new(point.x * cos + point.y * sin, point.y * cos - point.x * sin)
    }
}

impl From<&TextLines> for Page {
    fn from(lines: &TextLines) -> Self {
        Self::of(lines.lines().iter().map(|line| (*line.quad(), line.text(), line.confidence())))
    }
}

/// The vector from start to end of a line.
fn run(quad: &Quad) -> (f32, f32) {
    let [tl, tr, br, bl] = quad.0;
    (f32::midpoint(tr.x - tl.x, br.x - bl.x), f32::midpoint(tr.y - tl.y, br.y - bl.y))
}

/// The unit vector that most text runs along, the longer lines weighing more.
fn main_direction<'a>(quads: impl Iterator<Item = &'a Quad>) -> (f32, f32) {
    // Eight directions vote, so that a minority that runs across does not turn the mean.
    let mut votes = [(0.0_f32, 0.0_f32); 8];
    for (x, y) in quads.map(run) {
        let eighth = (y.atan2(x) / std::f32::consts::FRAC_PI_4).round().rem_euclid(8.0) as usize;
        let vote = &mut votes[eighth % 8];
        *vote = (vote.0 + x, vote.1 + y);
    }
    let length = |(x, y): (f32, f32)| x.hypot(y);
    let around = |i: usize| {
        let (a, b, c) = (votes[(i + 7) % 8], votes[i], votes[(i + 1) % 8]);
        (a.0 + b.0 + c.0, a.1 + b.1 + c.1)
    };
    let best = (0..8)
        .max_by(|&a, &b| length(votes[a]).total_cmp(&length(votes[b])))
        .map(around)
        .unwrap_or_default();
    let norm = length(best);
    if norm > 0.0 && norm.is_finite() { (best.0 / norm, best.1 / norm) } else { (1.0, 0.0) }
}

fn line(quad: &Quad, text: &str, confidence: f32, (cos, sin): (f32, f32)) -> Line {
    let [tl, tr, br, bl] = quad.map(|p| Point::new(p.x * cos + p.y * sin, p.y * cos - p.x * sin)).0;
    Line {
        text: text.to_owned(),
        confidence: if confidence.is_finite() { confidence.clamp(0.0, 1.0) } else { 0.0 },
        left: f32::midpoint(tl.x, bl.x),
        right: f32::midpoint(tr.x, br.x),
        top: f32::midpoint(tl.y, tr.y),
        bottom: f32::midpoint(bl.y, br.y),
    }
}

#[cfg(test)]
mod tests {
    use imaging::geometry::Rect;

    use super::*;

    #[test]
    fn a_page_lying_on_its_side_reads_like_an_upright_one() {
        let boxes = [(10.0, 20.0, 200.0, 18.0), (10.0, 60.0, 90.0, 18.0)];
        let upright = boxes.map(|(x, y, w, h)| Rect::new(x, y, w, h).quad());
        // A quarter turn clockwise about the origin: (x, y) → (-y, x).
        let turned = upright.map(|quad| quad.map(|p| Point::new(-p.y, p.x)));
        let page = |quads: [Quad; 2]| Page::of(quads.map(|quad| (quad, "text", 0.9)));
        let (a, b) = (page(upright), page(turned));
        for (a, b) in a.lines.iter().zip(&b.lines) {
            assert!((a.left - b.left).abs() < 1e-3 && (a.top - b.top).abs() < 1e-3);
            assert!((a.right - b.right).abs() < 1e-3 && (a.bottom - b.bottom).abs() < 1e-3);
        }
        let quad = b.to_picture(10.0, 20.0, 210.0, 38.0);
        for (p, q) in quad.0.iter().zip(&turned[0].0) {
            assert!(p.distance(*q) < 1e-3);
        }
    }

    #[test]
    fn a_line_across_the_page_is_left_out() {
        let along = Rect::new(0.0, 0.0, 300.0, 20.0).quad();
        let across = Rect::new(400.0, 0.0, 20.0, 250.0).quad().turned(1);
        let page = Page::of([(along, "ALONG", 1.0), (across, "ACROSS", 1.0)]);
        assert_eq!(page.lines.len(), 1);
        assert_eq!(page.lines[0].text, "ALONG");
    }

    #[test]
    fn a_part_of_a_line_lies_where_its_characters_lie() {
        let quad = Rect::new(0.0, 0.0, 100.0, 20.0).quad();
        let page = Page::of([(quad, "性别男民族", 1.0)]);
        let part = page.lines[0].part(2, 3);
        assert_eq!(part.text, "男");
        assert!((part.left - 40.0).abs() < 1e-3 && (part.right - 60.0).abs() < 1e-3);
    }
}
