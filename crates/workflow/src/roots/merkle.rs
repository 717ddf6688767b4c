//! The Merkle tree over heads, hashed as RFC 6962, section 2.1, has it: leaves and nodes are
//! told apart by the byte before them, so that no node passes for a leaf.

use sha2::{Digest, Sha256};
use store::SignedHead;

const LEAF: u8 = 0;
const NODE: u8 = 1;

/// The root over `heads` in their order; `None` over none.
pub fn root(heads: &[SignedHead]) -> Option<[u8; 32]> {
    match heads {
        [] => None,
        [head] => Some(leaf(head)),
        _ => {
            // The greatest power of two that is smaller than their number.
            let left = heads.len().next_power_of_two() / 2;
            let (left, right) = heads.split_at(left);
            let mut hash = Sha256::new_with_prefix([NODE]);
            hash.update(root(left)?);
            hash.update(root(right)?);
            Some(hash.finalize().into())
        }
    }
}

fn leaf(head: &SignedHead) -> [u8; 32] {
    let mut hash = Sha256::new_with_prefix([LEAF]);
    // Ids are of one length, so that no two heads are the same text.
    hash.update(head.case.to_string());
    hash.update(head.length.to_be_bytes());
    hash.update(head.hash);
    hash.finalize().into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::id::CaseId;
    use jiff::Timestamp;

    fn node(left: [u8; 32], right: [u8; 32]) -> [u8; 32] {
        Sha256::digest([&[1][..], &left, &right].concat()).into()
    }

    #[test]
    fn a_tree_of_any_size_is_split_at_the_greatest_power_of_two() {
        let head = |number| SignedHead {
            case: CaseId::new(Timestamp::UNIX_EPOCH, [number; 10]),
            length: 7,
            hash: [number; 32],
        };
        let heads: Vec<_> = (0..5).map(head).collect();
        let l: Vec<_> = heads.iter().map(leaf).collect();
        assert_eq!(root(&heads[..0]), None);
        assert_eq!(root(&heads[..1]), Some(l[0]));
        assert_eq!(root(&heads[..3]), Some(node(node(l[0], l[1]), l[2])));
        let four = node(node(l[0], l[1]), node(l[2], l[3]));
        assert_eq!(root(&heads), Some(node(four, l[4])));
        let longer = SignedHead { length: 8, ..heads[0] };
        assert_ne!(leaf(&longer), l[0]);
    }
}
