//! One picture against the mean of several others of the same person.

use vision::face::Embedding;

use super::pairs::Against;
use super::{Limits, Person};
use crate::answers::Answer;
use crate::report::Table;

/// People with fewer pictures are left out, so that every row is of the same.
const LEAST: usize = 5;

/// Pictures that are joined.
const JOINED: [usize; 4] = [1, 2, 3, 4];

/// From a picture's quality weight to what it counts.
type Weigh = fn(f32) -> f32;

/// How pictures are weighed.
const WEIGHINGS: [(&str, Weigh); 2] = [("equal", |_| 1.0), ("by quality", |weight| weight)];

/// As sharp as a picture of a face needs to be, and a turn of the head, in
/// degrees, that counts half.
const SHARP: f32 = 0.1;
const TURNED: f32 = 20.0;

/// What a picture counts by its quality, 0.05 to 1; 0 where no face was found.
pub fn weight(answer: &Answer) -> f32 {
    let weight = || {
        let turned = answer.face_quality("yaw")?.hypot(answer.face_quality("pitch")?) / TURNED;
        let sharp = (answer.face_quality("sharpness")? / SHARP).min(1.0);
        Some((sharp / (1.0 + turned * turned)).max(0.05))
    };
    weight().unwrap_or(0.0)
}

/// The table.
pub struct Several {
    pub table: Table,
}

impl Several {
    pub fn new() -> Self {
        let head = [
            "people with five or more pictures",
            "joined",
            "weights",
            "accepted at the shipped limit",
            "two people accepted there",
            "true accept at 1e-3, mean over people",
            "true accept at 1e-4, mean over people",
        ];
        Self { table: Table::new(&head) }
    }

    /// Adds the rows of `people`: each picture against the mean of the next ones of
    /// the same person, and every such mean against all pictures of the others.
    pub fn add(&mut self, name: &str, people: &[Person], limits: Limits) {
        let rich = |person: &&Person| person.faces.iter().flatten().count() >= LEAST;
        let rich: Vec<&Person> = people.iter().filter(rich).collect();
        if rich.is_empty() {
            return;
        }
        for joined in JOINED {
            for (weighing, weigh) in WEIGHINGS.into_iter().take(if joined == 1 { 1 } else { 2 }) {
                let mut all = Against::default();
                for person in &rich {
                    let means = means(person, joined, weigh);
                    let own = means
                        .iter()
                        .map(|(against, mean)| mean.distance_of_pictures(against))
                        .collect();
                    let others = people.iter().filter(|other| other.name != person.name);
                    let others: Vec<&Embedding> =
                        others.flat_map(|other| other.faces.iter().flatten()).collect();
                    let strangers = means.iter().flat_map(|(_, mean)| {
                        others.iter().map(|other| mean.distance_of_pictures(other))
                    });
                    all.add(own, strangers);
                }
                self.table.row([
                    format!("{name}: {}", rich.len()),
                    joined.to_string(),
                    weighing.to_owned(),
                    all.below(limits.accept),
                    all.strangers_below(limits.accept),
                    all.at(1e-3),
                    all.at(1e-4),
                ]);
            }
        }
    }
}

/// Each picture, and the mean of the `joined` that follow it, around the end.
fn means(person: &Person, joined: usize, weigh: Weigh) -> Vec<(Embedding, Embedding)> {
    let faces: Vec<(&Embedding, f32)> = person
        .faces
        .iter()
        .zip(&person.weights)
        .filter_map(|(face, weight)| Some((face.as_ref()?, weigh(*weight))))
        .collect();
    let of = |first: usize| {
        let others = (1..=joined).map(|next| faces[(first + next) % faces.len()]);
        Some((faces[first].0.clone(), Embedding::mean(others)?))
    };
    (0..faces.len()).filter_map(of).collect()
}
