//! Eyes that close: the lid's own skin comes down over the eye, lashes at its edge.

use image::{Rgb, RgbImage};
use vision::face::Landmark;

use super::actor::sample;

/// Corners of each eye, then its upper lid and its lower lid point by point.
const EYES: [([usize; 2], [usize; 7], [usize; 7]); 2] = [
    ([33, 133], [246, 161, 160, 159, 158, 157, 173], [7, 163, 144, 145, 153, 154, 155]),
    ([362, 263], [398, 384, 385, 386, 387, 388, 466], [382, 381, 380, 374, 373, 390, 249]),
];
/// How far above the eye's edge the skin is taken, and how thick the lashes are, heights of
/// the open eye.
const SKIN_ABOVE: f32 = 0.8;
const LASHES: f32 = 0.16;

/// `still` with both eyes closed by `closed`, 0 to 1.
pub fn closed(still: &RgbImage, landmarks: &[Landmark], closed: f32) -> RgbImage {
    let mut out = still.clone();
    for (corners, upper, lower) in EYES {
        let eye = Eye::of(landmarks, corners, (upper, lower));
        let (reach, middle) = (eye.width, eye.origin);
        let (cx, cy) =
            (middle[0] + eye.along[0] * reach / 2.0, middle[1] + eye.along[1] * reach / 2.0);
        let low = |v: f32| (v - 0.7 * reach).max(0.0) as u32;
        for y in low(cy)..(low(cy) + (1.4 * reach) as u32).min(still.height()) {
            for x in low(cx)..(low(cx) + (1.4 * reach) as u32).min(still.width()) {
                if let Some(level) = eye.level(still, closed, [x as f32 + 0.5, y as f32 + 0.5]) {
                    out.put_pixel(x, y, level);
                }
            }
        }
    }
    out
}

/// An eye in a frame of its own: along from corner to corner, and down from there.
struct Eye {
    origin: [f32; 2],
    along: [f32; 2],
    width: f32,
    /// Places along, 0 to 1, with how far down both lids are there.
    lids: Vec<(f32, [f32; 2])>,
    height: f32,
}

impl Eye {
    fn of(
        landmarks: &[Landmark],
        [left, right]: [usize; 2],
        (upper, lower): ([usize; 7], [usize; 7]),
    ) -> Self {
        let (a, b) = (landmarks[left].point(), landmarks[right].point());
        let width = a.distance(b).max(1.0);
        let along = [(b.x - a.x) / width, (b.y - a.y) / width];
        let place = |index: usize| {
            let (x, y) = (landmarks[index].x - a.x, landmarks[index].y - a.y);
            ((x * along[0] + y * along[1]) / width, y * along[0] - x * along[1])
        };
        let mut lids = vec![(0.0, [0.0; 2])];
        for (up, down) in upper.into_iter().zip(lower) {
            let ((s, above), (_, below)) = (place(up), place(down));
            lids.push((s.clamp(0.01, 0.99), [above, below]));
        }
        lids.push((1.0, [0.0; 2]));
        lids.sort_by(|a, b| a.0.total_cmp(&b.0));
        let height = lids.iter().map(|(_, [up, down])| down - up).fold(1.0, f32::max);
        Self { origin: [a.x, a.y], along, width, lids, height }
    }

    /// The level at `place` of the picture where a lid or its lashes cover it.
    fn level(&self, still: &RgbImage, closed: f32, place: [f32; 2]) -> Option<Rgb<u8>> {
        let (x, y) = (place[0] - self.origin[0], place[1] - self.origin[1]);
        let s = (x * self.along[0] + y * self.along[1]) / self.width;
        let down = y * self.along[0] - x * self.along[1];
        let next = self.lids.iter().position(|(at, _)| *at >= s).filter(|next| *next > 0)?;
        let ((s0, a), (s1, b)) = (self.lids[next - 1], self.lids[next]);
        let t = (s - s0) / (s1 - s0).max(1e-6);
        let [upper, lower] = [0, 1].map(|k: usize| a[k] + t * (b[k] - a[k]));
        let margin = 0.2 * self.height;
        let edge = upper - margin + closed * (lower - upper + 2.0 * margin);
        if closed <= 0.0 || down < upper - margin || down > edge + LASHES * self.height / 2.0 {
            return None;
        }
        let from = upper
            - margin
            - SKIN_ABOVE * self.height * (edge - down).max(0.0) / (edge - upper + margin).max(1e-3);
        let at = |k: usize| match k {
            0 => self.origin[0] + s * self.width * self.along[0] - from * self.along[1],
            _ => self.origin[1] + s * self.width * self.along[1] + from * self.along[0],
        };
        let Rgb(skin) = sample(still, at(0), at(1));
        let lash = (down - edge).abs() < LASHES * self.height / 2.0;
        Some(Rgb(skin.map(|level| if lash { (f32::from(level) * 0.45) as u8 } else { level })))
    }
}
