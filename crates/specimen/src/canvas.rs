//! Drawing in millimetres onto pixels.

use ab_glyph::{Font, Glyph, PxScale, ScaleFont, point};
use image::{Rgb, RgbImage};

use crate::fonts::{Fonts, Typeface};
use crate::truth::Quad;

/// An upright box in millimetres from the document's top-left corner.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Area {
    pub x: f32,
    pub y: f32,
    pub width: f32,
    pub height: f32,
}

impl Area {
    pub fn new(x: f32, y: f32, width: f32, height: f32) -> Self {
        Self { x, y, width, height }
    }

    pub fn union(self, other: Self) -> Self {
        let (x, y) = (self.x.min(other.x), self.y.min(other.y));
        let right = (self.x + self.width).max(other.x + other.width);
        let bottom = (self.y + self.height).max(other.y + other.height);
        Self::new(x, y, right - x, bottom - y)
    }
}

/// How a line of text is set.
#[derive(Clone, Copy)]
pub(crate) struct TextStyle {
    pub face: Typeface,
    /// Size of the em square in millimetres (1 pt = 0.353 mm).
    pub size: f32,
    pub colour: Rgb<u8>,
    /// Horizontal scale; 1 is the font's own width.
    pub stretch: f32,
    /// Added between characters, in millimetres.
    pub tracking: f32,
}

impl TextStyle {
    pub fn new(face: Typeface, size: f32, colour: Rgb<u8>) -> Self {
        Self { face, size, colour, stretch: 1.0, tracking: 0.0 }
    }

    pub fn stretched(self, stretch: f32) -> Self {
        Self { stretch, ..self }
    }

    pub fn tracked(self, tracking: f32) -> Self {
        Self { tracking, ..self }
    }
}

/// A picture addressed in millimetres.
pub(crate) struct Canvas<'f> {
    pub image: RgbImage,
    /// Pixels per millimetre.
    pub scale: f32,
    pub fonts: &'f Fonts,
}

impl<'f> Canvas<'f> {
    pub fn new(fonts: &'f Fonts, size_mm: (f32, f32), scale: f32, paper: Rgb<u8>) -> Self {
        let (width, height) =
            ((size_mm.0 * scale).round() as u32, (size_mm.1 * scale).round() as u32);
        let image = RgbImage::from_pixel(width.max(1), height.max(1), paper);
        Self { image, scale, fonts }
    }

    /// The place of `area` in pixels.
    pub fn quad(&self, area: Area) -> Quad {
        let s = self.scale;
        Quad::rect(area.x * s, area.y * s, area.width * s, area.height * s)
    }

    /// Draws `text` with its baseline starting at (`x`, `y`); returns the box
    /// around its ink (the pen's path where it has none).
    pub fn text(&mut self, style: &TextStyle, x: f32, y: f32, text: &str) -> Area {
        let mut pen = x * self.scale;
        let mut ink: Option<Area> = None;
        let mut previous: Option<ab_glyph::GlyphId> = None;
        for character in text.chars() {
            let font = self.fonts.covering(style.face, character).clone();
            let scaled = font.as_scaled(px_scale(&font, style, self.scale));
            let id = scaled.glyph_id(character);
            if let Some(previous) = previous {
                pen += scaled.kern(previous, id);
            }
            let at = point(pen, y * self.scale);
            let drawn = self.glyph(&font, style, id.with_scale_and_position(scaled.scale, at));
            ink = match (ink, drawn) {
                (Some(ink), Some(drawn)) => Some(ink.union(drawn)),
                (ink, drawn) => ink.or(drawn),
            };
            pen += scaled.h_advance(id) + style.tracking * self.scale;
            previous = Some(id);
        }
        ink.unwrap_or(Area::new(x, y - style.size, pen / self.scale - x, style.size))
    }

    /// The width in millimetres that [`Canvas::text`] would move the pen.
    pub fn text_width(&self, style: &TextStyle, text: &str) -> f32 {
        let width: f32 = text
            .chars()
            .map(|character| {
                let font = self.fonts.covering(style.face, character);
                let scaled = font.as_scaled(px_scale(font, style, self.scale));
                scaled.h_advance(scaled.glyph_id(character)) + style.tracking * self.scale
            })
            .sum();
        width / self.scale
    }

    /// Draws `text`, narrowed where it would be wider than `room` millimetres.
    pub fn text_within(
        &mut self,
        style: &TextStyle,
        at: (f32, f32),
        room: f32,
        text: &str,
    ) -> Area {
        let width = self.text_width(style, text);
        let fitted =
            if width > room { style.stretched(style.stretch * room / width) } else { *style };
        self.text(&fitted, at.0, at.1, text)
    }

    /// Draws one character centred about `x` on the baseline `y`.
    pub fn character_centred(
        &mut self,
        style: &TextStyle,
        x: f32,
        y: f32,
        character: char,
    ) -> Option<Area> {
        let font = self.fonts.covering(style.face, character).clone();
        let scaled = font.as_scaled(px_scale(&font, style, self.scale));
        let id = scaled.glyph_id(character);
        let left = x * self.scale - scaled.h_advance(id) / 2.0;
        let glyph = id.with_scale_and_position(scaled.scale, point(left, y * self.scale));
        self.glyph(&font, style, glyph)
    }

    fn glyph(&mut self, font: &impl Font, style: &TextStyle, glyph: Glyph) -> Option<Area> {
        let outline = font.outline_glyph(glyph)?;
        let bounds = outline.px_bounds();
        let thickened = style.face == Typeface::HanBold;
        let repeats: &[f32] = if thickened { &[0.0, 0.035] } else { &[0.0] };
        for offset in repeats {
            let dx = (offset * style.size * self.scale).round() as i64;
            let (left, top) = (bounds.min.x as i64 + dx, bounds.min.y as i64);
            outline.draw(|x, y, coverage| {
                self.blend(left + i64::from(x), top + i64::from(y), style.colour, coverage);
            });
        }
        let s = self.scale;
        Some(Area::new(bounds.min.x / s, bounds.min.y / s, bounds.width() / s, bounds.height() / s))
    }

    /// Mixes `colour` into the pixel (`x`, `y`) with weight `alpha`; outside the picture nothing happens.
    pub fn blend(&mut self, x: i64, y: i64, colour: Rgb<u8>, alpha: f32) {
        let (Ok(x), Ok(y)) = (u32::try_from(x), u32::try_from(y)) else {
            return;
        };
        if let Some(pixel) = self.image.get_pixel_mut_checked(x, y) {
            mix(pixel, colour, alpha);
        }
    }

    /// Fills `area`.
    pub fn fill(&mut self, area: Area, colour: Rgb<u8>, alpha: f32) {
        let s = self.scale;
        let (left, top) = ((area.x * s).round() as i64, (area.y * s).round() as i64);
        let right = ((area.x + area.width) * s).round() as i64;
        let bottom = ((area.y + area.height) * s).round() as i64;
        for y in top..bottom {
            for x in left..right {
                self.blend(x, y, colour, alpha);
            }
        }
    }

    /// Draws the outline of `area` with a pen `width` millimetres wide.
    pub fn frame(&mut self, area: Area, width: f32, colour: Rgb<u8>, alpha: f32) {
        let Area { x, y, width: w, height: h } = area;
        self.fill(Area::new(x, y, w, width), colour, alpha);
        self.fill(Area::new(x, y + h - width, w, width), colour, alpha);
        self.fill(Area::new(x, y + width, width, h - 2.0 * width), colour, alpha);
        self.fill(Area::new(x + w - width, y + width, width, h - 2.0 * width), colour, alpha);
    }

    /// Draws a smooth line through `points` (millimetres) with a pen `width` millimetres wide.
    pub fn curve(
        &mut self,
        points: impl Iterator<Item = (f32, f32)>,
        width: f32,
        ink: (Rgb<u8>, f32),
    ) {
        let mut previous: Option<(f32, f32)> = None;
        for (x, y) in points {
            let at = (x * self.scale, y * self.scale);
            if let Some(from) = previous {
                self.segment(from, at, width * self.scale, ink);
            }
            previous = Some(at);
        }
    }

    /// A straight antialiased stroke between pixels, stepped along its longer axis.
    fn segment(&mut self, from: (f32, f32), to: (f32, f32), width: f32, ink: (Rgb<u8>, f32)) {
        let (dx, dy) = (to.0 - from.0, to.1 - from.1);
        let steep = dy.abs() > dx.abs();
        let (from, to) = if steep { ((from.1, from.0), (to.1, to.0)) } else { (from, to) };
        let (from, to) = if from.0 > to.0 { (to, from) } else { (from, to) };
        let run = (to.0 - from.0).max(1e-6);
        let slope = (to.1 - from.1) / run;
        // A slanted pen stroke is wider across the axis it is stepped along.
        let half = width * slope.hypot(1.0) / 2.0;
        for along in (from.0.ceil() as i64)..(to.0.ceil() as i64) {
            let middle = from.1 + slope * (along as f32 - from.0);
            let (low, high) = (middle - half, middle + half);
            for across in low.floor() as i64..=high.floor() as i64 {
                let cover = high.min(across as f32 + 1.0) - low.max(across as f32);
                let (x, y) = if steep { (across, along) } else { (along, across) };
                self.blend(x, y, ink.0, cover.clamp(0.0, 1.0) * ink.1);
            }
        }
    }

    /// Fills the disc about (`x`, `y`).
    pub fn disc(&mut self, x: f32, y: f32, radius: f32, ink: (Rgb<u8>, f32)) {
        let (cx, cy, r) = (x * self.scale, y * self.scale, radius * self.scale);
        for py in (cy - r - 1.0) as i64..=(cy + r + 1.0) as i64 {
            for px in (cx - r - 1.0) as i64..=(cx + r + 1.0) as i64 {
                let distance = (px as f32 + 0.5 - cx).hypot(py as f32 + 0.5 - cy);
                self.blend(px, py, ink.0, (r - distance + 0.5).clamp(0.0, 1.0) * ink.1);
            }
        }
    }

    /// Draws `picture` over `area`, cropped about its middle to the area's
    /// shape; `alpha` gives the weight of each pixel at (0..1, 0..1) of the area.
    pub fn picture(
        &mut self,
        picture: &RgbImage,
        area: Area,
        alpha: impl Fn(f32, f32, Rgb<u8>) -> f32,
    ) {
        let s = self.scale;
        let (width, height) = ((area.width * s).round() as u32, (area.height * s).round() as u32);
        let fitted = cover(picture, width.max(1), height.max(1));
        let (left, top) = ((area.x * s).round() as i64, (area.y * s).round() as i64);
        for (x, y, pixel) in fitted.enumerate_pixels() {
            let (u, v) = (x as f32 / width as f32, y as f32 / height as f32);
            self.blend(left + i64::from(x), top + i64::from(y), *pixel, alpha(u, v, *pixel));
        }
    }
}

/// `picture` scaled and cropped about its middle to exactly `width` × `height`.
pub(crate) fn cover(picture: &RgbImage, width: u32, height: u32) -> RgbImage {
    let (pw, ph) = (picture.width() as f32, picture.height() as f32);
    let shape = width as f32 / height as f32;
    let (cw, ch) = if pw / ph > shape { (ph * shape, ph) } else { (pw, pw / shape) };
    let (x, y) = ((pw - cw) / 2.0, (ph - ch) / 2.0);
    let crop = image::imageops::crop_imm(
        picture,
        x as u32,
        y as u32,
        (cw as u32).max(1),
        (ch as u32).max(1),
    );
    image::imageops::resize(&*crop, width, height, image::imageops::FilterType::CatmullRom)
}

/// Moves `pixel` towards `colour` by `alpha` (0..1).
pub(crate) fn mix(pixel: &mut Rgb<u8>, colour: Rgb<u8>, alpha: f32) {
    for (value, target) in pixel.0.iter_mut().zip(colour.0) {
        let mixed = f32::from(*value) + (f32::from(target) - f32::from(*value)) * alpha;
        *value = (mixed + 0.5) as u8;
    }
}

/// `ab_glyph` scales by the font's line height; documents are set by the em.
fn px_scale(font: &impl Font, style: &TextStyle, scale: f32) -> PxScale {
    let em = font.units_per_em().unwrap_or(1000.0);
    let size = style.size * scale * font.height_unscaled() / em;
    PxScale { x: size * style.stretch, y: size }
}
