//! The head of a shard file: what its records are, and whose.

use crate::vector::Metric;

/// What a gallery's vectors are; set on creation, kept in every shard's head.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Layout {
    /// Values of a vector, 1 to 65,536; `bonafide` makes 1,152.
    pub dimension: usize,
    /// How distance is measured.
    pub metric: Metric,
    /// Records of a shard, 1 to 16,777,216. Shards are searched on a thread
    /// each, and one costs memory of about 400 bytes a person (docs/speed.md).
    pub shard_capacity: u32,
}

const LONGEST: usize = 1 << 16;
const LARGEST: u32 = 1 << 24;

/// A name of the format and its version.
const MAGIC: [u8; 8] = *b"bfgallr\x01";

/// Bytes of a head before its seal.
pub const LENGTH: usize = 40;

/// The head of a shard file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Head {
    /// The gallery's random number.
    pub gallery: [u8; 16],
    /// The shard's place in it.
    pub shard: u32,
    pub layout: Layout,
}

impl Layout {
    pub(crate) fn makes_sense(&self) -> bool {
        (1..=LONGEST).contains(&self.dimension) && (1..=LARGEST).contains(&self.shard_capacity)
    }
}

impl Head {
    pub fn bytes(&self) -> [u8; LENGTH] {
        let metric: u32 = match self.layout.metric {
            Metric::Euclidean => 0,
            Metric::Cosine => 1,
        };
        let numbers =
            [self.shard, self.layout.dimension as u32, metric, self.layout.shard_capacity];
        let mut bytes = [0; LENGTH];
        bytes[..8].copy_from_slice(&MAGIC);
        bytes[8..24].copy_from_slice(&self.gallery);
        for (place, number) in bytes[24..].chunks_exact_mut(4).zip(numbers) {
            place.copy_from_slice(&number.to_le_bytes());
        }
        bytes
    }

    /// `None` when these are not the bytes of a head.
    pub fn parse(bytes: &[u8; LENGTH]) -> Option<Self> {
        let number = |at: usize| {
            let bytes = bytes[at..at + 4].try_into().expect("four bytes");
            u32::from_le_bytes(bytes)
        };
        let metric = match number(32) {
            0 => Metric::Euclidean,
            1 => Metric::Cosine,
            _ => return None,
        };
        let layout = Layout { dimension: number(28) as usize, metric, shard_capacity: number(36) };
        let gallery = bytes[8..24].try_into().expect("sixteen bytes");
        let head = Self { gallery, shard: number(24), layout };
        (bytes[..8] == MAGIC && layout.makes_sense()).then_some(head)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_written_is_read_and_nothing_else() {
        let layout = Layout { dimension: 1152, metric: Metric::Cosine, shard_capacity: 7 };
        let head = Head { gallery: [9; 16], shard: 3, layout };
        assert_eq!(Head::parse(&head.bytes()), Some(head));
        for (at, value) in [(0, 0), (7, 2), (33, 1), (28, 0), (39, 0xff)] {
            let mut bytes = head.bytes();
            bytes[at] = value;
            if at == 28 {
                bytes[29] = 0;
            }
            assert_eq!(Head::parse(&bytes), None, "byte {at}");
        }
    }
}
