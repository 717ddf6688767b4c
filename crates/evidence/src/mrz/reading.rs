//! Reading the zone in a picture.

use image::RgbImage;
use imaging::{Point, Quad};
use inference::{InferenceError, two_abreast};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use vision::text::{CtcSteps, Pyramid, TextLines, TextReader, ZoneReader};

use super::columns::Columns;
use super::fields::MrzFields;
use super::format::{CheckDigit, Cover, Format};
use super::interpretation::{Interpretation, loose_classes};
use super::proof::ProofParams;
use super::symbol::Symbol;
use super::zone::{Row, Window, lone_rows, windows};

/// When something is a zone, and how hard to try to read it.
#[derive(Debug, Clone, PartialEq)]
pub struct MrzParams {
    /// What it takes to change a character.
    pub proof: ProofParams,
    /// The least mean logarithm of the characters' probabilities of a zone
    /// whose check digits hold.
    pub min_mean_log: f32,
    /// The same where what the check digits cover is that well read: names may then be as
    /// faint as this.
    pub min_mean_log_names: f32,
    /// The same of one whose check digits do not hold: it must be plain to see.
    pub min_mean_log_unproven: f32,
    /// A zone has at least so many fillers.
    pub min_fillers: usize,
    /// A line in which a character that no check digit proves is less
    /// probable than this logarithm is read again with other margins, and so
    /// is one under a check digit that does not hold. At -1.6 one key fewer of 52
    /// narrow tuning photographs is right, and one zone more is exact.
    pub doubtful_log: f32,
    /// The same of a character that a check digit proves: one that the grammar tells
    /// from its twin is doubtful on every clear passport.
    pub doubtful_log_proven: f32,
    /// So many readings of rows as a format, the best fitting first, are
    /// followed up until one has check digits that hold.
    pub attempts: usize,
    /// At most so many sets of rows are read at all, those most like a zone
    /// by their fillers and length: bounds the work that a page full of text can cause.
    pub windows: usize,
    /// At most so many rows are read as a zone of one row, the likeliest first: a guess;
    /// all 40 tuning photographs of permits were read with it.
    pub lone_rows: usize,
}

impl Default for MrzParams {
    fn default() -> Self {
        Self {
            proof: ProofParams::default(),
            min_mean_log: -0.6,
            min_mean_log_names: -1.2,
            min_mean_log_unproven: -0.25,
            min_fillers: 3,
            doubtful_log: -0.1,
            doubtful_log_proven: -1.6,
            attempts: 2,
            windows: 8,
            lone_rows: 3,
        }
    }
}

/// A machine-readable zone that was read.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct MrzReading {
    /// Its format.
    pub format: Format,
    /// Its lines, each of the format's length, after repair.
    pub lines: Vec<String>,
    /// Whether every check digit that the format has holds, and no other text
    /// satisfies them about as well. The digits cover neither names nor
    /// document code, countries and sex.
    pub check_digits_ok: bool,
    /// The check digits for which that is not so.
    pub failing: Vec<CheckDigit>,
    /// Every character that differs from what the recogniser alone held most
    /// probable, with what proves it.
    pub repaired: Vec<Repair>,
    /// The geometric mean of the characters' probabilities, 0 to 1.
    pub confidence: f32,
    /// How well the format fits the picture: the logarithm of the probability
    /// of all texts of its form over that of the most probable text of any.
    pub fit: f32,
    /// The least probable character of the names field, 0 to 1: no check digit
    /// covers it.
    pub names_confidence: f32,
    /// The corners of the zone as it is read, in pixels of the picture.
    pub quad: Quad,
    /// What it says.
    pub fields: MrzFields,
}

/// A character that was changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Repair {
    /// The line, from 0.
    pub line: usize,
    /// The column, from 0.
    pub column: usize,
    /// What the recogniser alone held most probable.
    pub from: char,
    /// What it must be.
    pub to: char,
    /// Why.
    pub proven_by: Proof,
}

/// What proves a character.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Proof {
    /// The standard has no such character in this place.
    Grammar,
    /// With any other character held possible this check digit would not hold.
    CheckDigit(CheckDigit),
}

/// The networks that read rows.
#[derive(Clone, Copy)]
pub struct Networks<'a> {
    /// Reads rows of a zone and nothing else; every row first.
    pub zones: &'a ZoneReader,
    /// Reads all scripts; asked where the other leaves a doubt.
    pub text: &'a TextReader,
}

/// Finds and reads the zone among the `lines` of `picture`, looking at its
/// pixels again where they leave a doubt, and the other way up where it says
/// nothing: small print may be taken for upside down.
///
/// `as_of` decides the century of two-digit years. `None` when there is no
/// zone: a finding, not an error.
///
/// # Errors
///
/// When the recogniser fails to run.
pub fn read(
    by: Networks,
    picture: &Pyramid,
    lines: &TextLines,
    as_of: Date,
) -> Result<Option<MrzReading>, InferenceError> {
    read_with(&MrzParams::default(), by, picture, lines, as_of)
}

/// [`read`] with other parameters than the shipped ones.
///
/// # Errors
///
/// When the recogniser fails to run.
pub fn read_with(
    params: &MrzParams,
    by: Networks,
    picture: &Pyramid,
    lines: &TextLines,
    as_of: Date,
) -> Result<Option<MrzReading>, InferenceError> {
    let search = Search { params, by, picture, as_of };
    let mut windows = windows(lines);
    windows.truncate(params.windows);
    windows.extend(lone_rows(lines).into_iter().take(params.lone_rows));
    let turned: Vec<Window> = windows.iter().cloned().map(Window::turned_over).collect();
    let best = match search.best(&windows)? {
        None => search.best(&turned)?,
        found => found,
    };
    Ok(best.and_then(|attempt| attempt.reading(as_of)))
}

struct Search<'a> {
    params: &'a MrzParams,
    by: Networks<'a>,
    picture: &'a Pyramid<'a>,
    as_of: Date,
}

/// A window read as one format.
struct Attempt {
    format: Format,
    window: Window,
    readings: Vec<LineReadings>,
    found: Interpretation,
}

/// What each reading of one line says, by the network that read it: their
/// mistakes differ, so all looks of one count as much as all of the other.
struct LineReadings {
    zone: Vec<Columns>,
    recogniser: Vec<Columns>,
}

impl LineReadings {
    fn of(first: Columns) -> Self {
        Self { zone: vec![first], recogniser: Vec::new() }
    }

    fn add(&mut self, look: Look, columns: Option<Columns>) {
        match look {
            Look::Recogniser => self.recogniser.extend(columns),
            Look::Height(_) | Look::Red => self.zone.extend(columns),
        }
    }

    fn combined(&self) -> Option<Columns> {
        let both = [Columns::combined(&self.zone), Columns::combined(&self.recogniser)];
        Columns::combined(&both.into_iter().flatten().collect::<Vec<_>>())
    }
}

impl Attempt {
    /// Orders attempts by the probability of their very text over that of the
    /// most probable text of any form; a check digit that holds makes it ten
    /// times more probable, for it holds by chance in one of ten. It must hold in
    /// what was seen, and be no filler: a repair makes every digit of any format hold, so
    /// that a visa had turned into a passport for the two digits that it has more.
    fn rank(&self) -> f32 {
        let found = &self.found;
        let proven = |cover: &&Cover| {
            found.seen[cover.digit] != Symbol::FILLER
                && cover.holds(&found.seen)
                && !found.failing.contains(&cover.check)
        };
        let held = found.grammar.covers.iter().filter(proven).count();
        let text: f32 = found.logs.iter().sum();
        found.fit + text + std::f32::consts::LN_10 * held as f32
    }

    fn reading(self, as_of: Date) -> Option<MrzReading> {
        let found = self.found;
        let names = found.grammar.places.names.clone();
        Some(MrzReading {
            format: self.format,
            lines: found.lines(),
            check_digits_ok: found.failing.is_empty(),
            repaired: repairs(&found),
            confidence: found.mean_log().exp(),
            fit: found.fit,
            names_confidence: found.logs[names].iter().copied().fold(0.0, f32::min).exp(),
            quad: self.window.quad()?,
            fields: MrzFields::of(&found.grammar, &found.zone, as_of),
            failing: found.failing,
        })
    }
}

fn repairs(found: &Interpretation) -> Vec<Repair> {
    let length = found.grammar.format.line_length();
    let covers = &found.grammar.covers;
    let proof = |place: usize| {
        if !found.grammar.classes[place].holds(found.seen[place])
            || found.grammar.places.names.contains(&place)
        {
            return Proof::Grammar;
        }
        covers
            .iter()
            .find(|cover| cover.digit == place || cover.places.contains(&place))
            .map_or(Proof::Grammar, |cover| Proof::CheckDigit(cover.check))
    };
    (0..found.zone.len())
        .filter(|&place| found.zone[place] != found.seen[place])
        .map(|place| Repair {
            line: place / length,
            column: place % length,
            from: found.seen[place].character(),
            to: found.zone[place].character(),
            proven_by: proof(place),
        })
        .collect()
}

/// How a row is looked at again.
#[derive(Debug, Clone, Copy)]
enum Look {
    /// With its height, about the same middle, multiplied by this.
    Height(f32),
    /// By the red channel alone, in which a red stamp disappears.
    Red,
    /// With the recogniser of all scripts: it takes small fillers for letters,
    /// but has seen more letters in worse light.
    Recogniser,
}

/// In the order in which they are tried, until no doubt is left.
const LOOKS: [Look; 5] =
    [Look::Recogniser, Look::Height(0.85), Look::Height(1.15), Look::Red, Look::Height(1.3)];

impl Search<'_> {
    /// The reading of one of `windows` that is a zone.
    fn best(&self, windows: &[Window]) -> Result<Option<Attempt>, InferenceError> {
        let read = two_abreast(windows, |window| self.attempts(window))?;
        let mut attempts: Vec<Attempt> = read.into_iter().flatten().collect();
        attempts.sort_by(|a, b| b.rank().total_cmp(&a.rank()));
        let mut best: Option<Attempt> = None;
        let mut refused: Vec<Attempt> = Vec::new();
        for mut attempt in attempts.into_iter().take(self.params.attempts) {
            self.read_again(&mut attempt)?;
            // Rows that are by far a visa's, and too faint to be read as one, are no passport.
            let ahead = self.params.proof.min_margin;
            let likelier = |other: &Attempt| {
                other.window == attempt.window && other.rank() > attempt.rank() + ahead
            };
            let outdone = refused.iter().any(likelier);
            if !self.accepts(&attempt.found) {
                refused.push(attempt);
            } else if !outdone && best.as_ref().is_none_or(|best| attempt.rank() > best.rank()) {
                let proven = attempt.found.failing.is_empty();
                best = Some(attempt);
                if proven {
                    break;
                }
            }
        }
        Ok(best)
    }

    fn attempts(&self, window: &Window) -> Result<Vec<Attempt>, InferenceError> {
        let steps = window.rows.iter().map(|row| self.look(row, Look::Height(1.0)));
        let steps: Vec<CtcSteps> = steps.collect::<Result<_, _>>()?;
        let attempt = |format: Format| {
            let lines = decoded(format, &steps)?;
            let found = Interpretation::of(format, &lines, &self.params.proof, self.as_of);
            let readings = lines.into_iter().map(LineReadings::of).collect();
            Some(Attempt { format, window: window.clone(), readings, found })
        };
        Ok(window.formats().into_iter().filter_map(attempt).collect())
    }

    /// Reads the rows again until no doubt is left or all looks are taken.
    fn read_again(&self, attempt: &mut Attempt) -> Result<(), InferenceError> {
        for look in LOOKS {
            let doubtful = self.doubtful(&attempt.found);
            if doubtful.is_empty() {
                break;
            }
            for (index, steps) in self.looks(&attempt.window, &doubtful, look)? {
                let classes = loose_classes(attempt.format, index);
                attempt.readings[index].add(look, Columns::decode(&steps, &classes));
            }
            let lines: Vec<Columns> =
                attempt.readings.iter().filter_map(LineReadings::combined).collect();
            attempt.found =
                Interpretation::of(attempt.format, &lines, &self.params.proof, self.as_of);
        }
        Ok(())
    }

    /// One look at each of the `doubtful` rows.
    fn looks(
        &self,
        window: &Window,
        doubtful: &[usize],
        look: Look,
    ) -> Result<Vec<(usize, CtcSteps)>, InferenceError> {
        two_abreast(doubtful, |&index| Ok((index, self.look(&window.rows[index], look)?)))
    }

    fn look(&self, row: &Row, look: Look) -> Result<CtcSteps, InferenceError> {
        match look {
            Look::Height(factor) => {
                self.by.zones.read(self.picture, &with_height(&row.quad, factor))
            }
            Look::Red => {
                let (part, quad) = red_part(self.picture.full(), &row.quad);
                self.by.zones.read(&Pyramid::new(&part), &quad)
            }
            Look::Recogniser => {
                Ok(self.by.text.read_region(self.picture, &row.quad)?.steps().clone())
            }
        }
    }

    /// The lines that leave a doubt.
    fn doubtful(&self, found: &Interpretation) -> Vec<usize> {
        let length = found.grammar.format.line_length();
        let covers = &found.grammar.covers;
        let doubtful = |place: usize| {
            let mut over = covers.iter().filter(|c| c.digit == place || c.places.contains(&place));
            let proven = over.clone().next().is_some();
            let least =
                if proven { self.params.doubtful_log_proven } else { self.params.doubtful_log };
            found.logs[place] < least || over.any(|c| found.failing.contains(&c.check))
        };
        (0..found.grammar.format.line_count())
            .filter(|line| (line * length..(line + 1) * length).any(doubtful))
            .collect()
    }

    fn accepts(&self, found: &Interpretation) -> bool {
        // One row of characters is a zone only by its check digits.
        if found.grammar.format.line_count() == 1 && !found.failing.is_empty() {
            return false;
        }
        let least = if found.failing.is_empty() {
            self.params.min_mean_log
        } else {
            self.params.min_mean_log_unproven
        };
        let plain = found.mean_log() >= least
            || found.failing.is_empty()
                && found.mean_log() >= self.params.min_mean_log_names
                && found.mean_log_proven() >= self.params.min_mean_log;
        plain && found.fillers() >= self.params.min_fillers
    }
}

fn decoded(format: Format, steps: &[CtcSteps]) -> Option<Vec<Columns>> {
    steps
        .iter()
        .enumerate()
        .map(|(index, steps)| Columns::decode(steps, &loose_classes(format, index)))
        .collect()
}

/// `quad` with its height multiplied by `factor` about its middle line.
fn with_height(quad: &Quad, factor: f32) -> Quad {
    let [tl, tr, br, bl] = quad.0;
    let (grow, shrink) = (f32::midpoint(1.0, factor), (1.0 - factor) / 2.0);
    let edge = |top: Point, bottom: Point| (bottom.lerp(top, grow), bottom.lerp(top, shrink));
    let ((tl, bl), (tr, br)) = (edge(tl, bl), edge(tr, br));
    Quad([tl, tr, br, bl])
}

/// The part of `image` around `quad` with its red channel as grey, and the
/// quad in that part's pixels.
fn red_part(image: &RgbImage, quad: &Quad) -> (RgbImage, Quad) {
    let bounds = quad.bounds().clamped(image.width(), image.height());
    let (x0, y0) = (bounds.x.floor() as u32, bounds.y.floor() as u32);
    let width = (bounds.width.ceil() as u32 + 1).min(image.width() - x0.min(image.width()));
    let height = (bounds.height.ceil() as u32 + 1).min(image.height() - y0.min(image.height()));
    let part = RgbImage::from_fn(width, height, |x, y| {
        let red = image.get_pixel(x0 + x, y0 + y)[0];
        image::Rgb([red; 3])
    });
    (part, quad.map(|p| Point::new(p.x - x0 as f32, p.y - y0 as f32)))
}
