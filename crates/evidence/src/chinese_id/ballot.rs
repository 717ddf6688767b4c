//! What several readings of one row come to.

use vision::text::{CtcSteps, LineReading};

use super::ethnicity::GROUPS;
use super::looks::View;
use super::rows::{self, Found, Slot};
use super::{ethnicity, number, values};

/// A number that holds counts so much more than one that does not: a misread
/// number holds once in eleven times, a right one always.
const CHECKED: f32 = 2.0;

/// The least share of the votes that must agree.
const AGREED: f32 = 0.25;

/// What a reading made of all looks of one view counts against one of a single
/// look.
const TOGETHER: f32 = 2.0;

/// The readings of one row.
pub(super) struct Ballot {
    slot: Slot,
    stamped: bool,
    pub readings: Vec<Found>,
    steps: Vec<(View, CtcSteps)>,
}

impl Ballot {
    /// The row of `slot`, on a card that is `stamped` or not, read once already as
    /// `first`, or not at all.
    pub fn new(slot: Slot, stamped: bool, first: Option<Found>) -> Self {
        Self { slot, stamped, readings: first.into_iter().collect(), steps: Vec::new() }
    }

    /// Adds what a look at `view` of the row read.
    pub fn add(&mut self, view: View, reading: &LineReading) {
        self.readings.push(self.found(reading));
        self.steps.push((view, reading.steps().clone()));
    }

    fn found(&self, reading: &LineReading) -> Found {
        let text = rows::squeezed(reading.text());
        let text = if self.stamped { rows::without_tail(self.slot, &text) } else { text };
        // A stamp's character among the row's own is read as surely as these.
        let most = if self.stamped && rows::has_stamp(&text) { DOUBTED } else { 1.0 };
        Found { text, confidence: reading.confidence().min(most), whole: true }
    }

    /// The value that most votes agree on, its confidence the share that agree;
    /// for sex and ethnicity, else the likeliest of all there are. `None` when
    /// nothing stands out.
    pub fn result(&self) -> Option<Found> {
        let mut votes: Vec<(Found, f32)> =
            self.readings.iter().map(|found| (found.clone(), 1.0)).collect();
        votes.extend(self.together().into_iter().map(|found| (found, TOGETHER)));
        best(self.slot, &votes).or_else(|| self.likeliest())
    }

    /// Each view's looks read as one.
    fn together(&self) -> Vec<Found> {
        let mut views: Vec<View> = Vec::new();
        for (view, _) in &self.steps {
            if !views.contains(view) {
                views.push(*view);
            }
        }
        let of = |view: &View| -> Vec<&CtcSteps> {
            self.steps.iter().filter(|(v, _)| v == view).map(|(_, steps)| steps).collect()
        };
        let several = views.iter().map(of).filter(|steps| steps.len() > 1);
        several.map(|steps| self.found(&LineReading::of(CtcSteps::mean(&steps)))).collect()
    }

    /// The candidate that the looks' own probabilities speak for, where the
    /// field can only be one of few.
    fn likeliest(&self) -> Option<Found> {
        let candidates: &[&str] = match self.slot {
            Slot::Sex => &["男", "女"],
            Slot::Ethnicity => &GROUPS,
            _ => return None,
        };
        // One look alone can see anything in a stamp's strokes.
        let others = self.steps.len().saturating_sub(1).max(1) as f32;
        let strength = |character: char| {
            let looks = self.steps.iter().map(|(_, steps)| steps.strongest(character));
            (looks.clone().sum::<f32>() - looks.fold(0.0, f32::max)) / others
        };
        let support = |candidate: &&str| {
            let length = candidate.chars().count() as f32;
            let logs: f32 = candidate.chars().map(|c| (strength(c) + LEAST).ln()).sum();
            (logs / length).exp()
        };
        let mut ranked: Vec<(f32, &str)> =
            candidates.iter().map(|candidate| (support(candidate), *candidate)).collect();
        ranked.sort_by(|a, b| b.0.total_cmp(&a.0));
        let [(first, likeliest), (second, _), ..] = ranked.as_slice() else { return None };
        let stands_out = *first >= SEEN && *first >= second * STANDS_OUT;
        stands_out.then(|| Found { text: (*likeliest).to_owned(), confidence: LIKELY, whole: true })
    }
}

/// A candidate's characters must have this mean probability at least, and so
/// many times the next candidate's: of the tuning half's covered sexes and
/// ethnicities that no plain reading gave, those above were right, those below not.
const SEEN: f32 = 0.02;
const STANDS_OUT: f32 = 3.0;

/// The confidence of a text that may hold part of a stamp.
const DOUBTED: f32 = 0.5;

/// What a character counts that no look saw.
const LEAST: f32 = 0.001;

/// The confidence of a candidate that merely stood out.
const LIKELY: f32 = 0.5;

/// The value of a vote; under a stamp only what the list of groups holds is an
/// ethnicity.
fn value(slot: Slot, found: &Found) -> Option<(String, f32)> {
    let value = values::value(slot, found)?;
    (slot != Slot::Ethnicity || ethnicity::is_group(&value.0)).then_some(value)
}

/// The vote whose value has the greatest sum of confidences; `None` when too few
/// agree with it.
fn best(slot: Slot, votes: &[(Found, f32)]) -> Option<Found> {
    let valued: Vec<(&Found, String, f32)> = votes
        .iter()
        .filter_map(|(found, count)| {
            let (value, sure) = value(slot, found)?;
            Some((found, value, sure * count))
        })
        .collect();
    let agreeing = |value: &str| -> f32 {
        valued.iter().filter(|(_, other, _)| other == value).map(|(_, _, sure)| sure).sum()
    };
    let weight = |value: &str| {
        let checked = slot == Slot::Number && number::holds(value);
        agreeing(value) * if checked { CHECKED } else { 1.0 }
    };
    let (found, value, _) = valued.iter().max_by(|a, b| weight(&a.1).total_cmp(&weight(&b.1)))?;
    let cast: f32 = votes.iter().map(|(_, count)| count).sum();
    let confidence = agreeing(value) / cast;
    (confidence >= AGREED).then(|| Found { confidence, whole: true, ..(*found).clone() })
}

#[cfg(test)]
mod tests {
    use vision::text::fakes::{self, FakeLine};

    use super::*;
    use crate::chinese_id::looks;

    /// A reading of a line that says `text`, its character `index` taken for
    /// `other` with this probability.
    fn reading(text: &str, (index, other, probability): (usize, char, f32)) -> LineReading {
        let place = imaging::Rect::new(100.0, 100.0, 400.0, 40.0);
        let line = FakeLine::new(place, text).doubt(index, other, probability);
        fakes::read(&[line]).lines()[0].reading().clone()
    }

    fn counted(slot: Slot, readings: &[LineReading]) -> Option<Found> {
        let mut ballot = Ballot::new(slot, true, None);
        for (look, reading) in looks::of(slot, true).iter().zip(readings) {
            ballot.add(look.view, reading);
        }
        ballot.result()
    }

    #[test]
    fn a_number_that_holds_outweighs_one_that_lost_a_digit() {
        let whole = reading("130104198806150021", (3, '7', 0.1));
        let short = reading("13010419880615020", (3, '7', 0.1));
        let found = counted(Slot::Number, &[short.clone(), whole, short]).unwrap();
        assert_eq!(found.text, "130104198806150021");
        assert!(found.confidence < 0.5, "only one of three agrees: {}", found.confidence);
    }

    #[test]
    fn seventeen_digits_that_every_look_reads_stay_as_printed() {
        let short = reading("13010419880615002", (3, '7', 0.02));
        let found = counted(Slot::Number, &vec![short; 4]).unwrap();
        assert_eq!(found.text, "13010419880615002");
        assert!(found.confidence > 0.95);
    }

    #[test]
    fn of_few_possible_values_the_likelier_is_taken_without_certainty_or_none() {
        let cases = [
            (Slot::Sex, "里", (0, '男', 0.3), Some("男")),
            (Slot::Sex, "里", (0, '男', 0.001), None),
            (Slot::Ethnicity, "裕效", (1, '固', 0.2), Some("裕固")),
            (Slot::Ethnicity, "效印", (0, '白', 0.001), None),
        ];
        for (slot, text, doubt, expected) in cases {
            let found = counted(slot, &vec![reading(text, doubt); 4]);
            assert_eq!(found.as_ref().map(|f| f.text.as_str()), expected, "{text} {doubt:?}");
            assert!(found.is_none_or(|found| found.confidence <= LIKELY));
        }
    }

    #[test]
    fn one_look_alone_makes_no_value_of_a_stamp() {
        let stamp = reading("里", (0, '黑', 0.1));
        let chance = reading("里", (0, '女', 0.4));
        assert_eq!(counted(Slot::Sex, &[stamp.clone(), chance, stamp.clone(), stamp]), None);
    }

    #[test]
    fn what_a_stamp_adds_to_the_end_is_left_out_and_what_it_may_hide_is_doubted() {
        let address = |text| counted(Slot::Address(1), &vec![reading(text, (0, '7', 0.01)); 4]);
        assert_eq!(address("松树村二组9号无效").unwrap().text, "松树村二组9号");
        assert_eq!(address("松树村二组9号LX").unwrap().text, "松树村二组9号");
        assert!(address("松树村效二组9号").unwrap().confidence < 0.95);
    }
}
