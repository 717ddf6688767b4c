//! Finding the rows of text that may be a machine-readable zone: two or three
//! long, parallel, evenly spaced rows, or one. What they say is left to the network that reads zones:
//! small print looks like nothing in particular to the recogniser of all scripts.

use imaging::{Point, Quad};
use vision::text::{TextLine, TextLines};

use super::columns::folded;
use super::format::Format;
use super::symbol::Symbol;

/// A row of text: one line that the detector found, or several that lie in
/// one row.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Row {
    /// Its corners as it is read, in picture pixels.
    pub(super) quad: Quad,
    characters: usize,
    /// How many of them look like fillers.
    fillers: usize,
    /// Whether it alone speaks for a zone: by its fillers, or because it is long and
    /// without a gap, or unreadable.
    telling: bool,
}

/// A row of a zone has at least so many characters, and a piece of one this many.
const ROW: usize = 12;
const PIECE: usize = 3;
/// So many fillers in a window speak for a zone.
const FILLERS: usize = 3;
/// So many characters without a gap do: print for people has gaps. A guess: it keeps
/// lone rows of other print from being tried, and no photograph tells its best value.
const SOLID: usize = 24;

/// A line read so surely that has no filler, and a gap or a small letter for every eight
/// characters, is print for people: one that was taken for another's does not make a row of it.
/// Pages of such lines were tried as zones for 350 to 800 ms. Without them as many of 360 narrow
/// tuning photographs are exact, and as many keys right.
const PLAIN: f32 = 0.95;

/// At least so many characters stand in a length of a row's height: lines are found
/// 1.4 to 2.1 times as high as their characters are apart (tuning photographs).
const PER_HEIGHT: f32 = 1.4;

impl Row {
    /// The row in `line`, if it may be one: what it reads as is mostly of the zone, or
    /// it is long and the recogniser made nothing of it.
    fn of(line: &TextLine) -> Option<Self> {
        let text = line.text();
        let characters = text.chars().filter(|c| !c.is_whitespace()).count();
        let zone = text.chars().filter(|c| belongs(*c)).count();
        let fillers = text.chars().filter(|c| looks_like_filler(*c)).count();
        let quad = *line.quad();
        let for_people = text.chars().filter(|c| c.is_whitespace() || c.is_lowercase()).count();
        let plain = line.confidence() >= PLAIN && fillers == 0 && for_people * 8 >= characters;
        if characters >= PIECE && zone * 10 >= characters * 7 {
            if plain {
                return None;
            }
            let solid = characters >= SOLID && !text.contains(char::is_whitespace);
            let telling = solid || fillers >= FILLERS;
            return Some(Self { quad, characters, fillers, telling });
        }
        let room = (quad.width() / quad.height().max(1e-3) * PER_HEIGHT) as usize;
        let unread = room >= ROW && characters * 3 < room;
        unread.then_some(Self { quad, characters: room, fillers: 0, telling: true })
    }

    fn start(&self) -> Point {
        self.quad.0[0].lerp(self.quad.0[3], 0.5)
    }

    fn end(&self) -> Point {
        self.quad.0[1].lerp(self.quad.0[2], 0.5)
    }

    /// The unit vector in reading direction.
    fn along(&self) -> Point {
        let (start, end) = (self.start(), self.end());
        let length = start.distance(end).max(1e-3);
        Point::new((end.x - start.x) / length, (end.y - start.y) / length)
    }

    /// Where `point` is from the row's start: along it, and across it downwards.
    fn locate(&self, point: Point) -> (f32, f32) {
        let (along, start) = (self.along(), self.start());
        let (dx, dy) = (point.x - start.x, point.y - start.y);
        (dx * along.x + dy * along.y, dy * along.x - dx * along.y)
    }

    fn parallel_to(&self, other: &Self) -> bool {
        let (a, b) = (self.along(), other.along());
        a.x * b.x + a.y * b.y > 0.985 // 10 degrees
    }

    /// Whether `other` continues this row: beginning behind it, at its height.
    fn continued_by(&self, other: &Self) -> bool {
        let height = self.quad.height();
        let (gap, start_off) = self.locate(other.start());
        let gap = gap - self.quad.width();
        let (_, end_off) = self.locate(other.end());
        // Fillers are easily overlooked: between two pieces of a zone a long
        // piece may be missing.
        let farthest = if self.fillers + other.fillers >= 2 { 16.0 } else { 4.0 };
        self.parallel_to(other)
            && (0.6..1.7).contains(&(other.quad.height() / height.max(1e-3)))
            && (-0.8 * height..farthest * height).contains(&gap)
            && start_off.abs() < 0.6 * height + 0.02 * gap.max(0.0)
            && end_off.abs() < 0.06 * other.quad.width() + 0.6 * height
    }

    fn joined(self, other: &Self) -> Self {
        let ([tl, _, _, bl], [_, tr, br, _]) = (self.quad.0, other.quad.0);
        Self {
            quad: Quad([tl, tr, br, bl]),
            characters: self.characters + other.characters,
            fillers: self.fillers + other.fillers,
            telling: self.telling || other.telling,
        }
    }

    /// Whether `other` can be the next row of the same zone: it begins or ends
    /// where this one does, for fillers at the other end may be overlooked.
    fn followed_by(&self, other: &Self) -> bool {
        let height = f32::midpoint(self.quad.height(), other.quad.height()).max(1e-3);
        let (start, across) = self.locate(other.start());
        let (end, across_end) = self.locate(other.end());
        let slack = 0.05 * self.quad.width() + height;
        let below = 0.7 * height..3.2 * height;
        self.parallel_to(other)
            && (0.5..2.0).contains(&(other.quad.height() / self.quad.height().max(1e-3)))
            && (0.4..2.5).contains(&(other.quad.width() / self.quad.width().max(1e-3)))
            && below.contains(&across)
            && below.contains(&across_end)
            && (start.abs() < slack || (end - self.quad.width()).abs() < slack)
    }

    /// The windows that this row makes with others that the detector did not see,
    /// in each place that it may have in a zone of about its length. Visas have the
    /// rows of passports and cards.
    fn among_unseen(&self) -> Vec<Window> {
        let mut windows: Vec<Window> = Vec::new();
        for format in [Format::Td1, Format::Td2, Format::Td3] {
            let apart = spacing(format) * self.quad.width() / format.line_length() as f32;
            for place in 0..format.line_count() {
                let down = |row: usize| (row as f32 - place as f32) * apart;
                let rows = (0..format.line_count()).map(|row| self.shifted(down(row)));
                windows.push(Window { rows: rows.collect() });
            }
        }
        windows.retain(|window| !window.formats().is_empty());
        windows
    }

    /// The same row so many pixels farther down, as it is read.
    fn shifted(&self, down: f32) -> Self {
        let along = self.along();
        let quad = self.quad.map(|p| Point::new(p.x - down * along.y, p.y + down * along.x));
        Self { quad, ..self.clone() }
    }

    /// The same row from `start` to `end`, where they stand in the frame of
    /// `guide`, a row parallel to it.
    fn reaching(mut self, guide: &Self, (start, end): (f32, f32)) -> Self {
        let along = guide.along();
        let back = guide.locate(self.start()).0 - start;
        let on = end - guide.locate(self.end()).0;
        let moved = |p: Point, by: f32| Point::new(p.x + by * along.x, p.y + by * along.y);
        let [tl, tr, br, bl] = self.quad.0;
        self.quad = Quad([moved(tl, -back), moved(tr, on), moved(br, on), moved(bl, -back)]);
        self
    }
}

/// How many characters apart the rows of `format` are: 2.4 to 2.5 on five public
/// passports and visas of the tuning half, 1.6 on two cards of three rows.
fn spacing(format: Format) -> f32 {
    if format.line_count() == 3 { 1.7 } else { 2.4 }
}

/// Whether `character` is a filler, or what one is read as, upside down too.
fn looks_like_filler(character: char) -> bool {
    matches!(character, '<' | '>') || folded(character) == Some(Symbol::FILLER)
}

/// Whether `character` may be, or be a misreading of, one of the zone: small
/// fillers are read as c and e.
fn belongs(character: char) -> bool {
    character.is_ascii_alphanumeric() || looks_like_filler(character)
}

/// Rows that may be one zone, top to bottom.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Window {
    pub(super) rows: Vec<Row>,
}

impl Window {
    /// A window of these rows, each as far as any of them reaches: rows of a
    /// zone are equally long.
    fn of(rows: &[&Row]) -> Self {
        let guide = rows
            .iter()
            .max_by(|a, b| a.quad.width().total_cmp(&b.quad.width()))
            .expect("a window has rows");
        let reach = rows.iter().fold((0.0_f32, 0.0_f32), |(start, end), row| {
            (start.min(guide.locate(row.start()).0), end.max(guide.locate(row.end()).0))
        });
        Self { rows: rows.iter().map(|row| (*row).clone().reaching(guide, reach)).collect() }
    }

    /// The same read the other way up.
    pub(super) fn turned_over(mut self) -> Self {
        self.rows.reverse();
        for row in &mut self.rows {
            row.quad = row.quad.turned(2);
        }
        self
    }

    /// The formats that have this many lines, and lines about this long.
    pub(super) fn formats(&self) -> Vec<Format> {
        let shortest = self.rows.iter().map(|row| row.characters).min().unwrap_or(0);
        let longest = self.rows.iter().map(|row| row.characters).max().unwrap_or(0);
        Format::ALL
            .into_iter()
            .filter(|format| {
                let length = format.line_length();
                format.line_count() == self.rows.len()
                    && 5 * longest >= 3 * length
                    && longest <= length + 5
                    && 5 * shortest >= 2 * length
                    && 3 * shortest <= 4 * length
            })
            .collect()
    }

    /// Orders windows by how much like a zone they are, before anything of
    /// them is read: those with fillers first, then the longest, for a zone is
    /// nearly as long as its document, and fine print beside it holds more
    /// characters but not in so long a row.
    fn likeness(&self) -> (bool, f32) {
        let fillers: usize = self.rows.iter().map(|row| row.fillers).sum();
        let length = self.rows.iter().map(|row| row.quad.width()).fold(0.0, f32::max);
        (fillers >= FILLERS, length)
    }

    /// The corners of all rows together.
    pub(super) fn quad(&self) -> Option<Quad> {
        let (first, last) = (self.rows.first()?, self.rows.last()?);
        let ([tl, tr, _, _], [_, _, br, bl]) = (first.quad.0, last.quad.0);
        Some(Quad([tl, tr, br, bl]))
    }
}

/// All sets of two or three rows in `lines` that may be a zone, those most
/// like one first.
pub(super) fn windows(lines: &TextLines) -> Vec<Window> {
    let mut rows = rows(lines);
    rows.retain(|row| row.characters >= ROW);
    let mut windows = Vec::new();
    for first in &rows {
        for second in rows.iter().filter(|second| first.followed_by(second)) {
            for third in rows.iter().filter(|third| second.followed_by(third)) {
                windows.push(Window::of(&[first, second, third]));
            }
            windows.push(Window::of(&[first, second]));
        }
    }
    windows.retain(|window| !window.formats().is_empty());
    if windows.is_empty() {
        windows = rows.iter().filter(|row| row.telling).flat_map(Row::among_unseen).collect();
    }
    likeliest_first(&mut windows);
    windows
}

/// The rows that may be a zone of one row, those most like one first.
pub(super) fn lone_rows(lines: &TextLines) -> Vec<Window> {
    let telling = rows(lines).into_iter().filter(|row| row.telling);
    let mut windows: Vec<Window> = telling.map(|row| Window { rows: vec![row] }).collect();
    windows.retain(|window| !window.formats().is_empty());
    likeliest_first(&mut windows);
    windows
}

fn likeliest_first(windows: &mut [Window]) {
    windows.sort_by(|a, b| {
        let ((a_filled, a_length), (b_filled, b_length)) = (a.likeness(), b.likeness());
        b_filled.cmp(&a_filled).then(b_length.total_cmp(&a_length))
    });
}

/// The lines with mostly zone characters, those in one row joined.
fn rows(lines: &TextLines) -> Vec<Row> {
    let mut rest: Vec<Row> = lines.lines().iter().filter_map(Row::of).collect();
    let mut rows = Vec::new();
    while let Some(first) = (0..rest.len())
        .find(|&i| (0..rest.len()).all(|j| i == j || !rest[j].continued_by(&rest[i])))
    {
        let mut row = rest.swap_remove(first);
        rows.push(row.clone());
        while let Some(next) = nearest_continuation(&row, &rest) {
            row = row.joined(&rest.swap_remove(next));
            rows.push(row.clone());
        }
    }
    rows.extend(rest);
    rows
}

fn nearest_continuation(row: &Row, rest: &[Row]) -> Option<usize> {
    (0..rest.len())
        .filter(|&index| row.continued_by(&rest[index]))
        .min_by(|&a, &b| row.locate(rest[a].start()).0.total_cmp(&row.locate(rest[b].start()).0))
}
