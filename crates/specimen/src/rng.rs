//! Randomness from a seed, apart for each use, so that one more draw in one
//! place changes nothing elsewhere.

use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;

/// The generator for the use named `stream` under `seed`.
pub(crate) fn stream(seed: u64, stream: &str) -> ChaCha8Rng {
    // FNV-1a tells the uses apart; it needs no strength, only to be fixed.
    let name = stream.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    });
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    rng.set_stream(name);
    rng
}
