//! Keeping the nearest few of many.

use std::collections::BinaryHeap;

/// The nearest `most` of what was offered.
pub struct Nearest<T> {
    most: usize,
    heap: BinaryHeap<Offer<T>>,
}

struct Offer<T> {
    distance: f64,
    what: T,
}

impl<T> PartialEq for Offer<T> {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl<T> Eq for Offer<T> {}

impl<T> PartialOrd for Offer<T> {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl<T> Ord for Offer<T> {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.distance.total_cmp(&other.distance)
    }
}

impl<T> Nearest<T> {
    /// None yet.
    pub fn new(most: usize) -> Self {
        Self { most, heap: BinaryHeap::new() }
    }

    /// Only what is nearer than this can still change the nearest.
    pub fn bound(&self) -> f64 {
        match self.heap.peek() {
            Some(farthest) if self.heap.len() >= self.most => farthest.distance,
            _ if self.most == 0 => f64::NEG_INFINITY,
            _ => f64::INFINITY,
        }
    }

    /// Takes `what` in where it is among the nearest; of equals the first stays.
    pub fn offer(&mut self, distance: f64, what: T) {
        if distance >= self.bound() {
            return;
        }
        if self.heap.len() >= self.most {
            self.heap.pop();
        }
        self.heap.push(Offer { distance, what });
    }

    /// All of them with their distances, the nearest first.
    pub fn sorted(self) -> impl Iterator<Item = (f64, T)> {
        self.heap.into_sorted_vec().into_iter().map(|offer| (offer.distance, offer.what))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn the_nearest_are_the_first_when_all_are_sorted(
            distances in proptest::collection::vec(0_u8..50, 0..60),
            most in 0_usize..20,
        ) {
            let mut nearest = Nearest::new(most);
            for (index, distance) in distances.iter().enumerate() {
                nearest.offer(f64::from(*distance), index);
            }
            let found: Vec<f64> = nearest.sorted().map(|(distance, _)| distance).collect();
            let mut all: Vec<f64> = distances.into_iter().map(f64::from).collect();
            all.sort_by(f64::total_cmp);
            all.truncate(most);
            prop_assert_eq!(found, all);
        }
    }
}
