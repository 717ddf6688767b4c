//! What is known of the same person elsewhere, as looked up when a case was assessed. Counts
//! and distances only: whose they are stands apart from the evidence, for the operator.

use serde::{Deserialize, Serialize};

/// What other accounts have of the same person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Elsewhere {
    /// Other accounts that hold this very document: country, type and number.
    pub document: u32,
    /// Other accounts of this national number, whatever the document.
    pub national_id: u32,
    /// What the account itself was approved by before.
    #[serde(default)]
    pub before: Before,
}

/// What an account was approved by before, against what it shows now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Before {
    /// It was approved by no document yet.
    #[default]
    Nothing,
    /// This document, or one of the same national number.
    Same,
    /// Another document without a number in common: one that was renewed has a new number, and
    /// so has another person's.
    Another,
}

/// The search of the person's face among those of other accounts.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FaceSearch {
    /// Faces of other accounts that it was compared with.
    pub considered: u64,
    /// Faces that it could not be compared with: another embedder made their vectors, or they
    /// do not open.
    pub unsearched: u64,
    /// The policy's promise that the threshold was made by: the rate of searches in which a
    /// stranger may be hit, 0 to 1.
    pub promise: f64,
    /// The distance of embeddings up to which it is a hit; it shrinks as `considered` grows.
    /// `None` where nobody was considered, or where no distance keeps the promise.
    pub threshold: Option<f64>,
    /// The distance of the nearest approved person of another account.
    pub nearest: Option<f64>,
    /// The face that the account itself was approved by before, where it can be compared.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub own: Option<OwnFace>,
}

/// The face that an account was approved by before, against the one it shows now.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OwnFace {
    /// The distance of the embeddings.
    pub distance: f64,
    /// The distance that two different people come within at the policy's `face_doubt_rate`.
    pub threshold: f64,
}

impl FaceSearch {
    /// The nearest approved person, and how near they had to be, where they are a hit.
    pub fn hit(&self) -> Option<(f64, f64)> {
        self.nearest.zip(self.threshold).filter(|(nearest, threshold)| nearest <= threshold)
    }

    /// Whether nobody could have been found by it, however alike.
    pub fn is_blind(&self) -> bool {
        self.considered > 0 && self.threshold.is_none()
    }

    /// The share of the faces that could not be compared, 0 to 1.
    pub fn unsearched_share(&self) -> f64 {
        let all = self.considered + self.unsearched;
        if all == 0 { 0.0 } else { self.unsearched as f64 / all as f64 }
    }
}

/// Entries of the operator's blocklist that the person meets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Blocklisted {
    /// Of this document: country, type and number.
    pub document: u32,
    /// Of this national number.
    pub national_id: u32,
    /// Of a face within the threshold of the search; 0 where none was searched.
    pub face: u32,
    /// Of the device that the case was opened from.
    #[serde(default)]
    pub device: u32,
}
