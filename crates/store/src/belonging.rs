//! Which kind of installation a database belongs to.

use sqlx::{query, query_as};

use crate::database::Tx;
use crate::errors::StoreError;

impl Tx {
    /// The kind of installation that this database belongs to: `kind` from now on, where it
    /// belonged to none.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn belong_to(&mut self, kind: &str) -> Result<String, StoreError> {
        query("INSERT INTO installation (one, kind) VALUES (1, $1) ON CONFLICT DO NOTHING")
            .bind(kind)
            .execute(&mut *self.inner)
            .await
            .map_err(StoreError::failed("writing the kind of the installation"))?;
        let row: (String,) = query_as("SELECT kind FROM installation")
            .fetch_one(&mut *self.inner)
            .await
            .map_err(StoreError::failed("reading the kind of the installation"))?;
        Ok(row.0)
    }
}
