//! A face as a vector, such that pictures of one person lie close together.

use std::fmt;

/// Partial sums of a squared distance, side by side: what vector registers hold.
const LANES: usize = 16;

/// A face as numbers, 1,152 with the shipped networks. Euclidean distance
/// orders likeness.
///
/// Each network gives one part, which has the same length (Euclidean norm) in
/// every face. Personal data: `Debug` shows no value.
#[derive(Clone, PartialEq)]
pub struct Embedding {
    values: Vec<f32>,
    /// Where each part ends.
    ends: Vec<usize>,
    /// How well the pictures that it is the mean of agree: the length of their plain mean, of
    /// vectors of length 1; 1 of one picture.
    agreement: f64,
}

/// How much nearer than single pictures a mean comes to strangers, in lengths of a vector, for each
/// unit by which its pictures do not agree. Of the distances that one in a thousand and one in ten
/// thousand impostor pairs come closer than, for means of two, three and four pictures of LFW's
/// tuning half (ACCURACY.md, “Faces, public pictures”): 0.027 to 0.046 less than of single ones.
const MEAN_NEARER: f64 = 1.15;

impl Embedding {
    /// The parts one after the other, each as it counts.
    pub(super) fn joined(parts: impl IntoIterator<Item = Vec<f32>>) -> Self {
        let (mut values, mut ends) = (Vec::new(), Vec::new());
        for part in parts {
            values.extend(part);
            ends.push(values.len());
        }
        Self { values, ends, agreement: 1.0 }
    }

    /// The embedding with these numbers, as [`Embedding::values`] and
    /// [`Embedding::parts`] gave them; `None` when they do not fit together.
    pub fn from_values(values: Vec<f32>, parts: &[usize]) -> Option<Self> {
        let ends: Vec<usize> = parts
            .iter()
            .scan(0_usize, |end, part| {
                *end = end.checked_add(*part)?;
                Some(*end)
            })
            .collect();
        let whole = ends.len() == parts.len() && ends.last() == Some(&values.len());
        (whole && !parts.contains(&0)).then_some(Self { values, ends, agreement: 1.0 })
    }

    /// How many numbers each network gave, in their order.
    pub fn parts(&self) -> impl Iterator<Item = usize> {
        let starts = std::iter::once(0).chain(self.ends.iter().copied());
        starts.zip(&self.ends).map(|(start, end)| end - start)
    }

    /// The numbers, for a caller that means to store or print them.
    pub fn values(&self) -> &[f32] {
        &self.values
    }

    /// Where each part ends.
    pub(super) fn ends(&self) -> &[usize] {
        &self.ends
    }

    /// Euclidean distance: 0 for equal faces, at most √2 times the length of
    /// the vectors, which is ≈ 1.7 with the shipped networks, as long as no
    /// part has numbers of both signs.
    pub fn distance(&self, other: &Self) -> f64 {
        let squares = self.values.iter().zip(&other.values).map(|(a, b)| f64::from(a - b).powi(2));
        squares.sum::<f64>().sqrt()
    }

    /// The distance at which two single pictures are as seldom of two people as at
    /// [`distance`](Self::distance) these are, which may be means: rates that were measured on
    /// single pictures hold for it.
    pub fn distance_of_pictures(&self, other: &Self) -> f64 {
        let apart = (1.0 - self.agreement) + (1.0 - other.agreement);
        self.distance(other) + MEAN_NEARER * f64::from(length(&self.values)) * apart
    }

    /// The mean of several pictures of one face, each with what it weighs: each
    /// part points where the weighted sum of theirs does, and keeps its length.
    ///
    /// One picture against the mean of four accepts 95 % of people at 1e-4 where
    /// against one it accepts 84 %; weights by sharpness and turn gained nothing
    /// over equal ones (27 people of LFW's tuning half; ACCURACY.md, “Faces,
    /// public pictures”). A mean comes closer to strangers as well
    /// ([`Self::distance_of_pictures`]).
    ///
    /// `None` without a picture of positive, finite weight, or where the
    /// vectors are not of the same networks or cancel out.
    pub fn mean<'a>(faces: impl IntoIterator<Item = (&'a Self, f32)>) -> Option<Self> {
        let usable = |(_, weight): &(&Self, f32)| weight.is_finite() && *weight > 0.0;
        let mut faces = faces.into_iter().filter(usable);
        let (first, weight) = faces.next()?;
        let mut weights = f64::from(weight);
        let mut sum: Vec<f32> = first.values.iter().map(|value| value * weight).collect();
        for (face, weight) in faces {
            if face.ends != first.ends {
                return None;
            }
            for (sum, value) in sum.iter_mut().zip(&face.values) {
                *sum += value * weight;
            }
            weights += f64::from(weight);
        }
        let agreement = f64::from(length(&sum)) / (weights * f64::from(length(&first.values)));
        let mut start = 0;
        for &end in &first.ends {
            let scale = length(&first.values[start..end]) / length(&sum[start..end]);
            if !scale.is_finite() {
                return None;
            }
            for value in &mut sum[start..end] {
                *value *= scale;
            }
            start = end;
        }
        Some(Self { values: sum, ends: first.ends.clone(), agreement: agreement.min(1.0) })
    }
}

impl fmt::Debug for Embedding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Embedding([redacted])")
    }
}

/// The Euclidean norm.
pub(super) fn length(values: &[f32]) -> f32 {
    values.iter().map(|v| f64::from(*v).powi(2)).sum::<f64>().sqrt() as f32
}

/// The square of the distance between two lists of numbers, to float rounding
/// and in a quarter of the time that one sum would take.
fn square(a: &[f32], b: &[f32]) -> f32 {
    let (heads_a, tail_a) = a.as_chunks::<LANES>();
    let (heads_b, tail_b) = b.as_chunks::<LANES>();
    let mut sums = [0.0_f32; LANES];
    for (a, b) in heads_a.iter().zip(heads_b) {
        for lane in 0..LANES {
            let difference = a[lane] - b[lane];
            sums[lane] += difference * difference;
        }
    }
    let tail = tail_a.iter().zip(tail_b).map(|(a, b)| (a - b) * (a - b));
    sums.iter().sum::<f32>() + tail.sum::<f32>()
}

/// The distance of two vectors whose parts end at `ends` and count `weights`
/// times what they do in [`Embedding::distance`]; a part without a weight
/// counts as it is.
pub(super) fn weighted_distance(a: &[f32], b: &[f32], ends: &[usize], weights: &[f32]) -> f32 {
    let weights = weights.iter().copied().chain(std::iter::repeat(1.0));
    let (mut start, mut sum) = (0, 0.0);
    for (&end, weight) in ends.iter().zip(weights) {
        sum += weight * weight * square(&a[start..end], &b[start..end]);
        start = end;
    }
    sum.sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two parts at lengths 1 and 0.7, each in a direction of the plane.
    fn face(first: f32, second: f32) -> Embedding {
        let part = |angle: f32, length: f32| vec![angle.cos() * length, angle.sin() * length];
        Embedding::joined([part(first, 1.0), part(second, 0.7)])
    }

    #[test]
    fn a_mean_lies_between_its_pictures_and_keeps_the_length_of_each_part() {
        let mean = Embedding::mean([(&face(0.0, 0.2), 1.0), (&face(1.0, 0.6), 1.0)]).unwrap();
        assert!(mean.distance(&face(0.5, 0.4)) < 1e-6);
        let towards = Embedding::mean([(&face(0.0, 0.2), 3.0), (&face(1.0, 0.6), 1.0)]).unwrap();
        assert!(towards.distance(&face(0.0, 0.2)) < towards.distance(&face(1.0, 0.6)) / 2.0);
        let one = Embedding::mean([(&face(0.3, 0.3), 0.2), (&face(2.0, 2.0), 0.0)]).unwrap();
        assert!(one.distance(&face(0.3, 0.3)) < 1e-6, "what weighs nothing changes nothing");
    }

    #[test]
    fn a_mean_counts_as_further_from_others_the_less_its_pictures_agree() {
        let stranger = face(1.4, 1.4);
        let further =
            |mean: &Embedding| mean.distance_of_pictures(&stranger) - mean.distance(&stranger);
        let mean = |turn: f32| {
            Embedding::mean([(&face(0.2, 0.2), 1.0), (&face(0.2 + turn, 0.2 + turn), 1.0)]).unwrap()
        };
        assert!(further(&face(0.2, 0.2)).abs() < 1e-9, "one picture is as far as it is");
        assert!(further(&mean(0.0)) < 1e-6, "the same picture twice is one");
        // Of two directions t apart the plain mean has the length cos(t/2).
        let expected = MEAN_NEARER * 1.49_f64.sqrt() * (1.0 - 0.2_f64.cos());
        assert!((further(&mean(0.4)) - expected).abs() < 1e-5);
    }

    #[test]
    fn what_has_no_mean_gives_none() {
        let other = Embedding::joined([vec![1.0, 0.0, 0.0, 0.0]]);
        let (a, opposite) = (face(0.0, 0.0), face(std::f32::consts::PI, 0.0));
        assert_eq!(Embedding::mean([]), None);
        assert_eq!(Embedding::mean([(&a, 0.0), (&a, f32::NAN), (&a, -1.0)]), None);
        assert_eq!(Embedding::mean([(&a, 1.0), (&other, 1.0)]), None);
        let cancelled = Embedding::mean([(&a, 1.0), (&opposite, 1.0)]);
        assert!(cancelled.is_none_or(|mean| mean.values().iter().all(|v| v.is_finite())));
    }

    #[test]
    fn an_embedding_comes_back_from_its_numbers() {
        let face = face(0.4, 0.9);
        let parts: Vec<usize> = face.parts().collect();
        assert_eq!(parts, [2, 2]);
        assert_eq!(Embedding::from_values(face.values().to_vec(), &parts), Some(face));
        for wrong in [&[2, 3][..], &[4, 0], &[], &[usize::MAX, 5]] {
            assert_eq!(Embedding::from_values(vec![0.5; 4], wrong), None, "{wrong:?}");
        }
    }
}
