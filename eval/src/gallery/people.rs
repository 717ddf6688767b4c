//! A million people made up of real faces, and pictures of them.

use rand::seq::IndexedRandom;
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;

use super::Vector;
use crate::faces::Vectors;

/// Everyone comes from this seed; each person has a stream of their own.
const SEED: u64 = 20_261_129;

/// Values of the first network's part, and the lengths of both parts.
const FIRST: usize = 128;
const LENGTHS: [f32; 2] = [1.0, 0.7];

/// Real faces that a made-up one resembles, and that only add variety.
const PARENTS: usize = 3;
const STRANGERS: usize = 8;

/// What variety counts in the variance, and how far all is spread: chosen so
/// that distances between two made-up people are those between two real ones
/// (the section's first table). Clamping at zero narrows them; the spread undoes
/// that.
const VARIETY: f32 = 0.45;
const SPREAD: f32 = 1.1;

/// Real faces, taken apart.
pub struct Invented {
    mean: Vector,
    /// Each real face's difference from the mean.
    faces: Vec<Vector>,
    /// Differences between two pictures of one person.
    within: Vec<Vector>,
}

impl Invented {
    /// From every picture of `people`.
    pub fn from(people: &Vectors) -> Self {
        let found = |pictures: &[Option<Vector>]| -> Vec<Vector> {
            pictures.iter().flatten().cloned().collect()
        };
        let people: Vec<Vec<Vector>> = people.iter().map(|(_, of_one)| found(of_one)).collect();
        let all: Vec<&Vector> = people.iter().flatten().collect();
        let mut mean = vec![0.0; all[0].len()];
        for face in &all {
            add(&mut mean, 1.0 / all.len() as f32, face);
        }
        let faces = all.iter().map(|face| difference(face, &mean)).collect();
        // Neighbouring pictures only: the few with hundreds must not decide.
        let within = people.iter().flat_map(|of_one| of_one.windows(2).take(4));
        let within = within.map(|pair| difference(&pair[1], &pair[0])).collect();
        Self { mean, faces, within }
    }

    /// Person `number`, as enrolled: a mix of three real faces and some of eight
    /// others, of the same variance as real faces.
    pub fn person(&self, number: u64) -> Vector {
        let mut rng = stream(number);
        let shares: [f32; PARENTS] = std::array::from_fn(|_| -rng.random::<f32>().max(1e-9).ln());
        let sum: f32 = shares.iter().sum();
        let mut person = self.mean.clone();
        for share in shares {
            let parent = self.faces.choose(&mut rng).expect("there are faces");
            add(&mut person, SPREAD * (share / sum * (1.0 - VARIETY)).sqrt(), parent);
        }
        let variety = SPREAD * (VARIETY / STRANGERS as f32).sqrt();
        for _ in 0..STRANGERS {
            let signed = if rng.random() { variety } else { -variety };
            add(&mut person, signed, self.faces.choose(&mut rng).expect("there are faces"));
        }
        at_length(person)
    }

    /// Another picture of the person enrolled as `number`: moved as two pictures
    /// of a real person differ.
    pub fn picture(&self, number: u64) -> Vector {
        let mut rng = stream(number | 1 << 40);
        let mut picture = self.person(number);
        let moved = self.within.choose(&mut rng).expect("someone has two pictures");
        add(&mut picture, if rng.random() { 1.0 } else { -1.0 }, moved);
        at_length(picture)
    }
}

fn stream(number: u64) -> ChaCha8Rng {
    let mut rng = ChaCha8Rng::seed_from_u64(SEED);
    rng.set_stream(number);
    rng
}

fn add(sum: &mut [f32], weight: f32, values: &[f32]) {
    for (sum, value) in sum.iter_mut().zip(values) {
        *sum += weight * value;
    }
}

fn difference(a: &[f32], b: &[f32]) -> Vector {
    a.iter().zip(b).map(|(a, b)| a - b).collect()
}

/// Both parts at their lengths, the second without negative values, as
/// embeddings are.
fn at_length(mut vector: Vector) -> Vector {
    let (first, second) = vector.split_at_mut(FIRST);
    for value in second.iter_mut() {
        *value = value.max(0.0);
    }
    for (part, wanted) in [first, second].into_iter().zip(LENGTHS) {
        let length = part.iter().map(|v| v * v).sum::<f32>().sqrt();
        for value in part {
            *value *= wanted / length;
        }
    }
    vector
}

#[cfg(test)]
mod tests {
    use super::*;

    fn invented() -> Invented {
        let face = |i: usize| (0..200).map(|j| ((i * 37 + j * 11 + i * j) % 19) as f32).collect();
        let people = (0..20).map(|i| {
            let pictures = vec![Some(at_length(face(i))), None, Some(at_length(face(i + 1)))];
            (i.to_string(), pictures)
        });
        Invented::from(&people.collect())
    }

    #[test]
    fn made_up_embeddings_have_the_form_of_real_ones() {
        let invented = invented();
        for vector in [invented.person(5), invented.picture(5)] {
            let length = |part: &[f32]| part.iter().map(|v| v * v).sum::<f32>().sqrt();
            assert!((length(&vector[..FIRST]) - 1.0).abs() < 1e-5);
            assert!((length(&vector[FIRST..]) - 0.7).abs() < 1e-5);
            assert!(vector[FIRST..].iter().all(|value| *value >= 0.0));
        }
    }

    #[test]
    fn a_person_stays_the_same_and_is_no_other() {
        assert_eq!(invented().person(7), invented().person(7));
        assert_ne!(invented().person(7), invented().person(8));
        assert_ne!(invented().person(7), invented().picture(7));
    }
}
