//! Endpoints: where events are posted to.

use domain::id::EndpointId;
use jiff::Timestamp;
use sqlx::{query, query_as, query_scalar};

use crate::database::Tx;
use crate::errors::StoreError;
use crate::row::At;

/// An endpoint, without its secrets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Endpoint {
    /// Its id.
    pub id: EndpointId,
    /// Where it is. The path may be a secret of the receiver's: it stands in no log.
    pub url: String,
    /// What its owner says of it.
    pub description: String,
    /// The kinds of events that it wants; none means all.
    pub kinds: Vec<String>,
    /// When it was made.
    pub created_at: Timestamp,
    /// Since when nothing is sent to it, where that is so.
    pub disabled_at: Option<Timestamp>,
    /// Since when every attempt has failed, where the last one did.
    pub failing_since: Option<Timestamp>,
    /// Until when an earlier secret signs too, where one does.
    pub former_until: Option<Timestamp>,
}

/// The secrets that sign for an endpoint, sealed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SealedSecrets {
    /// The secret.
    pub secret: Vec<u8>,
    /// The one before, with its end, while both sign.
    pub former: Option<(Vec<u8>, Timestamp)>,
}

type Row = (String, String, String, i64, Option<i64>, Option<i64>, Option<i64>);
type Secrets = (Vec<u8>, Option<Vec<u8>>, Option<i64>);

impl Tx {
    /// Adds an endpoint with its sealed secret: it gets every event whose transaction commits
    /// later.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn add_endpoint(
        &mut self,
        endpoint: &Endpoint,
        secret: &[u8],
    ) -> Result<(), StoreError> {
        self.hold_events(0).await?;
        query(
            "INSERT INTO endpoints (id, url, description, secret, created_at) \
             VALUES ($1, $2, $3, $4, $5)",
        )
        .bind(endpoint.id.to_string())
        .bind(&endpoint.url)
        .bind(&endpoint.description)
        .bind(secret)
        .bind(endpoint.created_at.as_millisecond())
        .execute(&mut *self.inner)
        .await
        .map_err(StoreError::adding("a web hook of this id"))?;
        for kind in &endpoint.kinds {
            query("INSERT INTO endpoint_kinds (endpoint_id, kind) VALUES ($1, $2)")
                .bind(endpoint.id.to_string())
                .bind(kind)
                .execute(&mut *self.inner)
                .await
                .map_err(StoreError::adding("a kind of events of this web hook"))?;
        }
        Ok(())
    }

    /// Every endpoint, the newest first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn endpoints(&mut self) -> Result<Vec<Endpoint>, StoreError> {
        let rows: Vec<Row> = query_as(
            "SELECT id, url, description, created_at, disabled_at, failing_since, former_until \
             FROM endpoints ORDER BY id DESC",
        )
        .fetch_all(&mut *self.inner)
        .await
        .map_err(StoreError::failed("listing web hooks"))?;
        let mut endpoints = rows.into_iter().map(endpoint).collect::<Result<Vec<_>, _>>()?;
        for endpoint in &mut endpoints {
            endpoint.kinds = self.kinds(endpoint.id).await?;
        }
        Ok(endpoints)
    }

    /// The endpoint of this id.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn endpoint(&mut self, id: EndpointId) -> Result<Option<Endpoint>, StoreError> {
        Ok(self.endpoints().await?.into_iter().find(|endpoint| endpoint.id == id))
    }

    /// How many there are; no other transaction adds one until the end of this.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn count_endpoints(&mut self) -> Result<u32, StoreError> {
        self.hold_events(0).await?;
        let count: i64 = query_scalar("SELECT COUNT(*) FROM endpoints")
            .fetch_one(&mut *self.inner)
            .await
            .map_err(StoreError::failed("counting web hooks"))?;
        At("endpoints", "id").count(count)
    }

    async fn kinds(&mut self, id: EndpointId) -> Result<Vec<String>, StoreError> {
        query_scalar("SELECT kind FROM endpoint_kinds WHERE endpoint_id = $1 ORDER BY kind")
            .bind(id.to_string())
            .fetch_all(&mut *self.inner)
            .await
            .map_err(StoreError::failed("listing the kinds of a web hook"))
    }

    /// What signs for an endpoint.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn secrets(&mut self, id: EndpointId) -> Result<Option<SealedSecrets>, StoreError> {
        let row: Option<Secrets> =
            query_as("SELECT secret, former_secret, former_until FROM endpoints WHERE id = $1")
                .bind(id.to_string())
                .fetch_optional(&mut *self.inner)
                .await
                .map_err(StoreError::failed("reading the secret of a web hook"))?;
        let Some((secret, former, until)) = row else { return Ok(None) };
        let until = until.map(|ms| At("endpoints", "former_until").time(ms)).transpose()?;
        Ok(Some(SealedSecrets { secret, former: former.zip(until) }))
    }

    /// Puts a new secret in place of the one that signs now, which goes on signing beside it
    /// until `former_until`. `false` when there is no such endpoint.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn rotate_secret(
        &mut self,
        id: EndpointId,
        secret: &[u8],
        former_until: Timestamp,
    ) -> Result<bool, StoreError> {
        let rotated = query(
            "UPDATE endpoints SET former_secret = secret, former_until = $3, secret = $2 \
             WHERE id = $1",
        )
        .bind(id.to_string())
        .bind(secret)
        .bind(former_until.as_millisecond())
        .execute(&mut *self.inner)
        .await
        .map_err(StoreError::failed("rotating the secret of a web hook"))?;
        Ok(rotated.rows_affected() == 1)
    }

    /// Puts the same secrets, sealed anew, in place of those that were read. `false` when others
    /// came between.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn replace_secrets(
        &mut self,
        id: EndpointId,
        was: &SealedSecrets,
        now: &SealedSecrets,
    ) -> Result<bool, StoreError> {
        let former = |secrets: &SealedSecrets| {
            secrets.former.as_ref().map(|(sealed, _)| sealed.clone()).unwrap_or_default()
        };
        let replaced = query(
            "UPDATE endpoints SET secret = $2, \
             former_secret = CASE WHEN former_secret IS NULL THEN NULL ELSE $3 END \
             WHERE id = $1 AND secret = $4 AND (former_secret IS NULL OR former_secret = $5)",
        )
        .bind(id.to_string())
        .bind(&now.secret)
        .bind(former(now))
        .bind(&was.secret)
        .bind(former(was))
        .execute(&mut *self.inner)
        .await
        .map_err(StoreError::failed("sealing the secret of a web hook anew"))?;
        Ok(replaced.rows_affected() == 1)
    }

    /// Disables an endpoint since `disabled_at`, or enables it again: it gets the events whose
    /// transaction commits later. What it missed can be replayed. `false` when there is none.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn disable_endpoint(
        &mut self,
        id: EndpointId,
        disabled_at: Option<Timestamp>,
    ) -> Result<bool, StoreError> {
        self.hold_events(0).await?;
        let set = query(
            "UPDATE endpoints SET disabled_at = $2, failing_since = NULL, told_at = NULL \
             WHERE id = $1",
        );
        let set = set.bind(id.to_string()).bind(disabled_at.map(Timestamp::as_millisecond));
        let set = set.execute(&mut *self.inner).await;
        Ok(set.map_err(StoreError::failed("disabling a web hook"))?.rows_affected() == 1)
    }

    /// Deletes an endpoint with its deliveries. `false` when there is none.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn delete_endpoint(&mut self, id: EndpointId) -> Result<bool, StoreError> {
        // Nobody is between adding a delivery to it and committing.
        self.hold_events(0).await?;
        let gone = query("DELETE FROM endpoints WHERE id = $1").bind(id.to_string());
        let gone = gone.execute(&mut *self.inner).await;
        Ok(gone.map_err(StoreError::failed("deleting a web hook"))?.rows_affected() == 1)
    }

    /// The endpoints that have been failing since `since` or longer and were not told of yet;
    /// from now on they were, until they work again.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn newly_failing(
        &mut self,
        since: Timestamp,
        now: Timestamp,
    ) -> Result<Vec<(EndpointId, Timestamp)>, StoreError> {
        self.hold_events(0).await?;
        let rows: Vec<(String, i64)> = query_as(
            "UPDATE endpoints SET told_at = $2 WHERE failing_since <= $1 AND told_at IS NULL \
             AND disabled_at IS NULL RETURNING id, failing_since",
        )
        .bind(since.as_millisecond())
        .bind(now.as_millisecond())
        .fetch_all(&mut *self.inner)
        .await
        .map_err(StoreError::failed("looking for failing web hooks"))?;
        let at = |column| At("endpoints", column);
        let row = |(id, since): (String, i64)| {
            Ok((at("id").parse(&id)?, at("failing_since").time(since)?))
        };
        rows.into_iter().map(row).collect()
    }
}

fn endpoint(
    (id, url, description, created_at, disabled_at, failing_since, former_until): Row,
) -> Result<Endpoint, StoreError> {
    let at = |column| At("endpoints", column);
    let time = |column, ms: Option<i64>| ms.map(|ms| at(column).time(ms)).transpose();
    Ok(Endpoint {
        id: at("id").parse(&id)?,
        url,
        description,
        kinds: Vec::new(),
        created_at: at("created_at").time(created_at)?,
        disabled_at: time("disabled_at", disabled_at)?,
        failing_since: time("failing_since", failing_since)?,
        former_until: time("former_until", former_until)?,
    })
}
