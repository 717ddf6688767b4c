//! What a model is for.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// What a model is for. Code asks for a role; the manifest says which file
/// fills it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// Where in a picture a document lies.
    DocumentOutline,
    /// What a row of a machine-readable zone says.
    ZoneRecognition,
    /// Where in a picture is text.
    TextDetection,
    /// What one line of text says.
    TextRecognition,
    /// Whether a line of text is upside down.
    TextOrientation,
    /// Where in a picture are faces.
    FaceDetection,
    /// The 468 landmarks of one face.
    FaceMesh,
    /// The outline and iris of one eye.
    Iris,
    /// The first half of the joined face embedding (dlib).
    FaceEmbeddingA,
    /// The second half of the joined face embedding (faceres).
    FaceEmbeddingB,
    /// An operator's own face embedding, where there is one.
    FaceEmbeddingC,
    /// An operator's own network that tells a living face from a picture of one, where there
    /// is one.
    FacePassiveLiveness,
}

impl Role {
    /// Every role, in the order of the manifest.
    pub const ALL: [Self; 12] = {
        let [a, b, c, d, e, f, g, h, i, j] = Self::SHIPPED;
        [a, b, c, d, e, f, g, h, i, j, Self::FaceEmbeddingC, Self::FacePassiveLiveness]
    };

    /// The roles that the shipped manifest fills.
    pub const SHIPPED: [Self; 10] = [
        Self::DocumentOutline,
        Self::ZoneRecognition,
        Self::TextDetection,
        Self::TextRecognition,
        Self::TextOrientation,
        Self::FaceDetection,
        Self::FaceMesh,
        Self::Iris,
        Self::FaceEmbeddingA,
        Self::FaceEmbeddingB,
    ];

    /// The role's name in the manifest and on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::DocumentOutline => "document-outline",
            Self::ZoneRecognition => "zone-recognition",
            Self::TextDetection => "text-detection",
            Self::TextRecognition => "text-recognition",
            Self::TextOrientation => "text-orientation",
            Self::FaceDetection => "face-detection",
            Self::FaceMesh => "face-mesh",
            Self::Iris => "iris",
            Self::FaceEmbeddingA => "face-embedding-a",
            Self::FaceEmbeddingB => "face-embedding-b",
            Self::FaceEmbeddingC => "face-embedding-c",
            Self::FacePassiveLiveness => "face-passive-liveness",
        }
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// The text names no role.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("no model has the role {0:?}")]
pub struct UnknownRole(String);

impl FromStr for Role {
    type Err = UnknownRole;

    fn from_str(text: &str) -> Result<Self, UnknownRole> {
        Self::ALL
            .into_iter()
            .find(|role| role.name() == text)
            .ok_or_else(|| UnknownRole(text.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn name_is_the_serialised_form_and_parses_back() {
        for role in Role::ALL {
            assert_eq!(serde_json::json!(role), role.name());
            assert_eq!(role.name().parse(), Ok(role));
        }
    }
}
