//! How far two outlines are the same.

/// Corners in order, pixels.
pub type Corners = [[f32; 2]; 4];

/// Intersection over union of two convex quads, each cut to `frame` (width and
/// height) where one is given.
pub fn iou(a: &Corners, b: &Corners, frame: Option<[f32; 2]>) -> f64 {
    let whole = frame.map(|frame| {
        let [w, h] = frame.map(f64::from);
        [[0.0, 0.0], [w, 0.0], [w, h], [0.0, h]]
    });
    let seen = |corners: &Corners| {
        let polygon = clockwise(corners);
        whole.map_or_else(|| polygon.clone(), |whole| clipped(&polygon, &whole))
    };
    let (a, b) = (seen(a), seen(b));
    let both = area(&clipped(&a, &b));
    let either = area(&a) + area(&b) - both;
    if either > 0.0 { both / either } else { 0.0 }
}

/// As `f64`, clockwise (y down).
fn clockwise(corners: &Corners) -> Vec<[f64; 2]> {
    let mut polygon: Vec<[f64; 2]> = corners.iter().map(|c| c.map(f64::from)).collect();
    if signed(&polygon) < 0.0 {
        polygon.reverse();
    }
    polygon
}

fn signed(polygon: &[[f64; 2]]) -> f64 {
    let next = polygon.iter().cycle().skip(1);
    polygon.iter().zip(next).map(|(a, b)| a[0] * b[1] - b[0] * a[1]).sum::<f64>() / 2.0
}

fn area(polygon: &[[f64; 2]]) -> f64 {
    signed(polygon).abs()
}

/// The part of `polygon` inside the convex `window`, by Sutherland and Hodgman.
fn clipped(polygon: &[[f64; 2]], window: &[[f64; 2]]) -> Vec<[f64; 2]> {
    let mut kept = polygon.to_vec();
    for (i, from) in window.iter().enumerate() {
        let to = window[(i + 1) % window.len()];
        let side = |p: &[f64; 2]| {
            (to[0] - from[0]) * (p[1] - from[1]) - (to[1] - from[1]) * (p[0] - from[0])
        };
        let mut next = Vec::with_capacity(kept.len() + 1);
        for (k, here) in kept.iter().enumerate() {
            let there = kept[(k + 1) % kept.len()];
            let (a, b) = (side(here), side(&there));
            if a >= 0.0 {
                next.push(*here);
            }
            if (a >= 0.0) != (b >= 0.0) {
                let t = a / (a - b);
                next.push([0, 1].map(|axis: usize| here[axis] + (there[axis] - here[axis]) * t));
            }
        }
        kept = next;
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn overlap_is_that_of_the_areas() {
        let square = [[0.0, 0.0], [10.0, 0.0], [10.0, 10.0], [0.0, 10.0]];
        let right = [[5.0, 0.0], [15.0, 0.0], [15.0, 10.0], [5.0, 10.0]];
        let reversed = [[0.0, 10.0], [10.0, 10.0], [10.0, 0.0], [0.0, 0.0]];
        let far = [[50.0, 0.0], [60.0, 0.0], [60.0, 10.0], [50.0, 10.0]];
        let cases = [(square, 1.0), (reversed, 1.0), (right, 1.0 / 3.0), (far, 0.0)];
        for (other, expected) in cases {
            let found = iou(&square, &other, None);
            assert!((found - expected).abs() < 1e-9, "{other:?}: {found}");
        }
        let framed = iou(&square, &right, Some([10.0, 10.0]));
        assert!((framed - 0.5).abs() < 1e-9, "{framed}");
    }
}
