//! Where a document is when its outline was not found.

use imaging::geometry::{Point, Quad, Rect};

use crate::page::Page;

/// Documents print up to so near their edge, as a share of what their print
/// spans.
const MARGIN: f32 = 0.04;

/// The upright frame, as the page is read, around all lines of `page` and the
/// `portrait`, a little enlarged. `None` without a line.
pub fn around(page: &Page, portrait: Option<Rect>) -> Option<Quad> {
    let mut corners: Vec<Point> = Vec::new();
    for line in &page.lines {
        corners.push(Point::new(line.left, line.top));
        corners.push(Point::new(line.right, line.bottom));
    }
    if corners.is_empty() {
        return None;
    }
    corners.extend(portrait.into_iter().flat_map(|face| face.quad().map(|p| page.of_picture(p)).0));
    let least = |v: fn(&Point) -> f32| corners.iter().map(v).fold(f32::INFINITY, f32::min);
    let most = |v: fn(&Point) -> f32| corners.iter().map(v).fold(f32::NEG_INFINITY, f32::max);
    let (left, top) = (least(|p| p.x), least(|p| p.y));
    let (right, bottom) = (most(|p| p.x), most(|p| p.y));
    let margin = MARGIN * (right - left).max(bottom - top);
    Some(page.to_picture(left - margin, top - margin, right + margin, bottom + margin))
}
