//! What a challenge asks for, drawn by chance.

use domain::liveness::{Action, Asked, Challenge, Colour, Light, LightSequence, Shine, Step};

use crate::challenge::Without;
use crate::installation::Installation;

/// A challenge has so many movements, each with so many milliseconds: 9 seconds in all.
const MOVEMENTS: usize = 3;
const WINDOW_MS: f64 = 3000.0;
/// One that repeats what was missed has so many beside it, which nobody can know beforehand.
const NEW: usize = 1;
/// A capture without movements lasts so long, milliseconds.
const STILL_MS: f64 = 6000.0;
/// Each colour is shown so long, milliseconds: as in the measured captures (ACCURACY.md, Live
/// captures).
const SHINE_MS: f64 = 600.0;

/// What was drawn.
pub(super) struct Drawn {
    pub asked: Asked,
    /// How long the capture has to be, milliseconds.
    pub lasts_ms: f64,
    /// Of the movements, those that were missed before; none in a whole challenge.
    pub again: Vec<Action>,
}

impl Installation {
    /// Movements in a random order, and `light` of random colours where the tier asks for it, but
    /// for what the person is `without`. Where the capture before only `missed` some, these are
    /// asked for with a new one, if that is shorter than a whole challenge.
    ///
    /// Two movements are more easily guessed than three, and who makes them was not before
    /// compared with who made the others. So it is asked only together with all the colours,
    /// which nobody guesses: where movements alone stand against a recording, all are asked for.
    pub(super) fn draw(&self, light: bool, without: &[Without], missed: &[Action]) -> Drawn {
        let (still, dark) =
            (without.contains(&Without::Movements), without.contains(&Without::Light));
        let shorter = !missed.is_empty() && missed.len() + NEW < MOVEMENTS;
        let short = shorter && light && !dark && !still;
        let again = if short { missed.to_vec() } else { Vec::new() };
        let (challenge, lasts_ms) = if still {
            (Challenge::default(), STILL_MS)
        } else {
            in_windows(&self.movements(&again))
        };
        let light = match (light, dark) {
            (false, _) => Light::NotAsked,
            (true, true) => Light::Declined,
            (true, false) => Light::Shown(self.colours(lasts_ms)),
        };
        Drawn { asked: Asked { challenge, light, answered_after_ms: None }, lasts_ms, again }
    }

    /// Those of `again` with a new one, or as many as a whole challenge has; different ones, and
    /// neither one nor an order favoured. The new one may have been seen before: were it not,
    /// it would be more easily guessed.
    fn movements(&self, again: &[Action]) -> Vec<Action> {
        let others = Action::ALL.into_iter().filter(|action| !again.contains(action)).collect();
        let wanted = if again.is_empty() { MOVEMENTS } else { NEW };
        let all = [&self.some_of(others, wanted), again].concat();
        let count = all.len();
        self.some_of(all, count)
    }

    /// So many of them in a random order.
    fn some_of(&self, mut left: Vec<Action>, count: usize) -> Vec<Action> {
        (0..count).map(|_| left.swap_remove(self.one_of(left.len()))).collect()
    }

    /// Colours for so long, none of them like the one before it.
    fn colours(&self, lasts_ms: f64) -> LightSequence {
        let mut shines: Vec<Shine> = Vec::new();
        for place in 0..(lasts_ms / SHINE_MS) as u32 {
            let mut left = Colour::ALL.to_vec();
            left.retain(|colour| shines.last().is_none_or(|last| last.colour != *colour));
            let colour = left[self.one_of(left.len())];
            let from_ms = SHINE_MS * f64::from(place);
            shines.push(Shine { colour, from_ms, to_ms: from_ms + SHINE_MS });
        }
        LightSequence::new(shines).expect("they follow one another, and are long enough")
    }

    /// One of so many, by chance.
    fn one_of(&self, count: usize) -> usize {
        // Of 2^64 the remainder favours nothing by more than one in 10^18.
        (u64::from_be_bytes(self.parts.world.bytes()) % count as u64) as usize
    }
}

/// Each movement in a window of its own, and how long they take together, milliseconds.
fn in_windows(movements: &[Action]) -> (Challenge, f64) {
    let steps = movements.iter().enumerate().map(|(place, &action)| {
        let from_ms = WINDOW_MS * place as f64;
        Step { action, from_ms, to_ms: Some(from_ms + WINDOW_MS) }
    });
    let challenge = Challenge::new(steps.collect()).expect("windows follow one another");
    (challenge, WINDOW_MS * movements.len() as f64)
}
