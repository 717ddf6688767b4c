//! Traces of forgery: what in a picture's pixels a camera that took the document itself
//! would not have left there.

use serde::{Deserialize, Serialize};

use crate::evidence::Region;

/// What was looked for. Each is a sign and no proof: none rejects by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TraceKind {
    /// A lattice of dots along the sides of the document or of the picture, as a screen
    /// has: how far its peaks stand over the spectrum, natural logarithm of the power.
    ScreenDots,
    /// The same at another angle, as printers turn their dots.
    PrintDots,
    /// How far the grain of the portrait lies from that of the document around it, either
    /// way, in powers of two.
    PortraitGrain,
    /// Share of the grid of JPEG that the portrait lacks beside the document around it, 0
    /// to 1.
    PortraitGrid,
    /// Share of the steps of an earlier compression that the portrait lacks, 0 to 1: it was put
    /// there after it.
    PortraitSteps,
    /// How far across the middle of its side the portrait stands in the half where this
    /// document has none, share of the width; 0 where it stands right.
    PortraitPlace,
    /// How unlike the portrait and the small second portrait on the same side are: the
    /// distance of their embeddings.
    GhostDistance,
    /// How much steeper the edges of one field's print are than those of the fields beside
    /// it, powers of two: what was typed into the file went through no lens.
    FieldSharpness,
    /// How alike the most alike two places of one field are, 1 where one is the copy of the
    /// other, 0 where they differ by a fifth of their own deviation.
    FieldCopied,
    /// Share of the steps of an earlier compression that a line of print or one of its
    /// characters lacks, 0 to 1.
    FieldSteps,
}

/// One trace, with how strong it is.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Trace {
    /// What was measured.
    pub kind: TraceKind,
    /// The value, in the unit of its kind.
    pub value: f64,
    /// Where, when it is not the whole document.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub region: Option<Region>,
}
