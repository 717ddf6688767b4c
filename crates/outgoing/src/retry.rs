//! When to try again.

use std::time::Duration;

/// The waits after the first, second and each further failure, with 27.6 hours
/// from the first to the last attempt. The first six are those of the Standard
/// Webhooks example, which goes on with longer ones for another two days.
pub const DELAYS: [Duration; 7] = [
    Duration::from_secs(5),
    Duration::from_mins(5),
    Duration::from_mins(30),
    Duration::from_hours(2),
    Duration::from_hours(5),
    Duration::from_hours(10),
    Duration::from_hours(10),
];

/// How much of a delay is added at most, so that what failed together does not
/// come back together.
const SPREAD: f64 = 0.2;

/// How long to wait after `attempt` attempts have failed; `None` once the last
/// is over, and for no attempt at all, which is not waited for.
///
/// `jitter` is a random number from 0 to 1 and lengthens the delay by up to a
/// fifth. What lies outside counts as the nearer end, and no number as 0.
pub fn delay(attempt: u32, jitter: f64) -> Option<Duration> {
    let index = attempt.checked_sub(1)?;
    let delay = DELAYS.get(index as usize)?;
    let jitter = if jitter.is_nan() { 0.0 } else { jitter.clamp(0.0, 1.0) };
    Some(delay.mul_f64(1.0 + SPREAD * jitter))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_schedule_ends_after_eight_attempts() {
        let seconds: Vec<_> =
            (0..10).map(|attempt| delay(attempt, 0.0).map(|delay| delay.as_secs())).collect();
        let expected = [5, 300, 1_800, 7_200, 18_000, 36_000, 36_000].map(Some);
        assert_eq!(seconds[0], None);
        assert_eq!(seconds[1..8], expected);
        assert_eq!(seconds[8..], [None, None]);
        assert_eq!(delay(u32::MAX, 0.0), None);
    }

    #[test]
    fn jitter_lengthens_by_a_fifth_at_most() {
        let cases = [
            (0.5, 330.0),
            (1.0, 360.0),
            (7.0, 360.0),
            (-1.0, 300.0),
            (f64::NAN, 300.0),
            (f64::INFINITY, 360.0),
        ];
        for (jitter, seconds) in cases {
            assert_eq!(delay(2, jitter), Some(Duration::from_secs_f64(seconds)), "{jitter}");
        }
    }

    proptest! {
        #[test]
        fn no_number_shortens_a_delay_or_panics(attempt: u32, jitter: f64) {
            let plain = delay(attempt, 0.0);
            prop_assert!(delay(attempt, jitter) >= plain);
            prop_assert!(delay(attempt, jitter) <= plain.map(|delay| delay.mul_f64(1.2)));
        }
    }
}
