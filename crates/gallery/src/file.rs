//! A shard file: a head, then sealed records of equal length.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io;
use std::os::unix::fs::FileExt;
use std::path::{Path, PathBuf};

use crate::errors::{FileError, OpenError};
use crate::head::{self, Head};
use crate::person::Person;
use crate::record;
use sealing::{Key, OVERHEAD};

/// Bytes before the first record: the head and its seal.
const START: u64 = (head::LENGTH + OVERHEAD) as u64;

/// Bytes of a record before its seal: the person's number.
const ID: usize = 8;

/// An open, locked shard file.
pub struct ShardFile {
    file: File,
    path: PathBuf,
    head: Head,
    key: Key,
    slots: u32,
}

/// What stands in a slot.
pub enum Slot {
    /// A person, and their vector.
    Kept(Person, Vec<f32>),
    /// Nobody: a person was removed here.
    Empty,
    /// Bytes that do not open, naming this person.
    Damaged(u64),
}

impl ShardFile {
    /// A new file at `path`. It gets this name when its head is whole, so that
    /// a crash leaves no shard without one.
    pub fn create(path: PathBuf, key: &Key, head: Head) -> Result<Self, FileError> {
        let bytes = head.bytes();
        let start = [&bytes[..], &key.seal(&bytes, &[])].concat();
        let file = Self::begin(&path, &start).map_err(FileError::on("creating", &path))?;
        Ok(Self { file, path, head, key: key.share(), slots: 0 })
    }

    fn begin(path: &Path, start: &[u8]) -> io::Result<File> {
        let unfinished = path.with_extension("new");
        let mut options = OpenOptions::new();
        let file = options.read(true).write(true).create(true).truncate(true).open(&unfinished)?;
        file.lock()?;
        file.write_all_at(start, 0)?;
        file.sync_all()?;
        fs::rename(&unfinished, path)?;
        Ok(file)
    }

    /// The file at `path`. What is left of an unfinished record at its end is
    /// cut off; the second value says whether there was any.
    pub fn open(path: PathBuf, key: &Key) -> Result<(Self, bool), OpenError> {
        const ATTEMPT: &str = "opening";
        let file = OpenOptions::new()
            .read(true)
            .write(true)
            .open(&path)
            .map_err(FileError::on(ATTEMPT, &path))?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(OpenError::InUse(path)),
            Err(TryLockError::Error(source)) => {
                return Err(FileError::on(ATTEMPT, &path)(source).into());
            }
        }
        let length = file.metadata().map_err(FileError::on(ATTEMPT, &path))?.len();
        let head = Self::read_head(&file, length, &path, key)?;
        let mut opened = Self { file, path, head, key: key.share(), slots: 0 };
        let records = length - START;
        let slots = (records / opened.record_length()).min(head.layout.shard_capacity.into());
        opened.slots = slots as u32;
        let whole = START + slots * opened.record_length();
        if whole < length {
            opened.file.set_len(whole).map_err(FileError::on(ATTEMPT, &opened.path))?;
        }
        Ok((opened, whole < length))
    }

    fn read_head(file: &File, length: u64, path: &Path, key: &Key) -> Result<Head, OpenError> {
        let mut start = [0; START as usize];
        if length < START {
            return Err(OpenError::NotAGallery(path.to_owned()));
        }
        file.read_exact_at(&mut start, 0).map_err(FileError::on("reading", path))?;
        let (bytes, seal) = start.split_first_chunk_mut().expect("a head is shorter");
        let head = Head::parse(bytes).ok_or_else(|| OpenError::NotAGallery(path.to_owned()))?;
        key.open(bytes, seal).ok_or_else(|| OpenError::OtherKey(path.to_owned()))?;
        Ok(head)
    }

    pub fn head(&self) -> &Head {
        &self.head
    }

    pub fn path(&self) -> &Path {
        &self.path
    }

    /// How many records the file has room for without growing.
    pub fn slots(&self) -> u32 {
        self.slots
    }

    /// Reads a slot, which must be below [`ShardFile::slots`].
    pub fn read(&self, slot: u32) -> Result<Slot, FileError> {
        let mut record = vec![0; self.record_length() as usize];
        self.file
            .read_exact_at(&mut record, self.offset(slot))
            .map_err(FileError::on("reading a record of", &self.path))?;
        let (id, sealed) = record.split_first_chunk_mut::<ID>().expect("a record is longer");
        let id = u64::from_le_bytes(*id);
        Ok(match self.key.open(&self.context(slot, id), sealed) {
            None => Slot::Damaged(id),
            Some(text) => match record::person(id, text) {
                Some(person) => Slot::Kept(person, record::vector(text).collect()),
                None => Slot::Empty,
            },
        })
    }

    /// Writes a person into a slot: one there is, or the next.
    pub fn write(&mut self, slot: u32, person: &Person, vector: &[f32]) -> Result<(), FileError> {
        self.put(slot, person.id, &record::text(person, vector))
    }

    /// Overwrites a slot with a sealed record of nobody, so that a removal is
    /// no damage and damage no removal.
    pub fn erase(&mut self, slot: u32) -> Result<(), FileError> {
        self.put(slot, 0, &record::removed_text(self.head.layout.dimension))
    }

    fn put(&mut self, slot: u32, id: u64, text: &[u8]) -> Result<(), FileError> {
        let sealed = self.key.seal(&self.context(slot, id), text);
        let record = [&id.to_le_bytes()[..], &sealed].concat();
        self.file
            .write_all_at(&record, self.offset(slot))
            .map_err(FileError::on("writing a record of", &self.path))?;
        self.slots = self.slots.max(slot + 1);
        Ok(())
    }

    /// Waits until everything written would survive a loss of power.
    pub fn sync(&self) -> Result<(), FileError> {
        self.file.sync_data().map_err(FileError::on("writing", &self.path))
    }

    /// What a record is bound to: opened at another place, or for another
    /// person, it is damaged.
    fn context(&self, slot: u32, id: u64) -> Vec<u8> {
        [&self.head.bytes()[..], &slot.to_le_bytes(), &id.to_le_bytes()].concat()
    }

    fn record_length(&self) -> u64 {
        (ID + OVERHEAD + record::text_length(self.head.layout.dimension)) as u64
    }

    fn offset(&self, slot: u32) -> u64 {
        START + u64::from(slot) * self.record_length()
    }
}
