//! The tables, version by version: forward only, and an applied one never changes.

use std::borrow::Cow;

use sqlx::AssertSqlSafe;
use sqlx::SqlSafeStr;
use sqlx::migrate::{Migration, MigrationType, Migrator};

use crate::database::Database;

/// Number, name and text of each.
const ALL: [(i64, &str, &str); 2] = [
    (202_611_290_001, "first", include_str!("../migrations/20261129_0001_first.sql")),
    (202_611_300_002, "one_person", include_str!("../migrations/20261130_0002_one_person.sql")),
];

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

#[cfg(test)]
mod tests {
    use std::fmt::Write;

    use super::*;

    /// A database that holds an older text is refused when it is opened: whoever needs other tables
    /// adds a migration.
    #[test]
    fn what_was_published_does_not_change() {
        let published = [
            (
                202_611_290_001,
                "9ad7861141018714ff302d478ec9fecba27d2f1eb0baca2f\
                 62030a1419d84b496edbe088d8bfe235eeac75d1b6e5a352",
            ),
            (
                202_611_300_002,
                "0103afd0fc462b71402a0bff389e46493da949efd634a04c\
                 1a49db2e24e7e3b4843714b47ba1d26336e1ac6c2a26a175",
            ),
        ];
        let made: Vec<(i64, String)> = migrator(Database::Sqlite)
            .iter()
            .map(|one| {
                let digits = one.checksum.iter().fold(String::new(), |mut digits, byte| {
                    write!(digits, "{byte:02x}").expect("a string takes it");
                    digits
                });
                (one.version, digits)
            })
            .collect();
        let made: Vec<_> = made.iter().map(|(version, text)| (*version, text.as_str())).collect();
        assert_eq!(made[..published.len()], published);
    }
}
