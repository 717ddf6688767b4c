//! The log of deliveries, and sending once more.

use domain::id::EndpointId;
use store::{Delivery, DeliveryState};

use crate::endpoints::EndpointError;
use crate::installation::Installation;

/// Which events are sent once more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Replayed {
    /// The event of this number.
    One(i64),
    /// Every event behind this number.
    After(i64),
}

impl Installation {
    /// Up to `most` deliveries to `endpoint` before event number `before`, the newest first; of
    /// one `state` where one is named.
    ///
    /// # Errors
    /// See [`EndpointError`].
    pub async fn deliveries(
        &self,
        endpoint: EndpointId,
        state: Option<DeliveryState>,
        (before, most): (i64, u32),
    ) -> Result<Vec<Delivery>, EndpointError> {
        let mut tx = self.parts.store.read().await?;
        if tx.endpoint(endpoint).await?.is_none() {
            return Err(EndpointError::NoSuchEndpoint);
        }
        Ok(tx.deliveries(endpoint, state, (before, most)).await?)
    }

    /// Sends events once more, and those that the endpoint never got, as far as it wants them.
    /// What is under way stays. How many.
    ///
    /// # Errors
    /// See [`EndpointError`].
    pub async fn deliver_again(
        &self,
        endpoint: EndpointId,
        replayed: Replayed,
    ) -> Result<u64, EndpointError> {
        let numbers = match replayed {
            Replayed::One(number) => (number, number),
            Replayed::After(number) => (number.saturating_add(1), i64::MAX),
        };
        let mut tx = self.parts.store.begin().await?;
        if tx.endpoint(endpoint).await?.is_none() {
            return Err(EndpointError::NoSuchEndpoint);
        }
        let count = tx.replay(endpoint, numbers, self.now()).await?;
        tx.commit().await?;
        Ok(count)
    }
}
