//! What a picture shows across one side of an outline.

use imaging::Point;

use super::edges::{ENDS, SAMPLES};

/// How many lines are told as worth a closer look.
const PEAKS: usize = 3;

/// A side's surroundings: how sure an edge is, at each sample and offset.
pub(super) struct Profile {
    /// The side's place at each sample, in pixels.
    pub at: Vec<Point>,
    /// The unit normal, outwards.
    pub normal: Point,
    /// Offsets run from −reach to reach, in pixels.
    pub reach: i32,
    /// `None` where the sample lies outside the picture.
    pub sure: Vec<Option<Vec<f32>>>,
    /// How many samples lie in the picture.
    pub seen: usize,
}

impl Profile {
    /// The line that most samples see an edge on: how sure it is on the mean,
    /// and its offsets at the first and the last sample.
    pub fn best(&self) -> (f32, i32, i32) {
        let mut best = (0.0, 0, 0);
        let mut worth = 0.0;
        for start in -self.reach..=self.reach {
            for end in -self.reach..=self.reach {
                let mean = self.mean(start, end);
                // What the side was laid by is seldom far off.
                let off = (start * start + end * end) as f32 / (self.reach * self.reach) as f32;
                if mean * (1.0 - 0.25 * off) > worth {
                    worth = mean * (1.0 - 0.25 * off);
                    best = (mean, start, end);
                }
            }
        }
        best
    }

    /// The same with each value the greatest within half of `step` of it, so
    /// that steps miss no edge.
    pub fn pooled(&self, step: i32) -> Self {
        let half = (step / 2 + 1) as usize;
        let sure = self.sure.iter().map(|sure| sure.as_ref().map(|sure| pool(sure, half)));
        let (at, sure) = (self.at.clone(), sure.collect());
        Self { at, normal: self.normal, reach: self.reach, sure, seen: self.seen }
    }

    /// The surest lines, unlike each other, in steps of `step`.
    pub fn peaks(&self, step: i32) -> Vec<(i32, i32)> {
        let steps = self.reach / step;
        let offsets = || (-steps..=steps).map(|k| k * step);
        let mut lines: Vec<(f32, (i32, i32))> = offsets()
            .flat_map(|start| offsets().map(move |end| (start, end)))
            .map(|(start, end)| (self.mean(start, end), (start, end)))
            .collect();
        lines.sort_by(|a, b| b.0.total_cmp(&a.0));
        let mut peaks: Vec<(i32, i32)> = Vec::new();
        for (_, (start, end)) in lines {
            let alike = |p: &(i32, i32)| (p.0 - start).abs() + (p.1 - end).abs() <= 3 * step;
            if !peaks.iter().any(alike) {
                peaks.push((start, end));
            }
            if peaks.len() == PEAKS {
                break;
            }
        }
        peaks
    }

    /// The side `from`–`to` moved by offsets at the first and the last sample.
    pub fn shifted(&self, from: Point, to: Point, (start, end): (i32, i32)) -> (Point, Point) {
        let (start, end) = (start as f32, end as f32);
        let beyond = (end - start) * ENDS / (1.0 - 2.0 * ENDS);
        let moved = |point: Point, by: f32| {
            Point::new(point.x + self.normal.x * by, point.y + self.normal.y * by)
        };
        (moved(from, start - beyond), moved(to, end + beyond))
    }

    /// The mean of what the samples in view see on the line between two offsets.
    fn mean(&self, start: i32, end: i32) -> f32 {
        let step = (end - start) as f32 / (SAMPLES - 1) as f32;
        // Half a pixel more, so that cutting off rounds.
        let mut offset = (start + self.reach) as f32 + 0.5;
        let mut sum = 0.0;
        for sure in &self.sure {
            if let Some(sure) = sure {
                sum += sure[offset as usize];
            }
            offset += step;
        }
        sum / self.seen.max(1) as f32
    }

    /// The samples' own edges next to the line between two offsets, each with
    /// how sure it is.
    pub fn points(&self, start: i32, end: i32) -> Vec<(Point, f32)> {
        let last = (SAMPLES - 1) as f32;
        let mut points = Vec::new();
        for (i, (place, sure)) in self.at.iter().zip(&self.sure).enumerate() {
            let Some(sure) = sure else { continue };
            let offset = start as f32 + (end - start) as f32 * i as f32 / last;
            let middle = (offset.round() as i32 + self.reach) as usize;
            let (low, high) = (middle.saturating_sub(2), (middle + 2).min(sure.len() - 1));
            let peak = (low..=high)
                .max_by(|&a, &b| sure[a].total_cmp(&sure[b]))
                .expect("the range is not empty");
            let exact = peak as f32 - self.reach as f32 + vertex(sure, peak);
            let at = Point::new(place.x + self.normal.x * exact, place.y + self.normal.y * exact);
            points.push((at, sure[peak] * sure[peak]));
        }
        points
    }
}

/// The greatest of each value and those up to `half` places from it; none is less
/// than 0.
fn pool(values: &[f32], half: usize) -> Vec<f32> {
    let window = 2 * half + 1;
    let mut pooled = vec![0.0; values.len() + 2 * half];
    pooled[half..half + values.len()].copy_from_slice(values);
    // From each place on the greatest of `span`, doubled as long as it fits; two such
    // spans cover the window.
    let mut span = 1;
    while 2 * span <= window {
        for at in 0..pooled.len() - span {
            pooled[at] = pooled[at].max(pooled[at + span]);
        }
        span *= 2;
    }
    (0..values.len()).map(|at| pooled[at].max(pooled[at + window - span])).collect()
}

/// How far beside `peak` the parabola through it and its neighbours is highest.
fn vertex(values: &[f32], peak: usize) -> f32 {
    if peak == 0 || peak + 1 >= values.len() {
        return 0.0;
    }
    let (a, b, c) = (values[peak - 1], values[peak], values[peak + 1]);
    let bend = a - 2.0 * b + c;
    if bend < -1e-6 { (0.5 * (a - c) / bend).clamp(-0.5, 0.5) } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pooling_takes_the_greatest_within_reach() {
        let values: Vec<f32> = (0..23).map(|i: u32| ((i * 7919) % 101) as f32).collect();
        for half in [1, 2, 5, 30] {
            let near = |i: usize| &values[i.saturating_sub(half)..(i + half + 1).min(values.len())];
            let greatest = |i: usize| near(i).iter().copied().fold(0.0, f32::max);
            let expected: Vec<f32> = (0..values.len()).map(greatest).collect();
            assert_eq!(pool(&values, half), expected, "{half}");
        }
    }
}
