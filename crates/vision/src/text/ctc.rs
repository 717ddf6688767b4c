//! The recogniser's output, kept small enough to decode again later.

use inference::Tensor;

/// The characters whose probability is kept at every step: those of the
/// machine-readable zone, in the order of their ICAO check-digit values, with
/// the filler last.
pub const ZONE_ALPHABET: [char; 37] = {
    let mut characters = ['<'; 37];
    let mut i = 0;
    while i < 36 {
        characters[i] = (if i < 10 { b'0' + i as u8 } else { b'A' + i as u8 - 10 }) as char;
        i += 1;
    }
    characters
};

/// So many of the most probable characters are kept at every step.
const TOP: usize = 5;

/// So many characters are passed over at once where none is among them.
const PART: usize = 128;

/// The recogniser's characters by their index in its output.
#[derive(Debug, Clone)]
pub(super) struct Alphabet {
    characters: Vec<char>,
    zone: [Option<usize>; ZONE_ALPHABET.len()],
}

impl Alphabet {
    /// The alphabet that `listed` gives, one character to a line: index 0 is
    /// the CTC blank, the listed characters follow, a space ends it.
    pub(super) fn of(listed: &str) -> Self {
        let mut characters = vec!['\0'];
        characters.extend(listed.split('\n').map(|line| line.chars().next().unwrap_or(' ')));
        characters.push(' ');
        let zone = ZONE_ALPHABET.map(|c| characters.iter().position(|known| *known == c));
        Self { characters, zone }
    }

    /// The alphabet of the zone alone: the CTC blank, then [`ZONE_ALPHABET`].
    pub(super) fn of_zone() -> Self {
        let characters = [&['\0'][..], &ZONE_ALPHABET].concat();
        Self { characters, zone: std::array::from_fn(|index| Some(index + 1)) }
    }

    fn character(&self, index: usize) -> char {
        self.characters.get(index).copied().unwrap_or('\u{fffd}')
    }
}

/// A space was left out where one is at least so probable and the characters stand apart by at
/// least [`WIDE`] times what is usual in their line: the recogniser often joins figures and the
/// word after them. Where it did so in 72 tuning photographs a space had 0.08 to 0.28 (once
/// 0.001) and the characters stood 3 to 5 steps apart; within words it had up to 0.32, at 1 to 1.5
/// steps.
const SPACE: f32 = 0.05;

/// See [`SPACE`].
const WIDE: f32 = 1.4;

/// Characters from here on are written without spaces.
const HAN: char = '\u{2e80}';

/// What may stand at each step across a line: connectionist temporal
/// classification, in which a character is a run of equal best steps and the
/// blank separates.
///
/// Of each step's probabilities only those of the blank, of the zone's
/// alphabet and of the five most probable characters are kept.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct CtcSteps {
    steps: Vec<Step>,
}

#[derive(Debug, Clone, PartialEq)]
struct Step {
    blank: f32,
    zone: [f32; ZONE_ALPHABET.len()],
    /// The most probable characters, best first, the blank left out.
    top: [(char, f32); TOP],
}

/// One character of a decoded line.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Glyph {
    /// The character.
    pub character: char,
    /// The recogniser's probability for it, 0 to 1.
    pub probability: f32,
    /// Where its middle is along the line: 0 at its beginning, 1 at its end.
    pub position: f32,
}

impl CtcSteps {
    /// The steps of one line, from probabilities of shape [1, T, characters].
    pub(super) fn of(rows: &Tensor, alphabet: &Alphabet) -> Self {
        let count = rows.shape().last().copied().unwrap_or(0);
        if count == 0 {
            return Self::default();
        }
        let steps = rows.data().chunks_exact(count).map(|row| Step::of(row, alphabet)).collect();
        Self { steps }
    }

    /// How many steps the line has.
    pub fn len(&self) -> usize {
        self.steps.len()
    }

    /// Whether there is no step at all.
    pub fn is_empty(&self) -> bool {
        self.steps.is_empty()
    }

    /// The probability that nothing new is written at `step`; 0 beyond the end.
    pub fn blank(&self, step: usize) -> f32 {
        self.steps.get(step).map_or(0.0, |step| step.blank)
    }

    /// The probabilities of [`ZONE_ALPHABET`] at `step`; all 0 beyond the end.
    pub fn zone(&self, step: usize) -> [f32; ZONE_ALPHABET.len()] {
        self.steps.get(step).map_or([0.0; ZONE_ALPHABET.len()], |step| step.zone)
    }

    /// The most probable characters at `step`, best first, without the blank.
    pub fn top(&self, step: usize) -> &[(char, f32)] {
        self.steps.get(step).map_or(&[], |step| &step.top)
    }

    /// The probability of `character` at `step`; 0 for one that was not kept.
    pub fn probability(&self, step: usize, character: char) -> f32 {
        let Some(step) = self.steps.get(step) else { return 0.0 };
        let in_zone = ZONE_ALPHABET.iter().position(|c| *c == character);
        match in_zone {
            Some(index) => step.zone[index],
            None => step.top.iter().find(|(c, _)| *c == character).map_or(0.0, |(_, p)| *p),
        }
    }

    /// The greatest probability of `character` at any step; 0 for one that was
    /// kept at none.
    pub fn strongest(&self, character: char) -> f32 {
        (0..self.len()).map(|step| self.probability(step, character)).fold(0.0, f32::max)
    }

    /// What several readings of one line say together, step by step: the mean of
    /// their probabilities, a character counting 0 where it was not kept. The
    /// readings must be of crops of one size; where lengths differ the shortest
    /// counts.
    pub fn mean(readings: &[&Self]) -> Self {
        let length = readings.iter().map(|reading| reading.len()).min().unwrap_or(0);
        let step = |index: usize| Step::mean(readings.iter().map(|reading| &reading.steps[index]));
        Self { steps: (0..length).map(step).collect() }
    }

    /// What `glyphs` of these steps write, with the spaces that were left out between figures and
    /// letters of a line that has spaces: a machine-readable zone and a number have none.
    pub fn spaced(&self, glyphs: &[Glyph]) -> String {
        let mut gaps: Vec<f32> = glyphs.windows(2).map(|pair| gap(&pair[0], &pair[1])).collect();
        gaps.sort_by(f32::total_cmp);
        let usual = gaps.get(gaps.len() / 2).copied().unwrap_or_default();
        let spaces = glyphs.iter().any(|glyph| glyph.character == ' ');
        let mut text = String::new();
        for (index, glyph) in glyphs.iter().enumerate() {
            text.push(glyph.character);
            let next = glyphs.get(index + 1);
            if next.is_some_and(|next| spaces && self.parts(glyph, next, usual)) {
                text.push(' ');
            }
        }
        text
    }

    /// Whether a space was left out between a figure and a letter. Between two figures narrow
    /// ones stand as wide apart, and letters are parted by the recogniser.
    fn parts(&self, glyph: &Glyph, next: &Glyph, usual: f32) -> bool {
        let figure = |glyph: &Glyph| glyph.character.is_ascii_digit();
        let letter = |glyph: &Glyph| glyph.character.is_alphabetic() && glyph.character < HAN;
        let mixed = figure(glyph) && letter(next) || letter(glyph) && figure(next);
        if !mixed || gap(glyph, next) < WIDE * usual {
            return false;
        }
        let step = |glyph: &Glyph| (glyph.position * self.len() as f32) as usize;
        (step(glyph)..=step(next)).any(|step| self.probability(step, ' ') >= SPACE)
    }

    /// The line decoded greedily: at each step the most probable character,
    /// runs of the same one joined, blanks dropped.
    pub fn best_glyphs(&self) -> Vec<Glyph> {
        let mut glyphs: Vec<Glyph> = Vec::new();
        let mut open: Option<(char, usize)> = None;
        for (index, step) in self.steps.iter().enumerate() {
            let (character, probability) = step.top[0];
            if step.blank >= probability {
                open = None;
                continue;
            }
            let start = match open {
                Some((last, start)) if last == character => start,
                _ => index,
            };
            let position = ((start + index + 1) as f32 / 2.0) / self.steps.len() as f32;
            if start == index {
                glyphs.push(Glyph { character, probability, position });
            } else if let Some(glyph) = glyphs.last_mut() {
                glyph.probability = glyph.probability.max(probability);
                glyph.position = position;
            }
            open = Some((character, start));
        }
        glyphs
    }
}

fn gap(glyph: &Glyph, next: &Glyph) -> f32 {
    next.position - glyph.position
}

impl Step {
    fn of(row: &[f32], alphabet: &Alphabet) -> Self {
        let mut best = [(0_usize, f32::NEG_INFINITY); TOP];
        // Almost no character is among the best: counting those that are passes over the others
        // without a branch for each.
        for (part, values) in row.chunks(PART).enumerate() {
            let least = best[TOP - 1].1;
            if values.iter().filter(|value| **value > least).count() == 0 {
                continue;
            }
            for (index, &value) in values.iter().enumerate() {
                let index = PART * part + index;
                if index > 0 && value > best[TOP - 1].1 {
                    let place = best.iter().position(|(_, v)| value > *v).unwrap_or(TOP - 1);
                    best[place..].rotate_right(1);
                    best[place] = (index, value);
                }
            }
        }
        Self {
            blank: row.first().copied().unwrap_or(0.0),
            zone: alphabet.zone.map(|i| i.and_then(|i| row.get(i)).copied().unwrap_or(0.0)),
            top: best.map(|(index, value)| (alphabet.character(index), value.max(0.0))),
        }
    }

    fn mean<'a>(steps: impl Iterator<Item = &'a Self> + Clone) -> Self {
        let share = 1.0 / steps.clone().count().max(1) as f32;
        let mut mean =
            Self { blank: 0.0, zone: [0.0; ZONE_ALPHABET.len()], top: [('\0', 0.0); TOP] };
        let mut all: Vec<(char, f32)> = Vec::new();
        for step in steps {
            mean.blank += step.blank * share;
            for (sum, value) in mean.zone.iter_mut().zip(step.zone) {
                *sum += value * share;
            }
            for (character, value) in step.top {
                match all.iter_mut().find(|(known, _)| *known == character) {
                    Some((_, sum)) => *sum += value * share,
                    None => all.push((character, value * share)),
                }
            }
        }
        all.sort_by(|a, b| b.1.total_cmp(&a.1));
        for (place, best) in mean.top.iter_mut().zip(all) {
            *place = best;
        }
        mean
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn the_most_probable_characters_are_kept_wherever_they_are_listed(
            row in prop::collection::vec(0.0_f32..1.0, 300..400),
        ) {
            let listed = |index: usize| char::from_u32(0x4e00 + index as u32).unwrap();
            let names: Vec<String> = (1..row.len() - 1).map(|i| listed(i).to_string()).collect();
            let steps = Tensor::new(vec![1, 1, row.len()], row.clone()).unwrap();
            let steps = CtcSteps::of(&steps, &Alphabet::of(&names.join("\n")));
            let mut best: Vec<f32> = row[1..].to_vec();
            best.sort_by(|a, b| b.total_cmp(a));
            for (kept, expected) in steps.top(0).iter().zip(best) {
                prop_assert_eq!(kept.1.to_bits(), expected.to_bits());
                let listed = row.get((kept.0 as usize).wrapping_sub(0x4e00));
                let there = listed.is_some_and(|value| value.to_bits() == expected.to_bits());
                prop_assert!(kept.0 == ' ' || there);
            }
        }
    }

    /// Steps that write `text`, `.` being the blank and `_` a space; `space` is the probability of
    /// a space at the blanks.
    fn steps(text: &str, space: f32) -> CtcSteps {
        let alphabet = Alphabet::of("2\n4\nA\nb");
        let listed = ['.', '2', '4', 'A', 'b', ' '];
        let row = |c: char| {
            let sure = listed.map(|known| if known == c { 1.0 } else { 0.0 });
            let sure = if c == '_' { [0.0, 0.0, 0.0, 0.0, 0.0, 1.0] } else { sure };
            if c == '.' { [1.0 - space, 0.0, 0.0, 0.0, 0.0, space] } else { sure }
        };
        let rows: Vec<f32> = text.chars().flat_map(row).collect();
        CtcSteps::of(&Tensor::new(vec![1, text.len(), 6], rows).unwrap(), &alphabet)
    }

    #[test]
    fn a_space_stands_where_characters_are_wide_apart_and_one_may_be_there() {
        let cases = [
            ("b_2.4.A.b", 0.3, "b 24Ab"),
            ("b_2.4....A.b", 0.3, "b 24 Ab"),
            ("b_2.4....A.b", 0.01, "b 24Ab"),
            ("b_2....4.A.b", 0.3, "b 24Ab"),
            ("b_2.4.A....b", 0.3, "b 24Ab"),
            // A line without any space, as a number or a machine-readable zone.
            ("2.4....A.b", 0.3, "24Ab"),
        ];
        for (written, space, expected) in cases {
            let steps = steps(written, space);
            assert_eq!(steps.spaced(&steps.best_glyphs()), expected, "{written} {space}");
        }
        assert_eq!(CtcSteps::default().spaced(&[]), "");
    }

    #[test]
    fn chinese_is_written_without_spaces() {
        // A line with a space of its own, and a wide gap in which one may be.
        let row = |at: usize| {
            let mut row = [0.0_f32; 4];
            row[at] = if at == 0 { 0.7 } else { 1.0 };
            row[3] = row[3].max(1.0 - row[at]);
            row
        };
        let rows: Vec<f32> = [1, 3, 1, 0, 1, 0, 0, 0, 0, 2].into_iter().flat_map(row).collect();
        let steps = |alphabet: &str| {
            let rows = Tensor::new(vec![1, 10, 4], rows.clone()).unwrap();
            let steps = CtcSteps::of(&rows, &Alphabet::of(alphabet));
            steps.spaced(&steps.best_glyphs())
        };
        assert_eq!(steps("京\n2"), "京 京京2");
        assert_eq!(steps("A\n2"), "A AA 2");
    }
}
