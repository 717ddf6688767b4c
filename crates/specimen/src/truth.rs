//! Ground truth: what a picture shows and where.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::kind::{Face, Field, Kind, MrzFormat};
use crate::photograph::{Fault, Scene};

/// Four corners `[x, y]` in picture pixels, in the order top left, top right,
/// bottom right, bottom left **of the thing as printed**; (0, 0) is the top-left
/// corner of the top-left pixel, x right, y down.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Quad(pub [[f32; 2]; 4]);

impl Quad {
    /// The corners of an upright rectangle.
    pub fn rect(x: f32, y: f32, width: f32, height: f32) -> Self {
        Self([[x, y], [x + width, y], [x + width, y + height], [x, y + height]])
    }

    /// The mean of the corners.
    pub fn centre(&self) -> [f32; 2] {
        let sum = |axis: usize| self.0.iter().map(|corner| corner[axis]).sum::<f32>() / 4.0;
        [sum(0), sum(1)]
    }

    /// The point at the shares `u` and `v` of its width and height, between the corners and
    /// beyond them.
    pub(crate) fn at(&self, u: f32, v: f32) -> [f32; 2] {
        let [tl, tr, br, bl] = self.0;
        [0, 1].map(|axis: usize| {
            let top = tl[axis] + (tr[axis] - tl[axis]) * u;
            let bottom = bl[axis] + (br[axis] - bl[axis]) * u;
            top + (bottom - top) * v
        })
    }

    /// Its part from `start` to `end`, shares of its width and height.
    pub(crate) fn part(&self, start: [f32; 2], end: [f32; 2]) -> Self {
        let corners = [start, [end[0], start[1]], end, [start[0], end[1]]];
        Self(corners.map(|[u, v]| self.at(u, v)))
    }

    /// The smallest upright box around it: left, top, right, bottom.
    pub fn bounds(&self) -> [f32; 4] {
        let least = |axis: usize| self.0.iter().map(|c| c[axis]).fold(f32::MAX, f32::min);
        let most = |axis: usize| self.0.iter().map(|c| c[axis]).fold(f32::MIN, f32::max);
        [least(0), least(1), most(0), most(1)]
    }

    /// Whether `point` lies inside (the quad being convex), whatever its orientation.
    pub fn contains(&self, point: [f32; 2]) -> bool {
        let side = |i: usize| {
            let (a, b) = (self.0[i], self.0[(i + 1) % 4]);
            (b[0] - a[0]) * (point[1] - a[1]) - (b[1] - a[1]) * (point[0] - a[0])
        };
        let sides = [side(0), side(1), side(2), side(3)];
        sides.iter().all(|s| *s >= 0.0) || sides.iter().all(|s| *s <= 0.0)
    }

    /// The area in square pixels.
    pub fn area(&self) -> f32 {
        let twice: f32 = (0..4)
            .map(|i| {
                let (a, b) = (self.0[i], self.0[(i + 1) % 4]);
                a[0] * b[1] - b[0] * a[1]
            })
            .sum();
        twice.abs() / 2.0
    }

    pub(crate) fn map(&self, point: &impl Fn([f32; 2]) -> [f32; 2]) -> Self {
        Self(self.0.map(point))
    }
}

/// One printed field.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FieldTruth {
    /// The text as printed, its lines joined without a separator.
    pub printed: String,
    /// The value a reader should give: dates `YYYY-MM-DD` or `long_term`, sex
    /// M/F/X, country codes of ICAO 9303-3, the rest as printed.
    pub value: String,
    /// Around all its lines.
    pub quad: Quad,
    /// Around each line.
    pub lines: Vec<Quad>,
}

/// The machine-readable zone.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MrzTruth {
    /// Which of the five formats.
    pub format: MrzFormat,
    /// The lines, each 30, 36 or 44 characters of `A–Z0–9<`.
    pub lines: Vec<String>,
    /// Around all lines.
    pub quad: Quad,
    /// Around each line.
    pub line_quads: Vec<Quad>,
}

/// A barcode.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct BarcodeTruth {
    /// What is encoded.
    pub text: String,
    /// Around its bars.
    pub quad: Quad,
}

/// One side of a document: what is printed and where.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SideTruth {
    /// The kind of specimen.
    pub kind: Kind,
    /// `passport`, `id_card`, `visa` or `driving_licence`.
    pub document_type: String,
    /// Issuing country, see [`Kind::country`].
    pub country: String,
    /// Front or back.
    pub side: Face,
    /// Which of the [`Kind::TEMPLATES`] looks.
    pub template: u8,
    /// The outline.
    pub quad: Quad,
    /// The printed fields.
    pub fields: BTreeMap<Field, FieldTruth>,
    /// The machine-readable zone, where this side has one.
    pub mrz: Option<MrzTruth>,
    /// The barcode, where this side has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub barcode: Option<BarcodeTruth>,
    /// The main portrait, where this side has one.
    pub portrait: Option<Quad>,
    /// The small second portrait, where this side has one.
    pub ghost: Option<Quad>,
    /// The printed words `SPECIMEN 样本`.
    pub specimen_mark: Quad,
}

impl SideTruth {
    /// The same side with every place moved by `point`.
    pub(crate) fn map(&self, point: &impl Fn([f32; 2]) -> [f32; 2]) -> Self {
        let mut moved = self.clone();
        moved.quad = self.quad.map(point);
        moved.specimen_mark = self.specimen_mark.map(point);
        moved.portrait = self.portrait.map(|quad| quad.map(point));
        moved.ghost = self.ghost.map(|quad| quad.map(point));
        for field in moved.fields.values_mut() {
            field.quad = field.quad.map(point);
            field.lines = field.lines.iter().map(|line| line.map(point)).collect();
        }
        if let Some(barcode) = &mut moved.barcode {
            barcode.quad = barcode.quad.map(point);
        }
        if let Some(mrz) = &mut moved.mrz {
            mrz.quad = mrz.quad.map(point);
            mrz.line_quads = mrz.line_quads.iter().map(|line| line.map(point)).collect();
        }
        moved
    }
}

/// A fault that was planted, and where it shows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PlantedFault {
    /// What was planted, with its parameters.
    pub fault: Fault,
    /// Its place in picture pixels; `None` when it touches the whole picture.
    pub region: Option<Quad>,
    /// The fields that it hides or touches by a fifth of their area or more.
    pub fields: Vec<Field>,
    /// Whether it so touches the machine-readable zone.
    pub mrz: bool,
}

/// Everything about one photograph. Serialises to the `truth.json` beside a picture.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Truth {
    /// The version of this form: 1.
    pub schema: u32,
    /// Picture width in pixels, upright.
    pub width: u32,
    /// Picture height in pixels, upright.
    pub height: u32,
    /// The sides that the picture shows.
    pub documents: Vec<SideTruth>,
    /// The faults that were planted, none in a clean picture.
    pub faults: Vec<PlantedFault>,
    /// How it was photographed.
    pub scene: Scene,
}
