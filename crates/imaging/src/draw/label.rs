//! Labels in a system font.

use std::fs;
use std::path::{Path, PathBuf};

use ab_glyph::{Font, FontArc, FontVec, PxScale, ScaleFont, point};

use super::Tone;
use super::canvas::Canvas;
use crate::geometry::{Point, Rect};

/// Where systems keep fonts.
const FOLDERS: [&str; 5] = [
    "/usr/share/fonts",
    "/usr/local/share/fonts",
    "/Library/Fonts",
    "/System/Library/Fonts",
    "C:\\Windows\\Fonts",
];

/// Fonts for Latin letters, the preferred first.
const LATIN: [&str; 5] =
    ["DejaVuSans-Bold.ttf", "DejaVuSans.ttf", "NotoSans-Bold.ttf", "Arial Bold.ttf", "arialbd.ttf"];

/// Fonts for Chinese characters, the preferred first.
const HAN: [&str; 5] = [
    "NotoSansCJK-Bold.ttc",
    "NotoSansCJK-Regular.ttc",
    "wqy-microhei.ttc",
    "PingFang.ttc",
    "msyh.ttc",
];

/// The system's fonts for labels.
#[derive(Clone)]
pub struct LabelFont {
    /// The first that has a character draws it.
    faces: Vec<FontArc>,
}

impl LabelFont {
    /// Looks for a font with Latin letters and one with Chinese characters.
    ///
    /// Returns `None` when this system has neither: pictures are then drawn
    /// without labels.
    pub fn find() -> Option<Self> {
        let mut files = Vec::new();
        for folder in FOLDERS {
            list(Path::new(folder), 0, &mut files);
        }
        let load = |names: &[&str]| names.iter().find_map(|name| open(&files, name));
        let faces: Vec<FontArc> = [load(&LATIN), load(&HAN)].into_iter().flatten().collect();
        (!faces.is_empty()).then_some(Self { faces })
    }

    fn face(&self, character: char) -> &FontArc {
        let has = |face: &&FontArc| face.glyph_id(character).0 != 0;
        self.faces.iter().find(has).unwrap_or(&self.faces[0])
    }

    fn advance(&self, character: char, height: f32) -> f32 {
        let face = self.face(character).as_scaled(PxScale::from(height));
        face.h_advance(face.glyph_id(character))
    }

    fn width(&self, text: &str, height: f32) -> f32 {
        text.chars().map(|c| self.advance(c, height)).sum()
    }

    /// `text` in lines of at most `width`, broken at spaces and
    /// between Chinese characters.
    fn wrapped(&self, text: &str, height: f32, width: f32) -> Vec<String> {
        let mut lines = vec![String::new()];
        let mut used = 0.0;
        for word in text.split_inclusive(|c: char| c == ' ' || !c.is_ascii()) {
            let needed = self.width(word.trim_end(), height);
            let last = lines.last_mut().expect("there is always a line");
            if used + needed > width && !last.is_empty() {
                lines.push(word.to_owned());
                used = self.width(word, height);
            } else {
                last.push_str(word);
                used += self.width(word, height);
            }
        }
        lines
    }

    /// Writes `text` in white, its baseline starting at `start`.
    fn write(&self, canvas: &mut Canvas, text: &str, start: Point, height: f32) {
        let mut x = start.x;
        for character in text.chars() {
            let face = self.face(character);
            let glyph = face
                .glyph_id(character)
                .with_scale_and_position(PxScale::from(height), point(x, start.y));
            if let Some(outlined) = face.outline_glyph(glyph) {
                let bounds = outlined.px_bounds();
                let (left, top) = (bounds.min.x as i32, bounds.min.y as i32);
                outlined.draw(|dx, dy, share| {
                    canvas.blend(left + dx as i32, top + dy as i32, [255; 3], share);
                });
            }
            x += self.advance(character, height);
        }
    }
}

/// Adds the files below `folder`; font folders are a few levels deep.
fn list(folder: &Path, depth: u32, files: &mut Vec<PathBuf>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let path = entry.path();
        if path.is_dir() && depth < 6 {
            list(&path, depth + 1, files);
        } else {
            files.push(path);
        }
    }
}

fn open(files: &[PathBuf], name: &str) -> Option<FontArc> {
    let path = files.iter().find(|path| path.file_name().is_some_and(|file| file == name))?;
    let bytes = fs::read(path).ok()?;
    FontVec::try_from_vec_and_index(bytes, 0).ok().map(FontArc::from)
}

/// Where a label stands.
pub(super) enum Place {
    /// Just above this point, starting at it.
    Above(Point),
    /// The same, smaller: many of these stand close together.
    SmallAbove(Point),
    /// At the foot of the picture, across all of it.
    Foot,
}

/// A text to be drawn on a chip of its tone's colour.
pub(super) struct Label {
    pub place: Place,
    pub text: String,
    pub tone: Tone,
}

/// Draws all labels, each moved down past those that it would cover.
pub(super) fn draw(canvas: &mut Canvas, font: &LabelFont, labels: &[Label], height: f32) {
    let mut taken: Vec<Rect> = Vec::new();
    let mut foot = canvas.height();
    for label in labels {
        match label.place {
            Place::Foot => foot = caption(canvas, font, label, (foot, height * 1.25)),
            Place::Above(at) => chip(canvas, font, label, (at, height), &mut taken),
            Place::SmallAbove(at) => chip(canvas, font, label, (at, height * 0.75), &mut taken),
        }
    }
}

fn chip(
    canvas: &mut Canvas,
    font: &LabelFont,
    label: &Label,
    (at, height): (Point, f32),
    taken: &mut Vec<Rect>,
) {
    let (pad, chip_height) = (height * 0.35, height * 1.3);
    let width = font.width(&label.text, height) + 2.0 * pad;
    let left = at.x.clamp(0.0, (canvas.width() - width).max(0.0));
    let top = (at.y - chip_height).clamp(0.0, (canvas.height() - chip_height).max(0.0));
    let spot = free_spot(Rect::new(left, top, width, chip_height), taken, canvas.height());
    canvas.chip(spot.x, spot.y, (spot.width, spot.height), label.tone.colour());
    font.write(canvas, &label.text, Point::new(spot.x + pad, spot.y + height * 0.98), height);
    taken.push(spot);
}

/// Writes a label in as many lines as it needs, above `foot`; gives the new foot.
fn caption(
    canvas: &mut Canvas,
    font: &LabelFont,
    label: &Label,
    (foot, height): (f32, f32),
) -> f32 {
    let (pad, line_height) = (height * 0.5, height * 1.25);
    let lines = font.wrapped(&label.text, height, canvas.width() - 2.0 * pad);
    let top = foot - line_height * lines.len() as f32 - pad;
    canvas.block(top, foot, label.tone.colour());
    for (index, line) in lines.iter().enumerate() {
        let baseline = top + pad * 0.4 + line_height * index as f32 + height;
        font.write(canvas, line, Point::new(pad, baseline), height);
    }
    top
}

/// `wanted`, moved down until it covers no taken spot; the last place is
/// shared when there is no room.
fn free_spot(mut wanted: Rect, taken: &[Rect], bottom: f32) -> Rect {
    while let Some(other) = taken.iter().find(|other| wanted.iou(**other) > 0.0) {
        let below = other.y + other.height + 1.0;
        if below + wanted.height > bottom {
            break;
        }
        wanted.y = below;
    }
    wanted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_moves_below_those_it_would_cover_while_there_is_room() {
        let wanted = Rect::new(10.0, 10.0, 50.0, 20.0);
        let taken = [Rect::new(0.0, 0.0, 30.0, 25.0), Rect::new(40.0, 26.0, 90.0, 20.0)];
        assert_eq!(free_spot(wanted, &[], 100.0), wanted);
        assert_eq!(free_spot(wanted, &taken, 100.0), Rect { y: 47.0, ..wanted });
        assert_eq!(free_spot(wanted, &taken, 60.0), Rect { y: 26.0, ..wanted });
    }
}
