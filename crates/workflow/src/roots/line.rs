//! A root as it is signed, and as a line of a file with the heads that it is over.

use domain::id::CaseId;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use store::{AuditRoot, SignedHead};

use crate::hex;

/// What is signed of a root. Each part has a line of its own.
pub fn statement(root: &AuditRoot) -> String {
    format!(
        "bonafide audit root\n{}\n{}\n{}\n{}\n{}\n",
        root.number,
        root.at,
        hex::digits(&root.before),
        root.heads,
        hex::digits(&root.merkle),
    )
}

/// What the next root says it follows from.
pub fn hash(root: &AuditRoot) -> [u8; 32] {
    Sha256::digest(statement(root)).into()
}

/// One line of a file of roots, as JSON.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Line {
    number: i64,
    at: Timestamp,
    before: String,
    root: String,
    key: String,
    signature: String,
    heads: Vec<(CaseId, u64, String)>,
}

impl Line {
    pub fn new(root: &AuditRoot, heads: &[SignedHead]) -> Self {
        let head = |head: &SignedHead| (head.case, head.length, hex::digits(&head.hash));
        Self {
            number: root.number,
            at: root.at,
            before: hex::digits(&root.before),
            root: hex::digits(&root.merkle),
            key: hex::digits(&root.public_key),
            signature: hex::digits(&root.signature),
            heads: heads.iter().map(head).collect(),
        }
    }

    pub fn number(&self) -> i64 {
        self.number
    }

    /// Whether it tells of this root.
    pub fn is(&self, root: &AuditRoot) -> bool {
        self.signature == hex::digits(&root.signature)
    }

    /// The root and its heads; `None` when a part of it cannot be.
    pub fn read(&self) -> Option<(AuditRoot, Vec<SignedHead>)> {
        let head = |(case, length, hash): &(CaseId, u64, String)| {
            Some(SignedHead { case: *case, length: *length, hash: hex::bytes(hash)? })
        };
        let heads = self.heads.iter().map(head).collect::<Option<Vec<_>>>()?;
        let root = AuditRoot {
            number: self.number,
            at: self.at,
            before: hex::bytes(&self.before)?,
            heads: heads.len() as u64,
            merkle: hex::bytes(&self.root)?,
            public_key: hex::bytes(&self.key)?,
            signature: hex::bytes::<64>(&self.signature)?.to_vec(),
        };
        Some((root, heads))
    }
}
