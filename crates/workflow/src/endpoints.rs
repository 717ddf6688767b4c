//! Web hooks: the endpoints that the operator's system is told at.

use std::time::Duration;

use domain::id::EndpointId;
use outgoing::{Secret, SendError};
use serde_json::json;
use store::{Endpoint, StoreError, Tx};
use thiserror::Error;

use crate::errors::Breakage;
use crate::installation::Installation;
use crate::kinds::KINDS;

/// Endpoints of one installation. Each may have [`crate::deliver`]'s share of attempts under
/// way, so that none takes another's.
const MOST_ENDPOINTS: u32 = 16;
/// Characters of an address.
const LONGEST_URL: usize = 2000;
/// Characters of a description.
const LONGEST_DESCRIPTION: usize = 200;
/// The longest that two secrets may both sign.
pub const LONGEST_OVERLAP: Duration = Duration::from_hours(7 * 24);

/// An endpoint to be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EndpointRequest {
    /// Where it is.
    pub url: String,
    /// What its owner says of it.
    pub description: String,
    /// The kinds of events that it wants; none means all.
    pub kinds: Vec<String>,
}

/// An endpoint with its secret: the only time that it is shown.
#[derive(Debug, Clone)]
pub struct NewEndpoint {
    /// What is kept of it.
    pub endpoint: Endpoint,
    /// What signs from now on.
    pub secret: Secret,
}

/// Why an endpoint was not made or changed.
#[derive(Debug, Error)]
pub enum EndpointError {
    /// There is no such endpoint.
    #[error("there is no such web hook")]
    NoSuchEndpoint,
    /// Nothing would ever be posted to its address.
    #[error("{sentence}")]
    Refused {
        /// The stable code.
        code: &'static str,
        /// What is wrong, and what to do.
        sentence: String,
    },
    /// The address is too long.
    #[error("the address of a web hook has at most {LONGEST_URL} characters: use a shorter one")]
    LongUrl,
    /// The description is too long.
    #[error(
        "the description of a web hook has at most {LONGEST_DESCRIPTION} characters and no \
         control characters"
    )]
    BadDescription,
    /// A kind of events that there is not.
    #[error("there are no events of this kind; there are {}", KINDS.join(", "))]
    UnknownKind,
    /// There are enough.
    #[error("there are {MOST_ENDPOINTS} web hooks already: delete one that is not used")]
    TooMany,
    /// Two secrets would both sign for too long.
    #[error("an old secret signs for at most 168 hours beside the new one")]
    LongOverlap,
    /// Our own side.
    #[error(transparent)]
    Broken(#[from] Breakage),
}

impl From<StoreError> for EndpointError {
    fn from(error: StoreError) -> Self {
        Self::Broken(error.into())
    }
}

impl Installation {
    /// Makes an endpoint, which the event says that `by` did: it gets every event from that one on.
    ///
    /// # Errors
    /// See [`EndpointError`]. A name that cannot be resolved now is taken: it may be soon.
    pub async fn make_endpoint(
        &self,
        request: EndpointRequest,
        by: &str,
    ) -> Result<NewEndpoint, EndpointError> {
        let kinds = self.wanted(&request).await?;
        let now = self.now();
        let endpoint = Endpoint {
            id: EndpointId::new(now, self.dice()),
            url: request.url,
            description: request.description,
            kinds,
            created_at: now,
            disabled_at: None,
            failing_since: None,
            former_until: None,
        };
        let (secret, sealed) = self.new_secret(endpoint.id);
        let mut tx = self.parts.store.begin().await?;
        if tx.count_endpoints().await? >= MOST_ENDPOINTS {
            return Err(EndpointError::TooMany);
        }
        tx.add_endpoint(&endpoint, &sealed).await?;
        self.tell_of(&mut tx, "webhook.made", endpoint.id, by);
        tx.commit().await?;
        Ok(NewEndpoint { endpoint, secret })
    }

    /// The kinds that are asked for, each once, where all is right with the request.
    async fn wanted(&self, request: &EndpointRequest) -> Result<Vec<String>, EndpointError> {
        if request.url.chars().count() > LONGEST_URL {
            return Err(EndpointError::LongUrl);
        }
        let description = &request.description;
        let long = description.chars().count() > LONGEST_DESCRIPTION;
        if long || description.chars().any(char::is_control) {
            return Err(EndpointError::BadDescription);
        }
        let mut kinds = request.kinds.clone();
        kinds.sort();
        kinds.dedup();
        if kinds.iter().any(|kind| !KINDS.contains(&kind.as_str())) {
            return Err(EndpointError::UnknownKind);
        }
        match self.parts.outgoing.look_up(&request.url).await {
            Err(error @ (SendError::Target(_) | SendError::Refused { .. })) => {
                let (code, sentence) = (error.code(), error.to_string());
                Err(EndpointError::Refused { code, sentence })
            }
            _ => Ok(kinds),
        }
    }

    /// A new secret, and what is kept of it.
    fn new_secret(&self, id: EndpointId) -> (Secret, Vec<u8>) {
        let secret = Secret::from_bytes(&self.parts.world.bytes::<32>());
        let secret = secret.expect("32 bytes are a secret");
        let sealed = self.parts.vault.seal(&context(id), secret.reveal().as_bytes());
        (secret, sealed)
    }

    /// A secret that was kept, opened.
    pub(crate) fn opened(&self, id: EndpointId, sealed: &[u8]) -> Result<Secret, Breakage> {
        let text = self.parts.vault.open(&context(id), sealed)?;
        let secret = std::str::from_utf8(&text).ok().and_then(|text| Secret::parse(text).ok());
        secret.ok_or(Breakage::Unreadable { what: "the secret of a web hook" })
    }

    /// Every endpoint, the newest first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn endpoints(&self) -> Result<Vec<Endpoint>, Breakage> {
        Ok(self.parts.store.read().await?.endpoints().await?)
    }

    /// One endpoint.
    ///
    /// # Errors
    /// See [`EndpointError`].
    pub async fn endpoint(&self, id: EndpointId) -> Result<Endpoint, EndpointError> {
        let found = self.parts.store.read().await?.endpoint(id).await?;
        found.ok_or(EndpointError::NoSuchEndpoint)
    }

    /// Puts a new secret in place of the one that signs now, which signs beside it for
    /// `overlap` longer; the event says that `by` did. One that was on its way out before ends at once.
    ///
    /// # Errors
    /// See [`EndpointError`].
    pub async fn rotate_secret(
        &self,
        id: EndpointId,
        overlap: Duration,
        by: &str,
    ) -> Result<NewEndpoint, EndpointError> {
        if overlap > LONGEST_OVERLAP {
            return Err(EndpointError::LongOverlap);
        }
        let (secret, sealed) = self.new_secret(id);
        let mut tx = self.parts.store.begin().await?;
        tx.rotate_secret(id, &sealed, self.now() + overlap).await?;
        let endpoint = tx.endpoint(id).await?.ok_or(EndpointError::NoSuchEndpoint)?;
        self.tell_of(&mut tx, "webhook.rotated", id, by);
        tx.commit().await?;
        Ok(NewEndpoint { endpoint, secret })
    }

    /// Sends nothing more to an endpoint, or goes on; the event says that `by` wants it so. What waits, waits; events that happen
    /// meanwhile are not delivered unless they are replayed.
    ///
    /// # Errors
    /// See [`EndpointError`].
    pub async fn disable_endpoint(
        &self,
        id: EndpointId,
        disable: bool,
        by: &str,
    ) -> Result<Endpoint, EndpointError> {
        let mut tx = self.parts.store.begin().await?;
        tx.disable_endpoint(id, disable.then(|| self.now())).await?;
        let endpoint = tx.endpoint(id).await?.ok_or(EndpointError::NoSuchEndpoint)?;
        let kind = if disable { "webhook.disabled" } else { "webhook.enabled" };
        self.tell_of(&mut tx, kind, id, by);
        tx.commit().await?;
        Ok(endpoint)
    }

    /// Deletes an endpoint, its secret and its deliveries, which the event says that `by` did.
    ///
    /// # Errors
    /// See [`EndpointError`].
    pub async fn delete_endpoint(&self, id: EndpointId, by: &str) -> Result<(), EndpointError> {
        let mut tx = self.parts.store.begin().await?;
        if !tx.delete_endpoint(id).await? {
            return Err(EndpointError::NoSuchEndpoint);
        }
        self.tell_of(&mut tx, "webhook.deleted", id, by);
        Ok(tx.commit().await?)
    }

    fn tell_of(&self, tx: &mut Tx, kind: &str, id: EndpointId, by: &str) {
        self.tell_of_installation(tx, kind, &json!({ "webhook": id, "by": by }));
    }
}

/// What the secrets of an endpoint are bound to.
pub(crate) fn context(id: EndpointId) -> String {
    format!("secret of {id}")
}
