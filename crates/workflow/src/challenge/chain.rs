//! The running digest that a page makes of a capture while it records it.

use sha2::{Digest, Sha256};

use crate::challenge::Issued;
use crate::engine::{EngineError, archive};
use crate::hex;
use crate::installation::Installation;

impl Installation {
    /// Holds a capture against the running digest that was announced of it, and gives it back.
    pub(crate) async fn held_against_chain(
        &self,
        bytes: Vec<u8>,
        answered: Option<Issued>,
    ) -> Result<(Vec<u8>, Option<Issued>), EngineError> {
        let Some(answered) = answered else { return Ok((bytes, None)) };
        let held = self.on_a_core(move |_| {
            let frames_changed = answered.announces_other_frames(&bytes);
            Ok((bytes, Some(Issued { frames_changed, ..answered })))
        });
        held.await
    }
}

impl Issued {
    /// Whether the page made its running digest of other frames than these, in another order or at
    /// other times, after another challenge, or on a page of another origin than the one that
    /// asked. Where nothing was announced, or nobody knows who asked, it is not told.
    fn announces_other_frames(&self, capture: &[u8]) -> bool {
        let announced = self.announced.as_ref().and_then(|one| one.chain.as_ref());
        let (Some(announced), Some(origin)) = (announced, &self.origin) else { return false };
        chain(&self.nonce, origin, capture).as_ref() != Some(announced)
    }
}

/// SHA-256 of the nonce and the origin; then of each frame, that of what was before, the frame's
/// own and its milliseconds in decimal digits. `None` for what is no capture.
fn chain(nonce: &str, origin: &str, capture: &[u8]) -> Option<String> {
    let begin: [u8; 32] = hex::bytes(nonce)?;
    let mut last = Sha256::new().chain_update(begin).chain_update(origin).finalize();
    for frame in archive::packed(capture).ok()? {
        let (at, frame) = frame.ok()?;
        let link = Sha256::new().chain_update(last).chain_update(Sha256::digest(&frame));
        last = link.chain_update(at.to_string()).finalize();
    }
    Some(hex::digits(&last))
}
