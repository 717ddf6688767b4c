//! What goes wrong with photographs.

use serde::{Deserialize, Serialize};

use crate::kind::Field;

/// Where on a document a fault is planted.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Target {
    /// On a field; on the middle of the first side where none prints it.
    Field(Field),
    /// On the machine-readable zone; on the middle where there is none.
    Mrz,
    /// On the portrait; on the middle where there is none.
    Portrait,
    /// On a place of the first side with no field, zone, portrait, ghost or mark, as far as there is one.
    Free,
    /// On a place of the first side, in shares of its width and height.
    At([f32; 2]),
}

/// What lies over the document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Cover {
    /// A finger from outside the document.
    Finger,
    /// A pen across it.
    Pen,
    /// The corner of another card.
    Card,
}

/// The ink of a stamp.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StampInk {
    /// Dark grey, as on copies.
    Grey,
    /// Vermilion.
    Red,
}

/// One fault with its strength. Lengths in millimetres are on the document, so
/// that a strength means the same to the reader at every picture size.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "fault")]
pub enum Fault {
    /// Out of focus: Gaussian of this deviation. 0.15 mm softens print, 0.4 mm makes it unreadable.
    Blur {
        /// Deviation in millimetres on the document.
        sigma_mm: f32,
    },
    /// The camera moved.
    MotionBlur {
        /// Length of the smear in millimetres on the document.
        length_mm: f32,
        /// Its direction in degrees from the picture's x axis towards y.
        angle: f32,
    },
    /// A light mirrored in the surface.
    Glare {
        /// Its middle.
        on: Target,
        /// Length of the saturated spot in millimetres on the document.
        length_mm: f32,
        /// Its width as a share of its length; a streak has 0.15.
        roundness: f32,
        /// 1 saturates the spot wholly; 0.4 leaves print visible.
        strength: f32,
    },
    /// All levels multiplied by this, above 1, and clipped.
    Overexposed {
        /// 1.6 washes out light paper, 2.5 also portraits.
        gain: f32,
    },
    /// All levels multiplied by this, below 1; the noise stays, so it shows more.
    Dark {
        /// 0.4 is dusk, 0.12 hardly readable.
        gain: f32,
    },
    /// A shadow with straight soft edges across the document.
    Shadow {
        /// Its middle.
        on: Target,
        /// Width of the band in millimetres on the document.
        width_mm: f32,
        /// Share of the light taken away.
        strength: f32,
    },
    /// A corner of the first side is outside the picture.
    CornerCut {
        /// 0 top left, 1 top right, 2 bottom right, 3 bottom left, as printed.
        corner: u8,
        /// How far it is outside, as a share of the side's width in the picture.
        share: f32,
    },
    /// Something lies over the document.
    Covered {
        /// What it covers.
        on: Target,
        /// The thing.
        by: Cover,
    },
    /// Words stamped over the document.
    Stamp {
        /// The middle of the stamp.
        on: Target,
        /// The words, for example `复印无效`.
        text: String,
        /// Its ink.
        ink: StampInk,
        /// 1 hides the print beneath, 0.5 leaves it visible.
        opacity: f32,
    },
    /// The surface is scraped off, and with it what was printed.
    Scraped {
        /// The middle of the patch.
        on: Target,
        /// Its length in millimetres; it is as high as what it takes off, 7 mm or more.
        length_mm: f32,
    },
    /// The picture is of a screen that shows the document: pixel grid and moiré.
    ScreenRecapture {
        /// Distance between the screen's pixels in picture pixels; near 1 and 2 the moiré is coarse.
        pitch: f32,
        /// Contrast of the grid, 0..1.
        strength: f32,
    },
    /// The document is a colour print in dots, photographed.
    Reprint {
        /// Dots to a millimetre: office printers lay 4 to 7.
        lines_per_mm: f32,
    },
    /// A copy without colours.
    Greyscale,
    /// The picture is scaled down to this width at the end.
    LowResolution {
        /// Width in pixels.
        width: u32,
    },
    /// More sensor noise than the scene's.
    Noise {
        /// Deviation in levels of 0–255.
        sigma: f32,
    },
    /// Compressed at this quality in place of the scene's.
    Jpeg {
        /// 1–100.
        quality: u8,
    },
}
