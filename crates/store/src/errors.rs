//! What can go wrong with the database.

use thiserror::Error;

/// Why the database did not do what was asked.
#[derive(Debug, Error)]
pub enum StoreError {
    /// The database cannot be opened.
    #[error("the database cannot be opened: {hint}")]
    Open {
        /// What to do.
        hint: String,
        /// Why.
        source: sqlx::Error,
    },
    /// Its tables cannot be brought to this version.
    #[error("the database cannot be brought to this version")]
    Migrate(#[source] sqlx::migrate::MigrateError),
    /// A statement failed.
    #[error("{doing} failed in the database")]
    Failed {
        /// What was being done.
        doing: &'static str,
        /// Why.
        source: sqlx::Error,
    },
    /// There is a row of that name already.
    #[error("{what} is there already")]
    Exists {
        /// What.
        what: &'static str,
    },
    /// A row holds what this version cannot read.
    #[error("{table}.{column} holds what this version cannot read")]
    Unreadable {
        /// The table.
        table: &'static str,
        /// The column.
        column: &'static str,
    },
}

impl StoreError {
    /// An error of the driver while `doing` something.
    pub(crate) fn failed(doing: &'static str) -> impl FnOnce(sqlx::Error) -> Self {
        move |source| Self::Failed { doing, source }
    }

    /// As [`StoreError::failed`], where another row of the same name is a finding.
    pub(crate) fn adding(what: &'static str) -> impl FnOnce(sqlx::Error) -> Self {
        move |source| match &source {
            sqlx::Error::Database(error) if error.is_unique_violation() => Self::Exists { what },
            _ => Self::Failed { doing: what, source },
        }
    }
}
