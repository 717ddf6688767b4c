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
}

/// Movements alone: nothing is asked of the light.
impl From<Challenge> for Asked {
    fn from(challenge: Challenge) -> Self {
        Self { challenge, light: Light::NotAsked }
    }
}
