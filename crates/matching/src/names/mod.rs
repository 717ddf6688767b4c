//! Whether a typed name is the name on the document.
