//! The headers of Standard Webhooks, written and verified.

use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, Mac};
use http::{HeaderMap, HeaderName, HeaderValue};
use sha2::Sha256;
use thiserror::Error;

use crate::secret::Secret;

/// Names the event; the same for each attempt, so that a receiver tells a
/// repetition.
pub const ID: HeaderName = HeaderName::from_static("webhook-id");
/// When this attempt was made, in seconds since 1970.
pub const TIMESTAMP: HeaderName = HeaderName::from_static("webhook-timestamp");
/// One signature for each secret, with spaces between.
pub const SIGNATURE: HeaderName = HeaderName::from_static("webhook-signature");

/// HMAC-SHA256 over id, time and body.
const VERSION: &str = "v1,";

/// Why nothing is signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum SignError {
    /// With a full stop in the id, the parts of what is signed could be told
    /// apart in more than one way.
    #[error("a web hook's id is printable ASCII without spaces and full stops; choose another")]
    Id,
    /// An unsigned web hook could be anyone's.
    #[error("a web hook is signed with at least one secret; make one for its receiver")]
    NoSecret,
}

/// Why a web hook is not believed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum VerifyError {
    /// A header that is absent, repeated or malformed.
    #[error("the header {0} is absent, repeated or malformed; forward all headers unchanged")]
    Header(&'static str),
    /// An old request sent again, or clocks that differ.
    #[error("the web hook was sent at another time; compare this machine's clock")]
    Time,
    /// Made with another secret, or changed on the way.
    #[error("no signature fits; compare the secret, and verify the body before parsing it")]
    Signature,
}

/// The three headers for `body`, sent as event `id` at `timestamp` (seconds
/// since 1970). While a secret is being replaced, both are given.
///
/// # Errors
/// When the id could be misread, or there is no secret.
pub fn sign(
    secrets: &[Secret],
    id: &str,
    timestamp: u64,
    body: &[u8],
) -> Result<HeaderMap, SignError> {
    if secrets.is_empty() {
        return Err(SignError::NoSecret);
    }
    if !is_id(id) {
        return Err(SignError::Id);
    }
    let timestamp = timestamp.to_string();
    let signatures: Vec<_> = secrets
        .iter()
        .map(|secret| code(secret, id, &timestamp, body).finalize().into_bytes())
        .map(|bytes| format!("{VERSION}{}", STANDARD.encode(bytes)))
        .collect();
    let value = |text: &str| HeaderValue::from_str(text).expect("checked or made of ASCII above");
    Ok(HeaderMap::from_iter([
        (ID, value(id)),
        (TIMESTAMP, value(&timestamp)),
        (SIGNATURE, value(&signatures.join(" "))),
    ]))
}

/// Verifies for a receiver that `body` came with `headers` from whoever knows
/// one of the `secrets`, at most `tolerance` before or after `now` (seconds
/// since 1970; five minutes are usual).
///
/// Signatures of other versions are passed over. Signatures are compared in
/// constant time.
///
/// # Errors
/// Why the web hook is not to be believed.
pub fn verify(
    secrets: &[Secret],
    headers: &HeaderMap,
    body: &[u8],
    now: u64,
    tolerance: Duration,
) -> Result<(), VerifyError> {
    let id = only(headers, &ID).filter(|id| is_id(id));
    let id = id.ok_or(VerifyError::Header("webhook-id"))?;
    let timestamp = only(headers, &TIMESTAMP).filter(|text| is_number(text));
    let timestamp = timestamp.ok_or(VerifyError::Header("webhook-timestamp"))?;
    let sent: u64 = timestamp.parse().map_err(|_| VerifyError::Header("webhook-timestamp"))?;
    let given = only(headers, &SIGNATURE).ok_or(VerifyError::Header("webhook-signature"))?;
    if Duration::from_secs(sent.abs_diff(now)) > tolerance {
        return Err(VerifyError::Time);
    }
    let given: Vec<_> = given
        .split(' ')
        .filter_map(|signature| STANDARD.decode(signature.strip_prefix(VERSION)?).ok())
        .collect();
    for secret in secrets {
        let code = code(secret, id, timestamp, body);
        if given.iter().any(|signature| code.clone().verify_slice(signature).is_ok()) {
            return Ok(());
        }
    }
    Err(VerifyError::Signature)
}

fn code(secret: &Secret, id: &str, timestamp: &str, body: &[u8]) -> Hmac<Sha256> {
    let mut code = secret.mac();
    for part in [id.as_bytes(), b".", timestamp.as_bytes(), b".", body] {
        code.update(part);
    }
    code
}

fn is_id(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'.')
}

fn is_number(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}

/// The value of a header that occurs once.
fn only<'h>(headers: &'h HeaderMap, name: &HeaderName) -> Option<&'h str> {
    let mut values = headers.get_all(name).iter();
    let value = values.next()?.to_str().ok()?;
    values.next().is_none().then_some(value)
}

#[cfg(test)]
mod tests;
