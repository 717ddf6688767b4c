//! Lines of text: where they are and what they say.
//!
//! Three networks in turn: one marks the pixels that belong to text, one
//! tells whether a line stands on its head, one reads a line; what is plainly a
//! row of a machine-readable zone the network for zones reads in its place. Pictures may be
//! turned any way; every line comes out in reading direction, with its
//! corners in the pixels of the picture it was found in.
//!
//! Lines are read one at a time, each at its own width: on two threads a
//! batch of four lines of 640 pixels took 40 ms a line, one line alone 35 ms,
//! and nothing is spent on padding.

mod boxes;
mod crop;
mod ctc;
mod detect;
#[cfg(any(test, feature = "fakes"))]
pub mod fakes;
mod layout;
mod orientation;
mod pyramid;
mod recognise;
mod zone;

use std::sync::Arc;

use imaging::{Point, Quad};
use inference::{InferenceError, LoadError, Model, Models, Role, two_abreast};

pub use ctc::{CtcSteps, Glyph, ZONE_ALPHABET};
pub use detect::{DetectionParams, TextBox, TextDetector};
pub use orientation::LineOrientation;
pub use pyramid::Pyramid;
pub use recognise::{LineReading, TextRecogniser};
pub use zone::ZoneReader;

use layout::Layout;

/// How the text stage goes about its work.
#[derive(Debug, Clone, PartialEq)]
pub struct TextParams {
    /// Finding lines.
    pub detection: DetectionParams,
    /// At most so many lines are read, the largest first: bounds the work
    /// that a page full of text can cause.
    pub max_lines: usize,
    /// Lines asked which way up they are, for each of the two directions
    /// that lines may have in one picture; the longest first.
    pub orientation_lines: usize,
    /// When the mean of the orientation model's votes (1 = all upright,
    /// −1 = all upside down) is nearer to 0 than this, two lines are read both
    /// ways and the surer reading decides.
    pub orientation_doubt: f32,
}

impl Default for TextParams {
    fn default() -> Self {
        Self {
            detection: DetectionParams::default(),
            max_lines: 120,
            orientation_lines: 8,
            orientation_doubt: 0.5,
        }
    }
}

/// Finds and reads the lines of text in a picture.
pub struct TextReader {
    detector: TextDetector,
    orientation: LineOrientation,
    recogniser: TextRecogniser,
    params: TextParams,
}

/// The text stage cannot be set up.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum TextSetupError {
    /// A model is missing or will not load.
    #[error(transparent)]
    Load(#[from] LoadError),
    /// The recogniser's file does not say which characters it knows.
    #[error(
        "the text recogniser lists no characters in its metadata `character`: \
         use the file that the model manifest pins"
    )]
    NoCharacters,
}

/// One line of text in a picture.
#[derive(Debug, Clone, PartialEq)]
pub struct TextLine {
    quad: Quad,
    detection_score: f32,
    reading: LineReading,
}

impl TextLine {
    /// The corners of the line as it is read, in pixels of the picture.
    pub fn quad(&self) -> &Quad {
        &self.quad
    }

    /// How sure the detector is that this is text, 0 to 1.
    pub fn detection_score(&self) -> f32 {
        self.detection_score
    }

    /// What it says.
    pub fn text(&self) -> &str {
        self.reading.text()
    }

    /// The mean probability of the characters, 0 to 1; 0 for an empty line.
    pub fn confidence(&self) -> f32 {
        self.reading.confidence()
    }

    /// What the network saw that read it, to decode again under a stricter grammar.
    pub fn reading(&self) -> &LineReading {
        &self.reading
    }
}

/// The lines of one picture in reading order: rows from top to bottom, in a
/// row from left to right, as the document is read.
#[derive(Debug, Clone, PartialEq)]
pub struct TextLines {
    lines: Vec<TextLine>,
    quarter_turns: u8,
}

impl TextLines {
    /// The lines in reading order.
    pub fn lines(&self) -> &[TextLine] {
        &self.lines
    }

    /// The same lines in a picture to whose pixels `map` takes those of the one
    /// that they were found in, as when a part of it was flattened.
    #[must_use]
    pub fn mapped(&self, map: impl Fn(Point) -> Point) -> Self {
        let moved = |line: &TextLine| TextLine { quad: line.quad.map(&map), ..line.clone() };
        let lines: Vec<TextLine> = self.lines.iter().map(moved).collect();
        let (x, y) = lines.iter().fold((0.0, 0.0), |(x, y), line| {
            let [tl, tr, ..] = line.quad.0;
            (x + tr.x - tl.x, y + tr.y - tl.y)
        });
        Self { lines, quarter_turns: layout::quarter_turns(Point::new(x, y)) }
    }

    /// How many quarter turns counter-clockwise make the picture's text
    /// upright: 0 to 3. 0 when no text was found.
    pub fn quarter_turns(&self) -> u8 {
        self.quarter_turns
    }
}

impl TextReader {
    /// The stage with the installed models.
    ///
    /// # Errors
    ///
    /// When one of the three text models is not installed or will not load.
    pub fn from_models(models: &impl Models) -> Result<Self, TextSetupError> {
        Self::new(
            models.model(Role::TextDetection)?,
            models.model(Role::TextOrientation)?,
            models.model(Role::TextRecognition)?,
        )
    }

    /// The stage with these models and the default parameters.
    ///
    /// # Errors
    ///
    /// When the recogniser's card lists no characters.
    pub fn new(
        detection: Arc<dyn Model>,
        orientation: Arc<dyn Model>,
        recognition: Arc<dyn Model>,
    ) -> Result<Self, TextSetupError> {
        let params = TextParams::default();
        Ok(Self {
            detector: TextDetector::new(detection, params.detection.clone()),
            orientation: LineOrientation::new(orientation),
            recogniser: TextRecogniser::new(recognition)?,
            params,
        })
    }

    /// The same stage working by `params`.
    #[must_use]
    pub fn with_params(mut self, params: TextParams) -> Self {
        self.detector = self.detector.with_params(params.detection.clone());
        self.params = params;
        self
    }

    /// Finds and reads every line of text in a picture; what is plainly a row of a
    /// machine-readable zone is read by `zones` alone.
    ///
    /// A picture without text gives no lines: a finding, not an error.
    ///
    /// # Errors
    ///
    /// When a model fails to run.
    pub fn read_lines(
        &self,
        picture: &Pyramid,
        zones: &ZoneReader,
    ) -> Result<TextLines, InferenceError> {
        let mut boxes = self.detector.detect(picture.full())?;
        boxes.sort_by(|a, b| b.quad.area().total_cmp(&a.quad.area()));
        boxes.truncate(self.params.max_lines);
        let mut layout = Layout::of(boxes);
        for direction in layout.directions() {
            let quads = layout.longest_quads(direction, self.params.orientation_lines);
            if self.upside_down(picture, &quads)? {
                layout.flip(direction);
            }
        }
        let quarter_turns = layout.quarter_turns();
        let found = layout.into_reading_order();
        let quads: Vec<Quad> = found.iter().map(|found| found.quad).collect();
        let lines = found
            .into_iter()
            .zip(self.read_all(picture, &quads, zones)?)
            .map(|(found, reading)| TextLine {
                quad: found.quad,
                detection_score: found.score,
                reading,
            })
            .collect();
        Ok(TextLines { lines, quarter_turns })
    }

    /// `lines` of `picture` read again the other way up: for when something else
    /// tells that the orientation model was wrong.
    ///
    /// # Errors
    ///
    /// When a model fails to run.
    pub fn turned_over(
        &self,
        picture: &Pyramid,
        lines: &TextLines,
        zones: &ZoneReader,
    ) -> Result<TextLines, InferenceError> {
        let turned = |line: &TextLine| TextLine { quad: line.quad.turned(2), ..line.clone() };
        let mut over: Vec<TextLine> = lines.lines.iter().rev().map(turned).collect();
        let quads: Vec<Quad> = over.iter().map(|line| line.quad).collect();
        for (line, reading) in over.iter_mut().zip(self.read_all(picture, &quads, zones)?) {
            line.reading = reading;
        }
        Ok(TextLines { lines: over, quarter_turns: (lines.quarter_turns + 2) % 4 })
    }

    /// Reads the lines in `quads`.
    fn read_all(
        &self,
        picture: &Pyramid,
        quads: &[Quad],
        zones: &ZoneReader,
    ) -> Result<Vec<LineReading>, InferenceError> {
        two_abreast(quads, |quad| match zones.plain_row(picture, quad)? {
            Some(row) => Ok(row),
            None => self.recogniser.read(&picture.line(quad)),
        })
    }

    /// Reads what lies inside `quad` as one line, its first corner the
    /// top-left of the line as it is read.
    ///
    /// For reading a region again: with other margins, or one line that the
    /// detector cut in two.
    ///
    /// # Errors
    ///
    /// When the model fails to run.
    pub fn read_region(
        &self,
        picture: &Pyramid,
        quad: &Quad,
    ) -> Result<LineReading, InferenceError> {
        self.recogniser.read(&picture.line(quad))
    }

    /// Whether most of these lines stand on their head.
    fn upside_down(&self, picture: &Pyramid, quads: &[Quad]) -> Result<bool, InferenceError> {
        let mut votes = 0.0;
        for quad in quads {
            votes += self.orientation.vote(&picture.line(quad))?;
        }
        let mean = votes / quads.len().max(1) as f32;
        if quads.is_empty() || mean.abs() >= self.params.orientation_doubt {
            return Ok(mean < 0.0);
        }
        let mut upright = 0.0;
        for quad in quads.iter().take(2) {
            upright += self.recogniser.read(&picture.line(quad))?.confidence();
            upright -= self.recogniser.read(&picture.line(&quad.turned(2)))?.confidence();
        }
        Ok(upright < 0.0)
    }
}

#[cfg(test)]
mod tests;
