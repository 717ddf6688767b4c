//! All pairs of a set of faces, and the shares accepted at a threshold.

/// Only the nearest impostor pairs can lie below a threshold of interest; this
/// share of them is kept, fifty times the greatest rate that is asked for.
const KEPT: f64 = 0.05;

/// The distances between all pictures of some people.
pub struct Pairs {
    /// Of each person: the distances of their own pairs, infinite where a
    /// picture has no face.
    genuine: Vec<Vec<f32>>,
    /// Pictures of each person.
    pictures: Vec<u64>,
    /// The nearest pairs of two people, by distance.
    nearest: Vec<(f32, u32, u32)>,
    impostors: u64,
}

/// What is accepted at a threshold.
pub struct TrueAccept {
    /// Pairs nearer than this are accepted.
    pub threshold: f32,
    /// Impostor pairs below it; weighted where people were drawn repeatedly.
    pub impostors_below: f64,
    /// Genuine pairs below it, each counted once.
    pub genuine_accepted: usize,
    /// The share of genuine pairs below it.
    pub over_pairs: f64,
    /// The mean over people of the share of their own pairs.
    pub over_people: f64,
}

impl Pairs {
    /// The pairs of `people`, each given as their pictures, none where no face
    /// was found; `distance` tells how far two are apart.
    pub fn of<P>(people: &[Vec<Option<P>>], distance: impl Fn(&P, &P) -> f64) -> Self {
        let distance = |a: &Option<P>, b: &Option<P>| match (a, b) {
            (Some(a), Some(b)) => distance(a, b) as f32,
            _ => f32::INFINITY,
        };
        let mut genuine = vec![Vec::new(); people.len()];
        let mut impostors = Vec::new();
        let mut count = 0;
        for (a, of_a) in people.iter().enumerate() {
            for (i, x) in of_a.iter().enumerate() {
                genuine[a].extend(of_a[i + 1..].iter().map(|y| distance(x, y)));
                for (b, of_b) in people.iter().enumerate().skip(a + 1) {
                    count += of_b.len() as u64;
                    let found = of_b.iter().map(|y| distance(x, y));
                    impostors.extend(found.map(|d| (d, a as u32, b as u32)));
                }
            }
        }
        let kept = ((impostors.len() as f64 * KEPT) as usize + 100).min(impostors.len());
        if kept < impostors.len() {
            impostors.select_nth_unstable_by(kept, |x, y| x.0.total_cmp(&y.0));
            impostors.truncate(kept);
        }
        impostors.sort_by(|x, y| x.0.total_cmp(&y.0));
        let pictures = people.iter().map(|of| of.len() as u64).collect();
        Self { genuine, pictures, nearest: impostors, impostors: count }
    }

    /// How many pairs show one person.
    pub fn genuine_count(&self) -> usize {
        self.genuine.iter().map(Vec::len).sum()
    }

    /// How many pairs show two people.
    pub fn impostor_count(&self) -> u64 {
        self.impostors
    }

    /// What is accepted at the widest threshold that falsely accepts at most
    /// `rate` of the impostor pairs; `None` without pairs of both sorts.
    pub fn true_accept(&self, rate: f64) -> Option<TrueAccept> {
        self.true_accept_of(&vec![1; self.pictures.len()], rate)
    }

    /// The same with each person taken as often as `drawn` says; two copies of
    /// one person make no impostor pair.
    pub fn true_accept_of(&self, drawn: &[u32], rate: f64) -> Option<TrueAccept> {
        let (threshold, impostors_below) = self.threshold(drawn, rate)?;
        let mut accept = TrueAccept {
            threshold,
            impostors_below,
            genuine_accepted: 0,
            over_pairs: 0.0,
            over_people: 0.0,
        };
        let (mut pairs, mut people) = (0.0, 0.0);
        for (distances, times) in self.genuine.iter().zip(drawn) {
            if distances.is_empty() || *times == 0 {
                continue;
            }
            let below = distances.iter().filter(|distance| **distance < threshold).count();
            let times = f64::from(*times);
            accept.genuine_accepted += below;
            accept.over_pairs += times * below as f64;
            accept.over_people += times * below as f64 / distances.len() as f64;
            pairs += times * distances.len() as f64;
            people += times;
        }
        if people == 0.0 {
            return None;
        }
        accept.over_pairs /= pairs;
        accept.over_people /= people;
        Some(accept)
    }

    /// The widest threshold for `rate`, and the impostor pairs below it.
    fn threshold(&self, drawn: &[u32], rate: f64) -> Option<(f32, f64)> {
        let weights = self.pictures.iter().zip(drawn);
        let (sum, squares) = weights.fold((0.0, 0.0), |(sum, squares), (pictures, times)| {
            let weight = *pictures as f64 * f64::from(*times);
            (sum + weight, squares + weight * weight)
        });
        let allowed = rate * (sum * sum - squares) / 2.0;
        let mut below = 0.0;
        for (distance, a, b) in &self.nearest {
            let weight = f64::from(drawn[*a as usize]) * f64::from(drawn[*b as usize]);
            if below + weight > allowed {
                return Some((*distance, below));
            }
            below += weight;
        }
        None
    }
}

/// Distances of some people from themselves and from others, where not every
/// picture is compared with every other.
#[derive(Default)]
pub struct Against {
    /// Of each person.
    genuine: Vec<Vec<f64>>,
    impostor: Vec<f64>,
}

impl Against {
    /// Adds one person's.
    pub fn add(&mut self, genuine: Vec<f64>, impostor: impl IntoIterator<Item = f64>) {
        self.genuine.push(genuine);
        self.impostor.extend(impostor);
    }

    /// The share of genuine pairs below `limit`, in words.
    pub fn below(&self, limit: f64) -> String {
        let all = self.genuine.iter().map(Vec::len).sum::<usize>();
        let below = self.genuine.iter().flatten().filter(|distance| **distance <= limit).count();
        crate::interval::share(below as u64, all as u64)
    }

    /// The share of impostor pairs below `limit`, in words.
    pub fn strangers_below(&self, limit: f64) -> String {
        let below = self.impostor.iter().filter(|distance| **distance <= limit).count();
        format!("{below} of {}", self.impostor.len())
    }

    /// The mean over people of the share of their own pairs that is accepted
    /// where `rate` of the others' is, in words.
    pub fn at(&self, rate: f64) -> String {
        let mut impostor = self.impostor.clone();
        impostor.sort_by(f64::total_cmp);
        let below = (rate * impostor.len() as f64) as usize;
        let Some(threshold) = impostor.get(below) else { return "none".to_owned() };
        let share = |own: &Vec<f64>| {
            own.iter().filter(|distance| *distance < threshold).count() as f64 / own.len() as f64
        };
        let people = self.genuine.iter().filter(|own| !own.is_empty());
        let shares: Vec<f64> = people.map(share).collect();
        let mean = shares.iter().sum::<f64>() / shares.len() as f64;
        let few = if below < 10 { ", too few impostor pairs to trust" } else { "" };
        format!("{:.1} % (below {threshold:.3}{few})", 100.0 * mean)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[expect(clippy::trivially_copy_pass_by_ref, reason = "as pairs are compared")]
    fn apart(a: &f32, b: &f32) -> f64 {
        f64::from((a - b).abs())
    }

    /// Three people on a line: impostor distances 4 (twice), 5, 5, 6, 9, 10, 10.
    fn people() -> Vec<Vec<Option<f32>>> {
        vec![vec![Some(0.0), Some(1.0)], vec![Some(5.0), None], vec![Some(10.0), Some(15.0)]]
    }

    #[test]
    fn threshold_is_the_widest_that_keeps_the_rate() {
        let pairs = Pairs::of(&people(), apart);
        assert_eq!((pairs.genuine_count(), pairs.impostor_count()), (3, 12));
        // One of twelve may be below: the nearest, at 4; the next is at 5.
        let one = pairs.true_accept(1.0 / 12.0).unwrap();
        assert_eq!((one.threshold, one.impostors_below), (5.0, 1.0));
        assert_eq!(one.genuine_accepted, 1);
        // None may be below: nothing at 4 or more is accepted.
        let none = pairs.true_accept(1e-3).unwrap();
        assert_eq!((none.threshold, none.genuine_accepted), (4.0, 1));
    }

    #[test]
    fn a_person_without_a_face_is_never_accepted() {
        let pairs = Pairs::of(&people(), apart);
        let accepted = pairs.true_accept(0.5).unwrap();
        assert_eq!(accepted.genuine_accepted, 2, "the pair with no face stays out");
        assert!((accepted.over_pairs - 2.0 / 3.0).abs() < 1e-9);
    }

    #[test]
    fn a_person_weighs_one_however_many_pairs_they_have() {
        // Four pictures that never match, and two of another who always do.
        let far = (0..4).map(|i| Some(1000.0 * i as f32)).collect();
        let pairs = Pairs::of(&[far, vec![Some(100.0), Some(100.5)]], apart);
        let accepted = pairs.true_accept(0.0).unwrap();
        assert!((accepted.over_pairs - 1.0 / 7.0).abs() < 1e-9);
        assert!((accepted.over_people - 0.5).abs() < 1e-9);
    }

    #[test]
    fn portraits_are_counted_by_person_and_by_pair() {
        let mut against = Against::default();
        against.add(vec![1.0, 3.0], [2.0, 9.0, 9.0, f64::INFINITY]);
        against.add(vec![1.5], [8.0]);
        assert_eq!(against.below(1.5), crate::interval::share(2, 3));
        assert_eq!(against.strangers_below(8.0), "2 of 5");
        // One of five impostor pairs may be below: the threshold is at 8.
        assert!(against.at(0.2).starts_with("100.0 % (below 8.000"), "{}", against.at(0.2));
        assert!(against.at(0.0).starts_with("75.0 % (below 2.000"), "{}", against.at(0.0));
    }

    #[test]
    fn a_drawn_person_counts_as_often_as_drawn() {
        let pairs = Pairs::of(&people(), apart);
        let as_it_is = pairs.true_accept(1e-3).unwrap();
        let drawn = pairs.true_accept_of(&[1, 1, 1], 1e-3).unwrap();
        assert!((as_it_is.over_pairs - drawn.over_pairs).abs() < 1e-12);
        let without_last = pairs.true_accept_of(&[2, 1, 0], 1e-3).unwrap();
        assert!((without_last.over_people - 2.0 / 3.0).abs() < 1e-9);
    }
}
