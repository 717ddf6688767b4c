//! What a promise for a search demands of each comparison.

/// How often one comparison may falsely accept so that a search among
/// `considered` people meets a stranger at most at the rate `per_search`:
/// `1 − (1 − per_search)^(1 / considered)`. Both rates are 0 to 1.
///
/// That is exact where comparisons err independently. They do not quite: some
/// faces resemble many. For a given mean rate this only makes searches with a
/// false hit rarer (the chance of a hit is concave in the rate), so the promise
/// is kept, provided that the rate was measured on people like those searched.
///
/// A rate outside 0 to 1 counts as the nearer end; among nobody it is 1.
pub fn comparison_rate(per_search: f64, considered: u64) -> f64 {
    if considered == 0 {
        return 1.0;
    }
    -((-per_search.clamp(0.0, 1.0)).ln_1p() / considered as f64).exp_m1()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn each_comparison_gets_its_part_of_the_promise() {
        let cases = [
            (0.01, 1, 0.01),
            (0.75, 2, 0.5),
            (0.01, 1_000_000, 1.005_033_585e-8),
            (1e-3, 1_000_000_000, 1.000_500_333e-12),
            (0.5, 0, 1.0),
            (0.0, 10, 0.0),
            (1.0, 10, 1.0),
        ];
        for (promise, considered, rate) in cases {
            let found = comparison_rate(promise, considered);
            assert!((found - rate).abs() <= 1e-6 * rate, "{promise}, {considered}: {found}");
        }
    }

    proptest! {
        #[test]
        fn more_people_never_loosen_it(promise in 1e-6_f64..0.9, few in 1_u64..1_000_000, more in 0_u64..1_000_000) {
            prop_assert!(comparison_rate(promise, few + more) <= comparison_rate(promise, few));
        }

        #[test]
        fn independent_comparisons_at_that_rate_keep_the_promise(promise in 1e-6_f64..0.9, people in 1_u64..1_000_000) {
            let rate = comparison_rate(promise, people);
            let any = -((-rate).ln_1p() * people as f64).exp_m1();
            prop_assert!((any - promise).abs() <= 1e-9 * promise.max(1e-3), "{any}");
        }
    }
}
