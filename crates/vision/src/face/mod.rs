//! Faces: where they are, their landmarks, their embedding.
