//! Lines of text: where they are and what they say.
