//! What is asked of a person before a camera.

use serde::{Deserialize, Serialize};

use crate::liveness::{Challenge, Light};

/// What the page asks for while a capture is taken.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Asked {
    /// Movements; none where the person cannot make them, and then a person decides.
    pub challenge: Challenge,
    /// Light.
    #[serde(default, skip_serializing_if = "Light::is_not_asked")]
    pub light: Light,
    /// Milliseconds from when it was asked until all of the answer, or its digest, was there, by
    /// the clock of whoever asked; absent where nobody watched one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answered_after_ms: Option<f64>,
}

impl Asked {
    /// When all of it is over, milliseconds after the beginning; `None` where that is left open.
    pub fn ends_ms(&self) -> Option<f64> {
        let movements = self.challenge.steps().iter().map(|step| step.to_ms);
        let shines = match &self.light {
            Light::Shown(sequence) => sequence.shines(),
            Light::NotAsked | Light::Declined => &[],
        };
        let mut ends = movements.chain(shines.iter().map(|shine| Some(shine.to_ms)));
        ends.try_fold(None, |last: Option<f64>, end| Some(Some(last.unwrap_or(0.0).max(end?))))?
    }
}

/// Movements alone: nothing is asked of the light.
impl From<Challenge> for Asked {
    fn from(challenge: Challenge) -> Self {
        Self { challenge, ..Self::default() }
    }
}
