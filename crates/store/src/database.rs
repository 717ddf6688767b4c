//! Opening a database, and its transactions.

use std::sync::Once;
use std::time::Duration;

use sqlx::any::{AnyPoolOptions, install_default_drivers};
use sqlx::{Any, AnyPool, Executor, Transaction};

use crate::errors::StoreError;
use crate::events::Event;
use crate::migrate::migrator;

/// Which database it is, and where its words differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Database {
    /// SQLite: one file, one writer at a time.
    Sqlite,
    /// PostgreSQL.
    Postgres,
}

/// An open database.
#[derive(Debug, Clone)]
pub struct Store {
    database: Database,
    writers: AnyPool,
    readers: AnyPool,
}

/// A transaction: dropped without [`Tx::commit`], nothing of it happened.
pub struct Tx {
    pub(crate) inner: Transaction<'static, Any>,
    database: Database,
    /// Events that were added and are written when it commits.
    pub(crate) told: Vec<Event>,
}

/// How long a connection is waited for before the caller is told that all are busy.
const PATIENCE: Duration = Duration::from_secs(20);
/// Connections that read. SQLite reads beside its one writer.
const READERS: u32 = 8;
/// Connections that write to PostgreSQL, of each process.
const WRITERS: u32 = 16;

/// What a connection to SQLite is set to. WAL lets readers go on beside the writer; FULL makes a
/// commit outlive a loss of power; `secure_delete` leaves nothing of deleted rows in the file.
const SQLITE: &str = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; \
                      PRAGMA foreign_keys = ON; PRAGMA busy_timeout = 20000; \
                      PRAGMA secure_delete = ON; PRAGMA temp_store = MEMORY;";

impl Store {
    /// Opens the database at `url` (`sqlite:///folder/bonafide.db`, `postgres://…`), makes it
    /// where it is a file that is not there, and brings its tables to this version.
    ///
    /// # Errors
    /// When it cannot be opened, or was written by a later version.
    pub async fn open(url: &str) -> Result<Self, StoreError> {
        static DRIVERS: Once = Once::new();
        DRIVERS.call_once(install_default_drivers);
        let store = if url.starts_with("sqlite:") {
            let url = format!("{url}?mode=rwc");
            let (writers, readers) = (pool(1, Some(SQLITE)), pool(READERS, Some(SQLITE)));
            // The writer comes first: it makes the file and sets it to WAL.
            let writers = connect(writers, &url).await?;
            Self { database: Database::Sqlite, writers, readers: connect(readers, &url).await? }
        } else {
            let pool = connect(pool(WRITERS, None), url).await?;
            Self { database: Database::Postgres, writers: pool.clone(), readers: pool }
        };
        migrator(store.database).run(&store.writers).await.map_err(StoreError::Migrate)?;
        Ok(store)
    }

    /// Which database it is.
    pub fn database(&self) -> Database {
        self.database
    }

    /// A transaction that may write.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn begin(&self) -> Result<Tx, StoreError> {
        let inner = match self.database {
            // The one writer's place is taken at once: a transaction that reads first and
            // writes later would be refused where another wrote between.
            Database::Sqlite => self.writers.begin_with("BEGIN IMMEDIATE").await,
            Database::Postgres => self.writers.begin().await,
        };
        let inner = inner.map_err(StoreError::failed("beginning a transaction"))?;
        Ok(Tx { inner, database: self.database, told: Vec::new() })
    }

    /// A transaction that reads only, beside all others.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn read(&self) -> Result<Tx, StoreError> {
        let inner = self.readers.begin().await;
        let inner = inner.map_err(StoreError::failed("beginning to read"))?;
        Ok(Tx { inner, database: self.database, told: Vec::new() })
    }

    /// Copies a database of SQLite as it is at one moment into a new `file`, while others go on.
    ///
    /// # Errors
    /// When the file is there already or cannot be written, and of PostgreSQL, which has
    /// programs of its own for it.
    pub async fn copy_to(&self, file: &str) -> Result<(), StoreError> {
        // SQLite takes the statement for a copy, PostgreSQL for nothing that it knows.
        let copy = sqlx::query("VACUUM INTO $1").bind(file).execute(&self.readers).await;
        copy.map(drop).map_err(StoreError::failed("copying the database"))
    }

    /// Closes every connection, once what is under way is done.
    pub async fn close(&self) {
        self.readers.close().await;
        self.writers.close().await;
    }
}

impl Tx {
    /// Makes all of it happen.
    ///
    /// # Errors
    /// When the database refuses; then none of it happened.
    pub async fn commit(mut self) -> Result<(), StoreError> {
        self.write_events().await?;
        self.inner.commit().await.map_err(StoreError::failed("committing"))
    }

    /// What follows a SELECT whose row must not change until the end of the transaction. In
    /// SQLite nobody else writes meanwhile. PostgreSQL is to lock it by FOR NO KEY UPDATE: under FOR
    /// UPDATE whoever writes a row that refers to it would wait for it too, a case for its account,
    /// against the order in which they are locked.
    pub(crate) fn locking(&self, select: &'static str, postgres: &'static str) -> &'static str {
        match self.database {
            Database::Sqlite => select,
            Database::Postgres => postgres,
        }
    }
}

fn pool(connections: u32, set: Option<&'static str>) -> AnyPoolOptions {
    AnyPoolOptions::new().max_connections(connections).acquire_timeout(PATIENCE).after_connect(
        move |connection, _| {
            Box::pin(async move {
                if let Some(set) = set {
                    connection.execute(sqlx::raw_sql(set)).await?;
                }
                Ok(())
            })
        },
    )
}

async fn connect(pool: AnyPoolOptions, url: &str) -> Result<AnyPool, StoreError> {
    pool.connect(url).await.map_err(|source| StoreError::Open {
        hint: "is the address in `database.url` right, and may this program write there?".into(),
        source,
    })
}
