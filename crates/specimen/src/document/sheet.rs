//! One side being drawn, with the place of everything drawn so far.

use std::collections::BTreeMap;

use image::{Rgb, RgbImage};
use rand::Rng;
use rand_chacha::ChaCha8Rng;
use rxing::pdf417::PDF417Writer;
use rxing::pdf417::encoder::Dimensions;
use rxing::{BarcodeFormat, EncodeHints, Writer};

use super::look::Look;
use super::{Draft, MARK, Side, background};
use crate::canvas::{Area, Canvas, TextStyle};
use crate::fonts::Typeface;
use crate::kind::{Face, Field, MrzFormat};
use crate::rng::stream;
use crate::truth::{BarcodeTruth, FieldTruth, MrzTruth, Quad, SideTruth};

/// Ten characters to the inch, the size of OCR-B in a zone (ICAO 9303-3 clause 4.7).
const MRZ_PITCH: f32 = 2.54;

/// A side in the making.
pub(super) struct Sheet<'a> {
    pub canvas: Canvas<'a>,
    pub look: Look,
    pub rng: ChaCha8Rng,
    draft: &'a Draft<'a>,
    face: Face,
    fields: BTreeMap<Field, FieldTruth>,
    mrz: Option<MrzTruth>,
    barcode: Option<BarcodeTruth>,
    portrait: Option<Quad>,
    ghost: Option<Quad>,
    mark: Option<Quad>,
}

impl<'a> Sheet<'a> {
    /// An empty side with its paper printed in the template's look.
    pub fn new(draft: &'a Draft<'a>, face: Face) -> Self {
        let mut rng = stream(draft.order.seed, "document.look");
        let look = Look::of(draft.template(), &mut rng);
        Self::with_look(draft, face, look)
    }

    pub fn with_look(draft: &'a Draft<'a>, face: Face, look: Look) -> Self {
        let use_of_seed = match face {
            Face::Front => "document.front",
            Face::Back => "document.back",
        };
        let mut rng = stream(draft.order.seed, use_of_seed);
        let size = draft.order.kind.size_mm();
        let mut canvas = Canvas::new(draft.fonts, size, draft.order.pixels_per_mm, look.paper[0]);
        background::paper(&mut canvas, &look, &mut rng);
        Self {
            canvas,
            look,
            rng,
            draft,
            face,
            fields: BTreeMap::new(),
            mrz: None,
            barcode: None,
            portrait: None,
            ghost: None,
            mark: None,
        }
    }

    /// Prints `lines` from the baseline (`x`, `y`) down, `leading` apart, as `field`.
    pub fn field_lines(
        &mut self,
        field: Field,
        style: &TextStyle,
        lines: &[Line<'_>],
        value: &str,
    ) {
        let mut around: Option<Area> = None;
        let mut quads = Vec::with_capacity(lines.len());
        for line in lines {
            let area = self.canvas.text_within(style, line.at, line.room, line.text);
            around = Some(around.map_or(area, |sum| sum.union(area)));
            quads.push(self.canvas.quad(area));
        }
        let Some(around) = around else { return };
        let printed = lines.iter().map(|line| line.text).collect();
        self.record(field, printed, value, (around, quads));
    }

    /// Prints one line as `field`.
    pub fn field(&mut self, field: Field, style: &TextStyle, line: &Line<'_>, value: &str) {
        self.field_lines(field, style, std::slice::from_ref(line), value);
    }

    /// Notes a field that was drawn piece by piece.
    pub fn record(&mut self, field: Field, printed: String, value: &str, place: (Area, Vec<Quad>)) {
        let quad = self.canvas.quad(place.0);
        let lines = place.1;
        self.fields.insert(field, FieldTruth { printed, value: value.to_owned(), quad, lines });
    }

    /// Prints the holder's picture over `area`, its lower edge melting into the paper.
    pub fn portrait(&mut self, area: Area) {
        let picture = self.holder();
        self.canvas.picture(&picture, area, |_, _, _| 0.97);
        self.portrait = Some(self.canvas.quad(area));
    }

    /// Prints the holder's picture small and pale, only its darker parts.
    pub fn ghost(&mut self, area: Area) {
        let grey = image::imageops::grayscale(self.draft.portrait);
        let ink = self.look.accent;
        let picture = RgbImage::from_fn(grey.width(), grey.height(), |x, y| {
            let value = grey.get_pixel(x, y).0[0];
            Rgb(ink.0.map(|c| c.saturating_add(value / 2)))
        });
        self.canvas.picture(&picture, area, |u, v, pixel| {
            let edge = (u.min(1.0 - u) * 8.0).min(1.0) * (v.min(1.0 - v) * 8.0).min(1.0);
            let darkness = 1.0 - f32::from(pixel.0[1]) / 255.0;
            0.75 * edge * (0.3 + darkness)
        });
        self.ghost = Some(self.canvas.quad(area));
    }

    fn holder(&self) -> RgbImage {
        if self.look.portrait_grey {
            let grey = image::imageops::grayscale(self.draft.portrait);
            image::DynamicImage::ImageLuma8(grey).to_rgb8()
        } else {
            self.draft.portrait.clone()
        }
    }

    /// Prints the mark of all specimens with its baseline starting at (`x`, `y`).
    pub fn mark(&mut self, x: f32, y: f32, size: f32) {
        let style = TextStyle::new(Typeface::SansBold, size, self.look.mark);
        let ink = self.canvas.text(&style, x, y, MARK);
        let frame = Area::new(ink.x - 0.8, ink.y - 0.8, ink.width + 1.6, ink.height + 1.6);
        self.canvas.frame(frame, 0.25, self.look.mark, 1.0);
        self.mark = Some(self.canvas.quad(frame));
    }

    /// Prints the machine-readable zone, its first character's cell starting at
    /// `left`, the lines' baselines at `baselines`.
    pub fn mrz(&mut self, format: MrzFormat, left: f32, baselines: &[f32]) {
        let lines = self.draft.content.mrz().lines(format);
        // OCR-B is drawn on an advance of 0.723 em: this makes it the zone's pitch.
        let style = TextStyle::new(Typeface::OcrB, MRZ_PITCH / 0.723, Rgb([24, 24, 28]));
        let mut around: Option<Area> = None;
        let mut line_quads = Vec::new();
        for (line, baseline) in lines.iter().zip(baselines) {
            let mut of_line: Option<Area> = None;
            for (index, character) in line.chars().enumerate() {
                let x = left + (index as f32 + 0.5) * MRZ_PITCH;
                let ink = self.canvas.character_centred(&style, x, *baseline, character);
                of_line = match (of_line, ink) {
                    (Some(sum), Some(ink)) => Some(sum.union(ink)),
                    (sum, ink) => sum.or(ink),
                };
            }
            let of_line = of_line.expect("a zone's line has ink");
            line_quads.push(self.canvas.quad(of_line));
            around = Some(around.map_or(of_line, |sum| sum.union(of_line)));
        }
        let quad = self.canvas.quad(around.expect("a zone has lines"));
        self.mrz = Some(MrzTruth { format, lines, quad, line_quads });
    }

    /// Prints `text` as a PDF417 barcode on white over `area`.
    pub fn barcode(&mut self, text: &str, area: Area) {
        let hints = EncodeHints {
            ErrorCorrection: Some("4".to_owned()),
            Margin: Some("0".to_owned()),
            Pdf417Dimensions: Some(Dimensions::new(12, 15, 5, 60)),
            ..EncodeHints::default()
        };
        let encoded = PDF417Writer.encode_with_hints(text, &BarcodeFormat::PDF_417, 0, 0, &hints);
        let bars = encoded.expect("a licence fits into one barcode");
        let white = 1.0;
        let paper = Area::new(
            area.x - white,
            area.y - white,
            area.width + 2.0 * white,
            area.height + 2.0 * white,
        );
        self.canvas.fill(paper, Rgb([250, 250, 248]), 1.0);
        let (columns, rows) = (bars.width(), bars.height());
        let module = (area.width / columns as f32, area.height / rows as f32);
        for row in 0..rows {
            let mut column = 0;
            while column < columns {
                let run = (column..columns).take_while(|x| bars.get(*x, row)).count() as u32;
                if run > 0 {
                    let (x, y) = (column as f32 * module.0, row as f32 * module.1);
                    let bar = Area::new(area.x + x, area.y + y, run as f32 * module.0, module.1);
                    self.canvas.fill(bar, Rgb([22, 22, 24]), 1.0);
                }
                column += run.max(1);
            }
        }
        self.barcode = Some(BarcodeTruth { text: text.to_owned(), quad: self.canvas.quad(area) });
    }

    /// A scrawl that stands for a signature.
    pub fn signature(&mut self, x: f32, y: f32, width: f32) {
        let (a, b, c) = (
            self.rng.random_range(0.9..1.5_f32),
            self.rng.random_range(2.0..3.4_f32),
            self.rng.random_range(0.0..6.0_f32),
        );
        let points = (0..=120).map(|step| {
            let t = step as f32 / 120.0;
            let height = 1.6 * (1.0 - 0.6 * t);
            let dx = 0.05 * (t * 40.0 * a + c).sin();
            (x + width * (t + dx), y + height * (t * 38.0 * a + c).sin() * (t * b * 3.0 + c).cos())
        });
        self.canvas.curve(points, 0.28, (Rgb([28, 36, 92]), 0.9));
    }

    /// The finished side.
    pub fn finish(self) -> Side {
        let (width, height) = self.canvas.image.dimensions();
        let kind = self.draft.order.kind;
        let truth = SideTruth {
            kind,
            document_type: kind.document_type().to_owned(),
            country: kind.country().to_owned(),
            side: self.face,
            template: self.draft.template(),
            quad: Quad::rect(0.0, 0.0, width as f32, height as f32),
            fields: self.fields,
            mrz: self.mrz,
            barcode: self.barcode,
            portrait: self.portrait,
            ghost: self.ghost,
            specimen_mark: self.mark.expect("every layout prints the mark"),
        };
        Side { image: self.canvas.image, pixels_per_mm: self.canvas.scale, truth }
    }
}

/// One line of a field.
pub(super) struct Line<'t> {
    pub text: &'t str,
    /// Start of the baseline in millimetres.
    pub at: (f32, f32),
    /// The line is narrowed when it is wider than this many millimetres.
    pub room: f32,
}
