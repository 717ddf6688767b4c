//! The tables, version by version: forward only, and an applied one never changes.

use std::borrow::Cow;

use sqlx::AssertSqlSafe;
use sqlx::SqlSafeStr;
use sqlx::migrate::{Migration, MigrationType, Migrator};

use crate::database::Database;

/// Number, name and text of each.
const ALL: [(i64, &str, &str); 1] =
    [(202_611_290_001, "first", include_str!("../migrations/20261129_0001_first.sql"))];

/// The migrations in the words of `database`.
pub(crate) fn migrator(database: Database) -> Migrator {
    let bytes = match database {
        Database::Sqlite => " BLOB",
        Database::Postgres => " BYTEA",
    };
    let migrations = ALL.into_iter().map(|(version, name, text)| {
        let text = AssertSqlSafe(text.replace(" BYTES", bytes)).into_sql_str();
        Migration::new(version, Cow::Borrowed(name), MigrationType::Simple, text, false)
    });
    Migrator::with_migrations(migrations.collect())
}
