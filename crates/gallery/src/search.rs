//! What is asked of a gallery, and what it answers.

use crate::person::{Filter, Person};

/// What is asked beside the vector.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Search {
    /// At most so many hits.
    pub most: usize,
    /// Whom to consider.
    pub filter: Filter,
    /// So many of each shard's people, those whose short images lie nearest, are
    /// measured exactly. As many as the shard holds make the search exact, and
    /// as slow as reading its file.
    pub candidates: usize,
}

impl Default for Search {
    /// The ten nearest of all. 400 candidates: see “One to many” in ACCURACY.md
    /// for what they find among a million people.
    fn default() -> Self {
        Self { most: 10, filter: Filter::default(), candidates: 400 }
    }
}

/// A person who was found.
#[derive(Debug, Clone, PartialEq)]
pub struct Hit {
    /// Who.
    pub person: Person,
    /// The exact distance, in the gallery's metric.
    pub distance: f64,
}

/// What a search found.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Answer {
    /// The nearest people, the nearest first. Whether one is near enough says
    /// the calibration at [`crate::comparison_rate`].
    pub hits: Vec<Hit>,
    /// People whom the filter admitted: how many comparisons the answer stands
    /// for.
    pub considered: u64,
    /// People whose record turned out to be damaged just now; their distance is
    /// not known.
    pub damaged: Vec<u64>,
}
