//! A throwaway PostgreSQL for tests: a real cluster from the distribution's packages in a
//! temporary folder, reached through a socket in it, and gone when dropped.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};

use tempfile::TempDir;

/// A running cluster.
pub struct Cluster {
    folder: TempDir,
    programs: PathBuf,
    databases: AtomicU32,
}

impl Cluster {
    /// Makes and starts a cluster.
    ///
    /// # Panics
    /// When PostgreSQL is not installed (`apt-get install postgresql`) or does not start: a
    /// test cannot go on without it.
    pub fn start() -> Self {
        let programs = programs();
        let folder = TempDir::with_prefix("bonafide-postgres-").expect("a temporary folder");
        if is_root() {
            // PostgreSQL does not run as root: the folder becomes its own user's.
            run(Command::new("chown").arg("postgres").arg(folder.path()));
        }
        let cluster = Self { folder, programs, databases: AtomicU32::new(0) };
        let data = cluster.data();
        run(cluster
            .program("initdb")
            .args(["--auth=trust", "--username=bonafide", "--encoding=UTF8", "--no-sync"])
            .arg("--pgdata")
            .arg(&data));
        let socket = cluster.folder.path().display();
        // Nothing here outlives the test, so nothing waits for the disk.
        let options = format!(
            "-c listen_addresses= -c unix_socket_directories={socket} -c fsync=off \
             -c max_connections=200"
        );
        run(cluster
            .program("pg_ctl")
            .args(["start", "-w", "-s", "-l"])
            .arg(cluster.folder.path().join("log"))
            .args(["-o", &options, "-D"])
            .arg(&data));
        cluster
    }

    /// The address of a new, empty database.
    ///
    /// # Panics
    /// When the cluster no longer answers.
    pub fn database(&self) -> String {
        let name = format!("test{}", self.databases.fetch_add(1, Ordering::Relaxed));
        let socket = self.folder.path();
        run(self.program("createdb").args(["-U", "bonafide", "-h"]).arg(socket).arg(&name));
        format!("postgres:///{name}?host={}&user=bonafide", socket.display())
    }

    /// A backup of the database at this address, as `pg_dump` makes it.
    ///
    /// # Panics
    /// When it cannot be made.
    pub fn dump(&self, database: &str) -> PathBuf {
        let number = self.databases.fetch_add(1, Ordering::Relaxed);
        let file = self.folder.path().join(format!("dump{number}"));
        let mut dump = self.program("pg_dump");
        run(dump.args(["--format=custom", "--file"]).arg(&file).arg(database));
        file
    }

    /// The address of a new database that holds what [`Cluster::dump`] wrote.
    ///
    /// # Panics
    /// When it cannot be restored.
    pub fn restore(&self, dump: &Path) -> String {
        let database = self.database();
        let mut restore = self.program("pg_restore");
        run(restore.args(["--exit-on-error", "--dbname"]).arg(&database).arg(dump));
        database
    }

    fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    /// One of the programs of PostgreSQL, run as a user that it accepts.
    fn program(&self, name: &str) -> Command {
        let program = self.programs.join(name);
        if !is_root() {
            return Command::new(program);
        }
        let mut command = Command::new("runuser");
        command.args(["-u", "postgres", "--"]).arg(program);
        command
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        let mut stop = self.program("pg_ctl");
        stop.args(["stop", "-s", "-m", "immediate", "-D"]).arg(self.data());
        // The test is over either way.
        let _ = stop.stdout(Stdio::null()).stderr(Stdio::null()).status();
    }
}

/// Where the newest of the installed versions has its programs.
fn programs() -> PathBuf {
    let versions = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let mut found: Vec<_> = versions
        .map(|version| version.path())
        .filter(|version| version.join("bin/initdb").exists())
        .collect();
    let number = |path: &PathBuf| {
        path.file_name().and_then(OsStr::to_str).and_then(|name| name.parse::<u32>().ok())
    };
    found.sort_by_key(number);
    let newest = found.pop();
    newest.map(|version| version.join("bin")).or_else(on_path).expect(
        "PostgreSQL is not installed: install it, on Debian with `apt-get install postgresql`",
    )
}

fn on_path() -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path).find(|folder| folder.join("initdb").exists())
}

fn is_root() -> bool {
    Path::new("/proc/self").metadata().is_ok_and(|process| {
        use std::os::unix::fs::MetadataExt;
        process.uid() == 0
    })
}

fn run(command: &mut Command) {
    // A folder that the other user can stand in.
    let output = command.current_dir("/").output();
    let output = output.unwrap_or_else(|error| panic!("{command:?} cannot be run: {error}"));
    let error = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{command:?} failed: {error}");
}
