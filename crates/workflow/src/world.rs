//! The world outside: what time it is, and chance.

use jiff::Timestamp;

/// Time and randomness, given so that a test can hold both.
pub trait World: Send + Sync {
    /// What time it is, to the millisecond, as the store keeps it: what comes back from there is
    /// neither before nor after what was written.
    fn now(&self) -> Timestamp;
    /// Fills `bytes` at random, fit for secrets.
    fn random(&self, bytes: &mut [u8]);
}

/// The machine's clock and the operating system's randomness.
#[derive(Debug, Clone, Copy, Default)]
pub struct Real;

impl World for Real {
    fn now(&self) -> Timestamp {
        let now = Timestamp::now().as_millisecond();
        Timestamp::from_millisecond(now).expect("a time of the same clock")
    }

    fn random(&self, bytes: &mut [u8]) {
        // Without randomness no secret can be made, and nothing may go on.
        getrandom::fill(bytes).expect("the operating system gives random bytes");
    }
}

impl dyn World + '_ {
    /// Random bytes of a fixed number.
    pub(crate) fn bytes<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        self.random(&mut bytes);
        bytes
    }
}
