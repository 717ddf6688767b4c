//! A live face: what it did, frame by frame, and whether it was there.
//!
//! [`FaceTracker`] follows the face; the [`gestures()`] it made come from the [`Moment`]s of a
//! whole capture; [`FacePatch`] tells a head from a picture of one, and so does the [`Reflection`]
//! of light that changes.

mod gestures;
mod head;
mod light;
mod passive;
mod plane;
mod signs;
#[cfg(test)]
mod tests;
mod tracker;

pub use gestures::{Gesture, GestureParams, Moment, SeenGesture, gestures};
pub use head::Turn;
pub use light::{FaceTint, Reflection};
pub use passive::PassiveJudge;
pub use plane::FacePatch;
pub use signs::Signs;
pub use tracker::FaceTracker;
