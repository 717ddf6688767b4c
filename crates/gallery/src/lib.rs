//! One to many: who of a gallery of faces comes closest to this one.
//!
//! A gallery is a folder of shards. Each is a file of sealed records, one a
//! person, and in memory a short image of each vector: its place in the
//! directions in which the gallery's own vectors differ most, in whole numbers
//! of eight bits. A search goes through all short images, takes the best few
//! hundred and measures these exactly, on the vectors read from the file.
//!
//! Vectors are personal data. At rest they are sealed under the caller's key;
//! open they are in memory only, for as long as a distance takes.
//!
//! ```
//! use bonafide_gallery::{Gallery, Key, Layout, Metric, Person, Search};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let folder = tempfile::tempdir()?;
//! let layout = Layout { dimension: 3, metric: Metric::Euclidean, shard_capacity: 1_000_000 };
//! let mut gallery = Gallery::create(folder.path(), &Key::new([7; 32]), layout)?;
//! gallery.enroll(&Person::new(1), &[0.0, 0.6, 0.8])?;
//! gallery.enroll(&Person::new(2), &[1.0, 0.0, 0.0])?;
//! let answer = gallery.search(&[0.9, 0.1, 0.0], &Search::default())?;
//! assert_eq!(answer.hits[0].person.id, 2);
//!
//! // One false hit in a thousand searches: how often may a comparison err?
//! let rate = bonafide_gallery::comparison_rate(1e-3, answer.considered);
//! # assert!(rate < 1e-3);
//! # Ok(())
//! # }
//! ```

mod coarse;
mod errors;
mod file;
mod head;
mod nearest;
mod person;
mod projection;
mod record;
mod search;
mod shard;
mod shards;
mod threshold;
mod vector;

pub use errors::{CreateError, EnrollError, FileError, OpenError, SearchError};
pub use head::Layout;
pub use person::{Filter, Person, Sex};
pub use record::Damaged;
pub use sealing::Key;
pub use search::{Answer, Hit, Search};
pub use shards::{Gallery, Opened};
pub use threshold::comparison_rate;
pub use vector::{Metric, VectorError};
