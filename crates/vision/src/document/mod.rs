//! The outline of a document in a photograph.
