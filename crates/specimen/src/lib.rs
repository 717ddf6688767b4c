//! Fictional documents with complete ground truth, and photographs of them with
//! the faults that phone pictures have; everything follows from a seed.
//!
//! Each document carries the words `SPECIMEN 样本` and either ICAO's fictional
//! issuer UTO or a Chinese region code that does not exist.
//!
//! ```no_run
//! use bonafide_specimen::{Document, Fault, Field, Fonts, Kind, Order, Orientation};
//! use bonafide_specimen::{Portraits, Scene, Target, photograph};
//!
//! let fonts = Fonts::find()?;
//! let portraits = Portraits::drawn();
//! let order = Order::new(Kind::Passport, 0, 7);
//! let passport = Document::generate(&fonts, &order, &portraits.of(7).document);
//! let scene = Scene::clean(7).with(Fault::Glare {
//!     on: Target::Field(Field::DocumentNumber),
//!     length_mm: 30.0,
//!     roundness: 0.5,
//!     strength: 1.0,
//! });
//! let photo = photograph(&fonts, &[&passport.sides[0]], &scene, 7);
//! let jpeg = photo.jpeg(Orientation::UPRIGHT);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod canvas;
mod document;
mod fonts;
mod forgery;
mod held;
mod jpeg;
mod kind;
pub mod mrz;
mod person;
mod photograph;
pub mod portraits;
mod rng;
mod truth;

pub use document::{Claims, Content, Document, MARK, Order, Side, Validity};
pub use fonts::{FontError, Fonts};
pub use forgery::{Forgery, forge};
pub use held::hold;
pub use jpeg::{Orientation, encode_jpeg};
pub use kind::{Face, Field, Kind, MrzFormat, UnknownKind, ZONES};
pub use person::{Person, REGION, Sex, national_number};
pub use photograph::{
    Backdrop, Cover, Fault, Light, Photograph, Scene, StampInk, Surface, Target, photograph,
};
pub use portraits::Portraits;
pub use truth::{BarcodeTruth, FieldTruth, MrzTruth, PlantedFault, Quad, SideTruth, Truth};
