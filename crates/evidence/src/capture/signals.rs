//! What is measured on a whole capture, beside what the face did.

use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash, Hasher};

use domain::liveness::{Signal, SignalKind};
use image::RgbImage;

use super::{CapturedFace, Still, Stream};

/// A turn is measured over at least so long, milliseconds: shorter ones are the mesh's
/// trembling.
const SPEED_OVER_MS: f64 = 100.0;
/// So many frames are compared with a flat picture.
const FLAT_SAMPLES: usize = 24;
/// Share of them that fit better than what counts: a fit now and then fails.
const FLAT_SHARE: f64 = 0.7;

/// All that the signals are measured on.
pub(super) struct Measured<'a> {
    pub stream: &'a Stream,
    /// The frames with a face.
    pub faces: &'a [CapturedFace],
    /// Which of them looks as this person mostly does.
    pub neutral: usize,
    pub stills: &'a [Still],
}

/// A number that tells two frames apart unless they are the same, pixel for pixel.
pub(super) fn digest(picture: &RgbImage) -> u64 {
    let mut hasher = DefaultHasher::new();
    picture.as_raw().hash(&mut hasher);
    hasher.finish()
}

impl Measured<'_> {
    /// Every signal that this capture allows.
    pub fn all(&self) -> Vec<Signal> {
        let whole = |kind, value: Option<f64>| Some(Signal { kind, value: value?, at_ms: None });
        let at = |kind, found: Option<(f64, f64)>| {
            found.map(|(value, at_ms)| Signal { kind, value, at_ms: Some(at_ms) })
        };
        [
            whole(SignalKind::FrameRate, self.frame_rate()),
            whole(SignalKind::FaceMissing, self.missing()),
            at(SignalKind::TurnSpeed, self.turn_speed()),
            at(SignalKind::Jump, self.jump()),
            at(SignalKind::FaceDistance, self.face_distance()),
            whole(SignalKind::Flatness, self.flatness()),
            whole(SignalKind::RepeatedFrames, self.repeated()),
            at(SignalKind::Light, self.light()),
        ]
        .into_iter()
        .flatten()
        .collect()
    }

    fn frame_rate(&self) -> Option<f64> {
        let times = &self.stream.times;
        let mut gaps: Vec<f64> = times.windows(2).map(|pair| pair[1] - pair[0]).collect();
        gaps.sort_by(f64::total_cmp);
        let median = gaps.get(gaps.len() / 2).filter(|gap| **gap > 0.0)?;
        Some(1000.0 / median)
    }

    fn missing(&self) -> Option<f64> {
        let frames = self.stream.times.len();
        (frames > 0).then(|| (frames - self.faces.len()) as f64 / frames as f64)
    }

    /// The fastest turn, and when.
    fn turn_speed(&self) -> Option<(f64, f64)> {
        let speeds = self.faces.iter().enumerate().filter_map(|(index, from)| {
            let later = &self.faces[index + 1..];
            let to = later.iter().find(|to| to.at_ms - from.at_ms >= SPEED_OVER_MS)?;
            let (a, b) = (from.turn, to.turn);
            let turned = (b.yaw - a.yaw).hypot(b.pitch - a.pitch).hypot(b.roll - a.roll);
            Some((1000.0 * f64::from(turned) / (to.at_ms - from.at_ms), from.at_ms))
        });
        most(speeds)
    }

    /// The farthest that the face went from one frame to the next, in its widths, and when.
    fn jump(&self) -> Option<(f64, f64)> {
        most(self.faces.windows(2).map(|pair| {
            let (a, b) = (pair[0].mesh.bounds(), pair[1].mesh.bounds());
            let moved = a.center().distance(b.center()).max((a.width - b.width).abs());
            (f64::from(moved / a.width.max(f32::MIN_POSITIVE)), pair[1].at_ms)
        }))
    }

    /// The largest distance between two stills, and when the later one was.
    fn face_distance(&self) -> Option<(f64, f64)> {
        most(self.stills.iter().enumerate().flat_map(|(index, a)| {
            let later = self.stills[index + 1..].iter();
            later.map(|b| (a.embedding.distance(&b.embedding), b.at_ms))
        }))
    }

    fn flatness(&self) -> Option<f64> {
        let neutral = self.faces.get(self.neutral)?.patch.as_ref()?;
        let others = self.faces.iter().enumerate().filter(|(index, _)| *index != self.neutral);
        let others: Vec<_> = others.filter_map(|(_, face)| face.patch.as_ref()).collect();
        let step = others.len().div_ceil(FLAT_SAMPLES).max(1);
        let sampled = others.into_iter().step_by(step);
        let mut fits: Vec<f64> = sampled.filter_map(|patch| neutral.as_plane(patch)).collect();
        fits.sort_by(|a, b| b.total_cmp(a));
        fits.get((fits.len() as f64 * FLAT_SHARE) as usize).copied()
    }

    fn repeated(&self) -> Option<f64> {
        let digests = &self.stream.digests;
        let distinct: HashSet<_> = digests.iter().collect();
        (!digests.is_empty()).then(|| 1.0 - distinct.len() as f64 / digests.len() as f64)
    }

    /// The darkest that the face was, and when.
    fn light(&self) -> Option<(f64, f64)> {
        let levels = self.faces.iter().map(|face| (f64::from(face.brightness), face.at_ms));
        levels.min_by(|a, b| a.0.total_cmp(&b.0))
    }
}

fn most(values: impl Iterator<Item = (f64, f64)>) -> Option<(f64, f64)> {
    values.max_by(|a, b| a.0.total_cmp(&b.0))
}
