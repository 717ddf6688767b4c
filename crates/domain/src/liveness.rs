//! A live capture: what the server asks for, and what was seen, as facts.

mod asked;
mod light;

use std::collections::BTreeSet;
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

pub use asked::Asked;
pub use light::{Colour, Light, LightSequence, NoLight, Shine};

/// A movement that a person is asked to make.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Action {
    /// Close both eyes and open them again.
    Blink,
    /// Turn the head to one's own left.
    TurnLeft,
    /// Turn the head to one's own right.
    TurnRight,
    /// Nod.
    Nod,
    /// Look up.
    LookUp,
    /// Open the mouth.
    OpenMouth,
}

impl Action {
    /// Every action.
    pub const ALL: [Self; 6] =
        [Self::Blink, Self::TurnLeft, Self::TurnRight, Self::Nod, Self::LookUp, Self::OpenMouth];

    /// Its public name: `turn-left`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Blink => "blink",
            Self::TurnLeft => "turn-left",
            Self::TurnRight => "turn-right",
            Self::Nod => "nod",
            Self::LookUp => "look-up",
            Self::OpenMouth => "open-mouth",
        }
    }

    /// The movement that a head makes which swings back from this one past its usual pose.
    const fn back(self) -> Option<Self> {
        match self {
            Self::TurnLeft => Some(Self::TurnRight),
            Self::TurnRight => Some(Self::TurnLeft),
            Self::Nod => Some(Self::LookUp),
            Self::LookUp => Some(Self::Nod),
            Self::Blink | Self::OpenMouth => None,
        }
    }
}

impl fmt::Display for Action {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// One action of a challenge, and when it may be made.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// What to do.
    pub action: Action,
    /// Milliseconds from the start of the capture at which it is asked for.
    pub from_ms: f64,
    /// By when it must have begun; without an end the capture's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to_ms: Option<f64>,
}

/// The actions that a person is asked to make, in their order.
///
/// Written `blink,turn-left` or, with seconds, `blink@0-3,turn-left@3-6`.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Challenge(Vec<Step>);

/// A challenge that cannot be asked.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "{0:?} is no step of a challenge: write actions (blink, turn-left, turn-right, nod, look-up, \
     open-mouth) with commas, and, if you like, seconds: blink@0-3,turn-left@3-6"
)]
pub struct NoChallenge(String);

impl Challenge {
    /// A challenge of `steps`.
    ///
    /// # Errors
    /// When a time is no number, or a step ends before it begins or before the one before it.
    pub fn new(steps: Vec<Step>) -> Result<Self, NoChallenge> {
        let mut earliest = 0.0;
        for step in &steps {
            let end = step.to_ms.unwrap_or(f64::INFINITY);
            if !(step.from_ms >= earliest && end > step.from_ms) {
                return Err(NoChallenge(step.action.to_string()));
            }
            earliest = step.from_ms;
        }
        Ok(Self(steps))
    }

    /// Its steps, in their order.
    pub fn steps(&self) -> &[Step] {
        &self.0
    }
}

impl FromStr for Challenge {
    type Err = NoChallenge;

    fn from_str(text: &str) -> Result<Self, NoChallenge> {
        let steps = text.split(',').map(str::trim).filter(|part| !part.is_empty());
        let steps = steps.map(|part| step(part).ok_or_else(|| NoChallenge(part.to_owned())));
        Self::new(steps.collect::<Result<_, _>>()?)
    }
}

fn step(part: &str) -> Option<Step> {
    let (name, window) = part.split_once('@').map_or((part, None), |(name, w)| (name, Some(w)));
    let action = Action::ALL.into_iter().find(|action| action.as_str() == name)?;
    let Some(window) = window else { return Some(Step { action, from_ms: 0.0, to_ms: None }) };
    let (from, to) = window.split_once('-')?;
    let ms = |seconds: &str| Some(1000.0 * seconds.parse::<f64>().ok()?);
    Some(Step { action, from_ms: ms(from)?, to_ms: Some(ms(to)?) })
}

/// A movement that was seen.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SeenAction {
    /// What.
    pub action: Action,
    /// Milliseconds from the start of the capture to the first frame of it.
    pub from_ms: f64,
    /// To the last frame of it.
    pub to_ms: f64,
    /// How far it went: degrees of a turn, height over width of a mouth; for a blink the
    /// share of the eyes' usual opening that was left.
    pub extent: f64,
}

/// What is measured on a whole capture. Each is a sign and no proof.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SignalKind {
    /// Frames a second, by the interval that nine of ten between them do not exceed: many that
    /// come at once make up for no pause.
    FrameRate,
    /// Share of the frames that show no face, 0 to 1.
    FaceMissing,
    /// Fastest turn of the head over a tenth of a second, degrees a second as the mesh has
    /// them.
    TurnSpeed,
    /// Fastest move of the face from one frame to the next, widths of it.
    Jump,
    /// Largest distance between the embeddings of two frames that follow each other by about
    /// half a second, and so between two people if the face was swapped. Absent where the face
    /// was too seldom turned to the camera.
    FaceDistance,
    /// How well the face, where it went farthest in its movements, fits a flat picture of it
    /// that is only moved about: the lower quartile of the correlations, 1 for a picture.
    Flatness,
    /// Share of the frames that are, pixel for pixel, one of those before, 0 to 1.
    RepeatedFrames,
    /// How much later the last frame is, by its own time, than the time from when the capture was
    /// asked for until it was there, by the server's clock, milliseconds: over nothing where the
    /// answer began before the question. Absent where nobody watched a clock.
    Ahead,
    /// Mean luminance of the face where it is darkest, 0 to 255.
    Light,
    /// How well the tint of the face's parts follows the colours that the page showed: the
    /// median of their correlations, −1 to 1.
    LightFollowing,
    /// How strongly the sides of the face, towards the ears, take on these colours, as a
    /// share of the nose: 1 on a flat thing, less on a head, whose sides stand back and aside.
    LightEvenness,
    /// How likely the operator's own network for passive liveness holds the face for a living
    /// one, the mean over stills, 0 to 1; only where there is such a network.
    PassiveLiveness,
}

/// One measured signal.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Signal {
    /// What was measured.
    pub kind: SignalKind,
    /// The value, in the unit of its kind.
    pub value: f64,
    /// Milliseconds from the start of the capture, where it belongs to a moment.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_ms: Option<f64>,
}

/// What a live capture shows.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LivenessEvidence {
    /// What was asked.
    pub challenge: Challenge,
    /// What was asked of the light.
    #[serde(default, skip_serializing_if = "Light::is_not_asked")]
    pub light: Light,
    /// Frames in it.
    pub frames: u32,
    /// Milliseconds from the first frame to the last.
    pub duration_ms: f64,
    /// What was done, by when it began.
    pub seen: Vec<SeenAction>,
    /// What was measured.
    pub signals: Vec<Signal>,
}

impl LivenessEvidence {
    /// The signal of `kind`, when it could be measured.
    pub fn signal(&self, kind: SignalKind) -> Option<&Signal> {
        self.signals.iter().find(|signal| signal.kind == kind)
    }

    /// The first action of the challenge that was not made in its order and time, `None`
    /// when all were.
    ///
    /// A movement answers a step when it begins within the step's window and after the
    /// movement that answered the step before.
    pub fn missing(&self) -> Option<&Step> {
        self.missed().into_iter().next()
    }

    /// Every such action.
    pub fn missed(&self) -> Vec<&Step> {
        let mut next = 0;
        let missed = self.challenge.steps().iter().filter(|step| {
            let answers = |seen: &SeenAction| {
                seen.action == step.action
                    && seen.from_ms >= step.from_ms
                    && step.to_ms.is_none_or(|end| seen.from_ms <= end)
            };
            let answer = self.seen.iter().skip(next).position(answers);
            next += answer.map_or(0, |index| index + 1);
            answer.is_none()
        });
        missed.collect()
    }

    /// The movements that were made and are in no step of the challenge, each once. Blinks are
    /// left out, as everybody blinks, and the head's swing back from a movement that was asked for.
    pub fn unasked(&self) -> BTreeSet<Action> {
        /// A head swings back within so many milliseconds, or swings out before. A guess.
        const SWING_MS: f64 = 1000.0;
        let asked = |action| self.challenge.steps().iter().any(|step| step.action == action);
        let swings = |seen: &SeenAction| {
            self.seen.iter().any(|made| {
                asked(made.action)
                    && made.action.back() == Some(seen.action)
                    && seen.from_ms <= made.to_ms + SWING_MS
                    && made.from_ms <= seen.to_ms + SWING_MS
            })
        };
        let counts = |seen: &&SeenAction| {
            seen.action != Action::Blink && !asked(seen.action) && !swings(seen)
        };
        self.seen.iter().filter(counts).map(|seen| seen.action).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(list: &[(Action, f64)]) -> Vec<SeenAction> {
        let seen = |&(action, from_ms): &(Action, f64)| SeenAction {
            action,
            from_ms,
            to_ms: from_ms + 200.0,
            extent: 1.0,
        };
        list.iter().map(seen).collect()
    }

    #[test]
    fn a_challenge_is_read_as_it_is_written() {
        let challenge: Challenge = "blink, turn-left@3-6.5".parse().unwrap();
        let step = Step { action: Action::TurnLeft, from_ms: 3000.0, to_ms: Some(6500.0) };
        assert_eq!(challenge.steps()[1], step);
        for wrong in ["jump", "blink@3", "blink@3-2", "nod@4-6,blink@1-2", "blink@x-y", "nod@NaN-4"]
        {
            assert!(wrong.parse::<Challenge>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn what_nobody_asked_for_is_told_but_blinks_and_the_swing_back() {
        use Action::{Blink, LookUp, Nod, OpenMouth, TurnLeft, TurnRight};
        type Done<'a> = &'a [(Action, f64)];
        let cases: [(Done, &[Action]); 5] = [
            (&[(Nod, 100.0), (Blink, 500.0), (TurnLeft, 900.0), (TurnLeft, 1500.0)], &[]),
            (&[(Nod, 100.0), (LookUp, 900.0), (TurnRight, 2500.0), (TurnLeft, 3000.0)], &[]),
            (&[(Nod, 100.0), (LookUp, 1400.0), (LookUp, 1900.0)], &[LookUp]),
            (&[(LookUp, 100.0), (OpenMouth, 900.0)], &[LookUp, OpenMouth]),
            (&[(TurnRight, 100.0), (TurnRight, 9000.0)], &[TurnRight]),
        ];
        for (done, unasked) in cases {
            let challenge = "nod,turn-left".parse().unwrap();
            let evidence =
                LivenessEvidence { challenge, seen: seen(done), ..LivenessEvidence::default() };
            assert_eq!(evidence.unasked().into_iter().collect::<Vec<_>>(), unasked, "{done:?}");
        }
    }

    #[test]
    fn actions_count_in_their_order_and_in_their_time() {
        use Action::{Blink, Nod, TurnLeft};
        type Done<'a> = &'a [(Action, f64)];
        let cases: [(&str, Done, &[Action]); 8] = [
            ("blink,nod", &[(Blink, 100.0), (Nod, 900.0)], &[]),
            ("blink,nod", &[(Nod, 100.0), (Blink, 900.0)], &[Nod]),
            ("blink,nod", &[(Nod, 100.0), (Blink, 900.0), (Nod, 1500.0)], &[]),
            ("blink,blink", &[(Blink, 100.0)], &[Blink]),
            ("blink@0-2,turn-left@2-4", &[(Blink, 2500.0), (TurnLeft, 3000.0)], &[Blink]),
            ("blink@0-2,turn-left@2-4", &[(Blink, 1500.0), (TurnLeft, 4500.0)], &[TurnLeft]),
            ("blink,nod,turn-left", &[(Nod, 900.0)], &[Blink, TurnLeft]),
            ("", &[], &[]),
        ];
        for (challenge, done, missed) in cases {
            let challenge = challenge.parse().unwrap();
            let evidence =
                LivenessEvidence { challenge, seen: seen(done), ..LivenessEvidence::default() };
            let found: Vec<Action> = evidence.missed().iter().map(|step| step.action).collect();
            assert_eq!(found, missed, "{done:?}");
            assert_eq!(evidence.missing().map(|step| step.action), missed.first().copied());
        }
    }
}
