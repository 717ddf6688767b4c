//! What is measured on a whole capture, beside what the face did.

use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash, Hasher};

use domain::liveness::{Asked, Light, Signal, SignalKind};
use image::RgbImage;
use vision::liveness::{Reflection, SeenGesture};

use super::{CapturedFace, EMBED_TURN, Still, Stream};

/// A turn is measured over at least so long, milliseconds: shorter ones are the mesh's
/// trembling.
const SPEED_OVER_MS: f64 = 100.0;
/// Light is measured while the head is turned by no more, degrees against its usual pose: one
/// side of a turned head faces the screen.
const FACING: f32 = 8.0;
/// With fewer stills nothing is known of whether one person was there all along. A guess:
/// six seconds have about ten.
const FEWEST_STILLS: usize = 3;
/// So many frames are compared with a flat picture where nothing was done.
const FLAT_SAMPLES: usize = 24;

/// All that the signals are measured on.
pub(super) struct Measured<'a> {
    pub asked: &'a Asked,
    pub stream: &'a Stream,
    /// The frames with a face.
    pub faces: &'a [CapturedFace],
    /// Which of them looks as this person mostly does.
    pub neutral: usize,
    pub gestures: &'a [SeenGesture],
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
        let reflection = self.reflection();
        let evenness = reflection.and_then(|reflection| reflection.evenness);
        [
            whole(SignalKind::FrameRate, self.frame_rate()),
            whole(SignalKind::FaceMissing, self.missing()),
            at(SignalKind::TurnSpeed, self.turn_speed()),
            at(SignalKind::Jump, self.jump()),
            at(SignalKind::FaceDistance, self.face_distance()),
            whole(SignalKind::Flatness, self.flatness()),
            whole(SignalKind::RepeatedFrames, self.repeated()),
            whole(SignalKind::Ahead, self.ahead()),
            at(SignalKind::Light, self.darkest()),
            whole(SignalKind::LightFollowing, reflection.map(|reflection| reflection.following)),
            whole(SignalKind::LightEvenness, evenness),
            whole(SignalKind::PassiveLiveness, self.living()),
        ]
        .into_iter()
        .flatten()
        .collect()
    }

    fn frame_rate(&self) -> Option<f64> {
        let times = &self.stream.times;
        let mut gaps: Vec<f64> = times.windows(2).map(|pair| pair[1] - pair[0]).collect();
        gaps.sort_by(f64::total_cmp);
        let usual = gaps.get(gaps.len() * 9 / 10).filter(|gap| **gap > 0.0)?;
        Some(1000.0 / usual)
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

    /// The largest distance from one still to the next, and when the later one was: one
    /// person comes to look different little by little, another all at once. `None` where the head is
    /// mostly turned aside: the few frames in which it is not are no sample of who was there.
    fn face_distance(&self) -> Option<(f64, f64)> {
        let usual = &self.faces.get(self.neutral)?.signs.pose;
        let aside = usual.yaw.abs().max(usual.pitch.abs());
        if self.stills.len() < FEWEST_STILLS || aside > EMBED_TURN {
            return None;
        }
        let pairs = self.stills.windows(2);
        most(pairs.map(|pair| (pair[0].embedding.distance(&pair[1].embedding), pair[1].at_ms)))
    }

    /// How well the face fits a flat picture where it went farthest in each gesture; where
    /// nothing was done, all along. The lower quartile: a fit now and then fails, and a person
    /// is now and then quite still.
    fn flatness(&self) -> Option<f64> {
        let neutral = self.faces.get(self.neutral)?.patch.as_ref()?;
        let peaks = self.gestures.iter().map(|seen| seen.peak_ms);
        let at = |ms: f64| self.faces.iter().find(|face| face.at_ms >= ms);
        let mut frames: Vec<&CapturedFace> = peaks.filter_map(at).collect();
        if frames.is_empty() {
            let step = self.faces.len().div_ceil(FLAT_SAMPLES).max(1);
            frames = self.faces.iter().skip(step / 2).step_by(step).collect();
        }
        let patches = frames.into_iter().filter_map(|face| face.patch.as_ref());
        let mut fits: Vec<f64> = patches.filter_map(|patch| neutral.as_plane(patch)).collect();
        fits.sort_by(f64::total_cmp);
        fits.get(fits.len() / 4).copied()
    }

    /// What the operator's own network says of the stills, in the mean.
    fn living(&self) -> Option<f64> {
        let said: Vec<f64> = self.stills.iter().filter_map(|still| still.living).collect();
        (!said.is_empty()).then(|| said.iter().sum::<f64>() / said.len() as f64)
    }

    fn repeated(&self) -> Option<f64> {
        let digests = &self.stream.digests;
        let distinct: HashSet<_> = digests.iter().collect();
        (!digests.is_empty()).then(|| 1.0 - distinct.len() as f64 / digests.len() as f64)
    }

    /// How much later its last frame claims to be than it was there.
    fn ahead(&self) -> Option<f64> {
        Some(self.stream.times.last()? - self.asked.answered_after_ms?)
    }

    /// How the face took on the colours of the page, where there were any.
    fn reflection(&self) -> Option<Reflection> {
        let Light::Shown(sequence) = &self.asked.light else { return None };
        let aside = |face: &CapturedFace| face.turn.yaw.abs().max(face.turn.pitch.abs());
        let facing = self.faces.iter().filter(|face| aside(face) <= FACING);
        let tints = facing.filter_map(|face| Some((face.at_ms, face.tint?)));
        Reflection::of(&tints.collect::<Vec<_>>(), |at_ms| sequence.at(at_ms))
    }

    /// The darkest that the face was, and when.
    fn darkest(&self) -> Option<(f64, f64)> {
        let levels = self.faces.iter().map(|face| (f64::from(face.brightness), face.at_ms));
        levels.min_by(|a, b| a.0.total_cmp(&b.0))
    }
}

fn most(values: impl Iterator<Item = (f64, f64)>) -> Option<(f64, f64)> {
    values.max_by(|a, b| a.0.total_cmp(&b.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_capture_that_claims_more_time_than_passed_is_ahead_by_the_rest() {
        let stream = Stream { times: vec![2900.0, 5000.0, 7000.0], digests: vec![1, 2, 3] };
        for (answered_after_ms, ahead) in
            [(Some(12_000.0), Some(-5000.0)), (Some(4000.0), Some(3000.0)), (None, None)]
        {
            let asked = Asked { answered_after_ms, ..Asked::default() };
            let measured = Measured {
                asked: &asked,
                stream: &stream,
                faces: &[],
                neutral: 0,
                gestures: &[],
                stills: &[],
            };
            let signals = measured.all();
            let found = signals.iter().find(|signal| signal.kind == SignalKind::Ahead);
            assert_eq!(found.map(|signal| signal.value), ahead);
        }
    }
}
