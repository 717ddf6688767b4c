//! Exact stand-ins for the text models, and pictures that they can
//! read: for tests of whatever works on lines of text.
//!
//! A line is painted as a bar: red says that it is text, green which line it
//! is, blue which end is the beginning. So the fakes work from pixels, and
//! scaling, flattening, turning and ordering are put to the test with them.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use image::{Rgb, RgbImage};
use imaging::Rect;
use inference::{Digest, InferenceError, Model, ModelCard, Role, Tensor};

use super::{Pyramid, TextLines, TextReader, ZONE_ALPHABET, ZoneReader};

/// A line of text in a fake picture.
#[derive(Debug, Clone, PartialEq)]
pub struct FakeLine {
    place: Rect,
    text: String,
    doubts: Vec<(usize, char, f32)>,
}

impl FakeLine {
    /// A line that says `text`, without doubt, at `place` in the picture.
    pub fn new(place: Rect, text: &str) -> Self {
        Self { place, text: text.to_owned(), doubts: Vec::new() }
    }

    /// A line in the same place of which nothing can be read.
    #[must_use]
    pub fn unread(self) -> Self {
        Self { text: String::new(), doubts: Vec::new(), ..self }
    }

    /// The same line, but its character number `index` (from 0) may as well be
    /// `character`, with this probability; what the line says gets the rest.
    #[must_use]
    pub fn doubt(mut self, index: usize, character: char, probability: f32) -> Self {
        self.doubts.push((index, character, probability));
        self
    }
}

/// A picture of `width` × `height` with at most 256 `lines`, upright.
pub fn picture(width: u32, height: u32, lines: &[FakeLine]) -> RgbImage {
    let mut picture = RgbImage::new(width, height);
    for (index, line) in lines.iter().enumerate() {
        let bar = kernel(line.place);
        let (x0, x1) = (bar.x.round() as u32, (bar.x + bar.width).round() as u32);
        for y in bar.y.round() as u32..((bar.y + bar.height).round() as u32).min(height) {
            for x in x0..x1.min(width) {
                let end = if 2 * x < x0 + x1 { 0 } else { 255 };
                picture.put_pixel(x, y, Rgb([255, index as u8, end]));
            }
        }
    }
    picture
}

/// A reader for pictures of `lines`.
pub fn reader(lines: &[FakeLine]) -> TextReader {
    let lines = Arc::new(lines.to_vec());
    let model = |role| Arc::new(FakeModel::new(role, Arc::clone(&lines))) as Arc<dyn Model>;
    TextReader::new(
        model(Role::TextDetection),
        model(Role::TextOrientation),
        model(Role::TextRecognition),
    )
    .expect("the fake recogniser lists its characters")
}

/// A reader for the rows of a zone in pictures of `lines`.
pub fn zone_reader(lines: &[FakeLine]) -> ZoneReader {
    ZoneReader::new(Arc::new(FakeModel::of_zone(Arc::new(lines.to_vec()))))
}

/// What is read from a picture of 960 × 640 pixels with these lines.
pub fn read(lines: &[FakeLine]) -> TextLines {
    reader(lines)
        .read_lines(&Pyramid::new(&picture(960, 640, lines)), &zone_reader(lines))
        .expect("the fakes never fail")
}

/// What the detector marks of a line: less than the line, so that growing the
/// region by 1.6 × area ÷ perimeter gives the line again.
fn kernel(line: Rect) -> Rect {
    let shrunk = |by: f32| {
        Rect::new(line.x + by, line.y + by, line.width - 2.0 * by, line.height - 2.0 * by)
    };
    let growth = |rect: Rect| 1.6 * rect.area() / (2.0 * (rect.width + rect.height));
    let (mut low, mut high) = (0.0, line.width.min(line.height) / 2.0);
    for _ in 0..30 {
        let middle = f32::midpoint(low, high);
        if growth(shrunk(middle)) > middle { low = middle } else { high = middle }
    }
    shrunk(low)
}

struct FakeModel {
    card: ModelCard,
    lines: Arc<Vec<FakeLine>>,
    characters: Vec<char>,
}

impl FakeModel {
    fn new(role: Role, lines: Arc<Vec<FakeLine>>) -> Self {
        let characters: BTreeSet<char> = lines
            .iter()
            .flat_map(|line| line.text.chars().chain(line.doubts.iter().map(|doubt| doubt.1)))
            .chain(ZONE_ALPHABET)
            .collect();
        Self::knowing(characters.into_iter().collect(), role, lines)
    }

    fn of_zone(lines: Arc<Vec<FakeLine>>) -> Self {
        Self::knowing(ZONE_ALPHABET.to_vec(), Role::ZoneRecognition, lines)
    }

    fn knowing(characters: Vec<char>, role: Role, lines: Arc<Vec<FakeLine>>) -> Self {
        let listed = characters.iter().map(char::to_string).collect::<Vec<_>>().join("\n");
        let metadata = BTreeMap::from([("character".to_owned(), listed)]);
        let card = ModelCard { role, digest: Digest::of(role.name().as_bytes()), metadata };
        Self { card, lines, characters }
    }

    /// The pixels on the middle row that belong to a line: (line, end).
    fn middle_row(&self, input: &Tensor) -> Vec<(u8, u8)> {
        let &[_, _, height, width] = input.shape() else { return Vec::new() };
        let zone = self.card.role == Role::ZoneRecognition;
        let at = |channel: usize, x: usize| {
            let value = input.data()[(channel * height + height / 2) * width + x];
            if zone { value as u8 } else { ((value + 1.0) * 127.5).round() as u8 }
        };
        let (red, blue) = if zone { (0, 2) } else { (2, 0) };
        (0..width).filter(|&x| at(red, x) > 250).map(|x| (at(1, x), at(blue, x))).collect()
    }

    fn upright(row: &[(u8, u8)]) -> bool {
        row.first().is_some_and(|(_, end)| *end < 128)
    }

    fn marked(input: &Tensor) -> Tensor {
        let &[_, _, height, width] = input.shape() else { panic!("a picture has four axes") };
        let red = &input.data()[2 * height * width..];
        let text = red.iter().map(|value| f32::from(*value > 0.0)).collect();
        Tensor::new(vec![1, 1, height, width], text).expect("one value for each pixel")
    }

    /// One step for each character, blanks between and around them.
    fn written(&self, row: &[(u8, u8)]) -> Tensor {
        let count = self.characters.len() + 2;
        let line =
            row.get(row.len() / 2).and_then(|(index, _)| self.lines.get(usize::from(*index)));
        let text: Vec<char> = line.map_or(Vec::new(), |line| line.text.chars().collect());
        let mut data = vec![0.0; (2 * text.len() + 1) * count];
        for step in (0..=text.len()).map(|i| 2 * i) {
            data[step * count] = 1.0;
        }
        let index = |c: char| 1 + self.characters.iter().position(|known| *known == c).unwrap_or(0);
        for (i, &character) in text.iter().enumerate() {
            let step = &mut data[(2 * i + 1) * count..(2 * i + 2) * count];
            let mut rest = if Self::upright(row) { 1.0 } else { 0.4 };
            for (_, other, p) in line.iter().flat_map(|l| &l.doubts).filter(|doubt| doubt.0 == i) {
                step[index(*other)] += p;
                rest -= p;
            }
            step[index(character)] += rest;
        }
        Tensor::new(vec![1, 2 * text.len() + 1, count], data).expect("a row for each step")
    }
}

impl Model for FakeModel {
    fn card(&self) -> &ModelCard {
        &self.card
    }

    fn run(&self, input: &Tensor) -> Result<Vec<Tensor>, InferenceError> {
        let output = match self.card.role {
            Role::TextDetection => Self::marked(input),
            Role::TextRecognition | Role::ZoneRecognition => self.written(&self.middle_row(input)),
            _ => {
                let upright = f32::from(Self::upright(&self.middle_row(input)));
                Tensor::new(vec![1, 2], vec![upright, 1.0 - upright]).expect("two probabilities")
            }
        };
        Ok(vec![output])
    }
}
