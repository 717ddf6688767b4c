//! The gallery: a folder of shards, searched as one.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::thread;

use crate::errors::{CreateError, EnrollError, FileError, OpenError, SearchError};
use crate::head::{Head, Layout};
use crate::nearest::Nearest;
use crate::person::Person;
use crate::record::Damaged;
use crate::search::{Answer, Search};
use crate::shard::Shard;
use sealing::{Key, random_id};

/// How shard files end.
const EXTENSION: &str = "shard";

/// An open gallery. Its files are locked: no other program opens them meanwhile.
pub struct Gallery {
    folder: PathBuf,
    key: Key,
    layout: Layout,
    shards: Vec<Shard>,
}

/// A gallery that was opened, and what was found amiss.
pub struct Opened {
    /// The gallery, without the people of damaged records.
    pub gallery: Gallery,
    /// Records that do not open. They stay as they are until
    /// [`Gallery::remove`] of the person they name.
    pub damaged: Vec<Damaged>,
    /// Shards whose last record was cut off in writing; what there was of it is
    /// gone.
    pub unfinished: Vec<u32>,
}

impl Gallery {
    /// A new, empty gallery in `folder`, which is made where it is missing.
    ///
    /// # Errors
    ///
    /// When there is one already, the layout makes no sense, or a file cannot
    /// be written.
    pub fn create(folder: &Path, key: &Key, layout: Layout) -> Result<Self, CreateError> {
        if !layout.makes_sense() {
            return Err(CreateError::Layout);
        }
        fs::create_dir_all(folder).map_err(FileError::on("creating", folder))?;
        if !shard_files(folder)?.is_empty() {
            return Err(CreateError::Exists(folder.to_owned()));
        }
        let key = key.share();
        let mut gallery = Self { folder: folder.to_owned(), key, layout, shards: Vec::new() };
        gallery.add_shard(random_id())?;
        Ok(gallery)
    }

    /// Opens the gallery in `folder`: reads every record once and makes the
    /// short images: a million people take some 20 seconds (docs/speed.md).
    ///
    /// # Errors
    ///
    /// When there is none, the key is another one, a shard is missing or in use,
    /// or a file cannot be read. Damaged records are no error: see [`Opened`].
    pub fn open(folder: &Path, key: &Key) -> Result<Opened, OpenError> {
        let mut shards: Vec<Shard> = Vec::new();
        let mut unfinished = Vec::new();
        for (place, path) in shard_files(folder)?.into_iter().enumerate() {
            let (shard, cut) = Shard::open(path, key)?;
            let head = shard.head();
            let first = shards.first().map_or(*head, |first| *first.head());
            if *head != (Head { shard: place as u32, ..first }) {
                return Err(OpenError::Misplaced(shard.path().to_owned()));
            }
            unfinished.extend(cut.then_some(place as u32));
            shards.push(shard);
        }
        let Some(first) = shards.first() else {
            return Err(OpenError::NotAGallery(folder.to_owned()));
        };
        let layout = first.head().layout;
        let damaged = shards.iter().flat_map(Shard::damaged).copied().collect();
        let gallery = Self { folder: folder.to_owned(), key: key.share(), layout, shards };
        Ok(Opened { gallery, damaged, unfinished })
    }

    /// What its vectors are.
    pub fn layout(&self) -> Layout {
        self.layout
    }

    /// How many people can be found.
    pub fn people(&self) -> u64 {
        self.shards.iter().map(Shard::people).sum()
    }

    /// Whether this person can be found.
    pub fn contains(&self, id: u64) -> bool {
        self.shards.iter().any(|shard| shard.contains(id))
    }

    /// Adds a person by a vector of the layout's dimension. On return the record
    /// would survive a loss of power.
    ///
    /// The 4,096th person of a shard takes some seconds: the directions of the
    /// short images are learned then.
    ///
    /// # Errors
    ///
    /// When the vector does not fit, the person is there already, or a file
    /// cannot be written.
    pub fn enroll(&mut self, person: &Person, vector: &[f32]) -> Result<(), EnrollError> {
        self.enroll_all([(*person, vector)])
    }

    /// Adds many people, waiting once at the end until all records would survive
    /// a loss of power.
    ///
    /// # Errors
    ///
    /// As [`Gallery::enroll`], at the first person who cannot be added; those
    /// before are in the gallery.
    pub fn enroll_all<V: AsRef<[f32]>>(
        &mut self,
        people: impl IntoIterator<Item = (Person, V)>,
    ) -> Result<(), EnrollError> {
        let mut people = people.into_iter();
        let outcome = people.try_for_each(|(person, vector)| self.write(&person, vector.as_ref()));
        let settled = self.shards.iter_mut().map(Shard::settle).fold(Ok(()), Result::and);
        self.shards.iter().try_for_each(Shard::sync)?;
        settled?;
        outcome
    }

    fn write(&mut self, person: &Person, vector: &[f32]) -> Result<(), EnrollError> {
        let vector = self.layout.metric.prepare(vector, self.layout.dimension)?;
        if self.contains(person.id) {
            return Err(EnrollError::AlreadyEnrolled(person.id));
        }
        // As the record will say it: 0 stands for unknown there.
        let birth_year = person.birth_year.filter(|year| *year != 0);
        let person = Person { birth_year, ..*person };
        let place = match self.shards.iter().position(Shard::has_room) {
            Some(place) => place,
            None => self.add_shard(self.shards[0].head().gallery)?,
        };
        Ok(self.shards[place].write(&person, vector)?)
    }

    /// Removes a person: their record, a damaged one too, is overwritten on disk
    /// and forgotten in memory. `false` when no record names them.
    ///
    /// A drive or file system may keep older copies of a block; those stay
    /// sealed.
    ///
    /// # Errors
    ///
    /// When a file cannot be written; the person may then still be there.
    pub fn remove(&mut self, id: u64) -> Result<bool, FileError> {
        let mut removed = false;
        for shard in &mut self.shards {
            removed |= shard.remove(id)?;
        }
        Ok(removed)
    }

    /// The people nearest to `vector`. Several shards are searched at once, each
    /// on a thread.
    ///
    /// # Errors
    ///
    /// When the vector does not fit or a file cannot be read.
    pub fn search(&self, vector: &[f32], search: &Search) -> Result<Answer, SearchError> {
        let vector = self.layout.metric.prepare(vector, self.layout.dimension)?;
        let answers = match &self.shards[..] {
            [shard] => vec![shard.search(&vector, search)],
            shards => thread::scope(|scope| {
                let vector = &vector;
                let one = |shard| scope.spawn(move || Shard::search(shard, vector, search));
                let threads: Vec<_> = shards.iter().map(one).collect();
                threads.into_iter().map(|thread| thread.join().expect("no panic")).collect()
            }),
        };
        let mut whole = Answer::default();
        let mut nearest = Nearest::new(search.most);
        for answer in answers {
            let answer = answer?;
            whole.considered += answer.considered;
            whole.damaged.extend(answer.damaged);
            answer.hits.into_iter().for_each(|hit| nearest.offer(hit.distance, hit));
        }
        whole.hits.extend(nearest.sorted().map(|(_, hit)| hit));
        Ok(whole)
    }

    /// Adds an empty shard; its place.
    fn add_shard(&mut self, gallery: [u8; 16]) -> Result<usize, FileError> {
        let place = self.shards.len();
        let path = self.folder.join(file_name(place));
        let head = Head { gallery, shard: place as u32, layout: self.layout };
        self.shards.push(Shard::create(path, &self.key, head)?);
        let entered = File::open(&self.folder).and_then(|folder| folder.sync_all());
        entered.map_err(FileError::on("writing", &self.folder))?;
        Ok(place)
    }
}

fn file_name(place: usize) -> String {
    format!("{place:04}.{EXTENSION}")
}

/// The shard files of `folder`, by name.
fn shard_files(folder: &Path) -> Result<Vec<PathBuf>, FileError> {
    let listed = fs::read_dir(folder)
        .and_then(|entries| entries.map(|entry| Ok(entry?.path())).collect::<Result<Vec<_>, _>>());
    let mut files = listed.map_err(FileError::on("listing", folder))?;
    files.retain(|path| path.extension().is_some_and(|extension| extension == EXTENSION));
    files.sort();
    Ok(files)
}
