//! The outline of a document in a photograph.
//!
//! A small network of the project's own ([`Role::DocumentOutline`]) marks what
//! belongs to a document on a coarse grid, also a little beyond the frame and
//! under fingers; what is small is looked at again from closer by. A
//! quadrilateral is fitted to each document's cells, and each side is then laid
//! along the edge that the picture itself shows there.
//!
//! [`Role::DocumentOutline`]: inference::Role::DocumentOutline

mod canvas;
mod edges;
#[cfg(any(test, feature = "fakes"))]
pub mod fakes;
mod fit;
mod located;
mod profile;
mod rectified;
mod regions;
mod search;
mod sides;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use image::RgbImage;
use imaging::resize::{Filter, fit_within};
use inference::{InferenceError, LoadError, Model, Models, Role};

pub use located::LocatedDocument;
pub use rectified::{PageSize, RectifiedDocument};

use located::Frame;
use sides::Settled;

/// What counts as a document, and how its outline is refined.
#[derive(Debug, Clone, PartialEq)]
pub struct OutlineParams {
    /// The picture's longer side while edges are looked for, pixels.
    pub working_side: u32,
    /// How well cells and quadrilateral must cover each other, 0 to 1.
    pub min_score: f32,
    /// A document spans at least this share of the picture.
    pub min_area: f32,
    /// How many places, the surest first, are looked at again from closer by: small
    /// documents are then seen better. Each costs as much as the first look.
    pub closer_looks: usize,
    /// How far a corner may lie beyond the frame and still count as inside, as
    /// a share of the document's longer side: corners are round, and a scan is
    /// cropped at the very edge.
    pub frame_tolerance: f32,
}

impl Default for OutlineParams {
    fn default() -> Self {
        Self {
            working_side: 800,
            min_score: 0.6,
            min_area: 0.015,
            closer_looks: 3,
            frame_tolerance: 0.03,
        }
    }
}

/// Finds the outlines of documents in photographs.
pub struct DocumentFinder {
    model: Arc<dyn Model>,
    params: OutlineParams,
}

impl DocumentFinder {
    /// The stage on `model`.
    pub fn new(model: Arc<dyn Model>, params: OutlineParams) -> Self {
        Self { model, params }
    }

    /// The stage with the installed model.
    ///
    /// # Errors
    /// When the model is not installed or will not load.
    pub fn from_models(models: &impl Models) -> Result<Self, LoadError> {
        Ok(Self::new(models.model(Role::DocumentOutline)?, OutlineParams::default()))
    }

    /// Every document in `picture`, the largest first; none is a finding, not
    /// an error. Quads are in pixels of `picture`, their first corner the one
    /// that is nearest to the picture's top left.
    ///
    /// # Errors
    /// When the model cannot run.
    pub fn find(&self, picture: &RgbImage) -> Result<Vec<LocatedDocument>, InferenceError> {
        if picture.width().min(picture.height()) == 0 {
            return Ok(Vec::new());
        }
        let working = fit_within(picture, self.params.working_side, Filter::Area);
        let (width, height) = (picture.width() as f32, picture.height() as f32);
        let settled = search::documents(&*self.model, &self.params, &working.image)?;
        let located = settled.into_iter().map(|Settled { quad, seen, score }| {
            let quad = quad.map(|point| working.to_source(point));
            let reach = self.params.frame_tolerance * quad.width().max(quad.height());
            LocatedDocument::new(quad, score, seen, Frame { width, height, reach })
        });
        let mut found: Vec<LocatedDocument> = located.collect();
        found.sort_by(|a, b| b.quad().area().total_cmp(&a.quad().area()));
        Ok(found)
    }
}
