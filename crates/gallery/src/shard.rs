//! A shard: a file of records, and what memory holds of it.

use std::collections::HashMap;
use std::path::PathBuf;

use crate::coarse::Coarse;
use crate::errors::{FileError, OpenError};
use crate::file::{ShardFile, Slot};
use crate::head::Head;
use crate::nearest::Nearest;
use crate::person::Person;
use crate::projection::{Projection, columns};
use crate::record::Damaged;
use crate::search::{Answer, Hit, Search};
use sealing::Key;

/// People of whom the directions are learned at the earliest. Below, a search
/// measures everyone exactly: that takes about as long as a million short images.
const LEARN_FROM: usize = 4096;

/// People of whom the directions are learned at most, evenly spread.
const SAMPLE: usize = 8192;

/// Vectors that are projected at once.
const BLOCK: usize = 1024;

/// An open shard.
pub struct Shard {
    file: ShardFile,
    rows: Vec<Row>,
    row_of: HashMap<u64, u32>,
    /// The short image of each row, once there are enough to learn from.
    coarse: Option<Coarse>,
    /// Vectors of the last rows, whose short images are still to be made.
    pending: Vec<Vec<f32>>,
    empty: Vec<u32>,
    damaged: Vec<Damaged>,
}

struct Row {
    person: Person,
    slot: u32,
}

impl Shard {
    /// A new shard in a new file.
    pub fn create(path: PathBuf, key: &Key, head: Head) -> Result<Self, FileError> {
        ShardFile::create(path, key, head).map(Self::of)
    }

    /// The shard in a file, every record read once; and whether an unfinished
    /// record was cut off.
    pub fn open(path: PathBuf, key: &Key) -> Result<(Self, bool), OpenError> {
        let (file, unfinished) = ShardFile::open(path, key)?;
        let mut shard = Self::of(file);
        shard.coarse = shard.learned_from_slots()?;
        for slot in 0..shard.file.slots() {
            match shard.file.read(slot)? {
                Slot::Kept(person, vector) if !shard.contains(person.id) => {
                    shard.add(person, slot, vector)?;
                }
                Slot::Kept(Person { id, .. }, _) | Slot::Damaged(id) => shard.lose(id, slot),
                Slot::Empty => shard.empty.push(slot),
            }
        }
        shard.settle()?;
        Ok((shard, unfinished))
    }

    fn of(file: ShardFile) -> Self {
        let (rows, row_of, coarse) = (Vec::new(), HashMap::new(), None);
        let (pending, empty, damaged) = (Vec::new(), Vec::new(), Vec::new());
        Self { file, rows, row_of, coarse, pending, empty, damaged }
    }

    pub fn head(&self) -> &Head {
        self.file.head()
    }

    pub fn path(&self) -> &std::path::Path {
        self.file.path()
    }

    pub fn people(&self) -> u64 {
        self.rows.len() as u64
    }

    pub fn damaged(&self) -> &[Damaged] {
        &self.damaged
    }

    pub fn contains(&self, id: u64) -> bool {
        self.row_of.contains_key(&id)
    }

    pub fn has_room(&self) -> bool {
        !self.empty.is_empty() || self.file.slots() < self.head().layout.shard_capacity
    }

    /// Writes a person who is not in the gallery, where there is room. They are
    /// found after [`Shard::settle`].
    pub fn write(&mut self, person: &Person, vector: Vec<f32>) -> Result<(), FileError> {
        let slot = self.empty.last().copied().unwrap_or(self.file.slots());
        self.file.write(slot, person, &vector)?;
        self.empty.pop();
        self.add(*person, slot, vector)
    }

    fn add(&mut self, person: Person, slot: u32, vector: Vec<f32>) -> Result<(), FileError> {
        self.row_of.insert(person.id, self.rows.len() as u32);
        self.rows.push(Row { person, slot });
        self.pending.push(vector);
        if self.pending.len() < BLOCK { Ok(()) } else { self.settle() }
    }

    /// Makes the short images that are still to be made.
    pub fn settle(&mut self) -> Result<(), FileError> {
        let pending = std::mem::take(&mut self.pending);
        match &mut self.coarse {
            Some(coarse) if !pending.is_empty() => coarse.push(&pending),
            None if self.rows.len() >= LEARN_FROM => self.learn()?,
            _ => {}
        }
        Ok(())
    }

    /// Waits until everything written would survive a loss of power.
    pub fn sync(&self) -> Result<(), FileError> {
        self.file.sync()
    }

    /// Overwrites the records that name this person, damaged ones too; whether
    /// there were any.
    pub fn remove(&mut self, id: u64) -> Result<bool, FileError> {
        let row = self.row_of.get(&id).map(|row| *row as usize);
        if let Some(row) = row {
            self.erase(self.rows[row].slot)?;
            self.drop_row(row);
        }
        let lost: Vec<u32> =
            self.damaged.iter().filter(|lost| lost.id == id).map(|lost| lost.slot).collect();
        for slot in &lost {
            self.erase(*slot)?;
            self.damaged.retain(|lost| lost.slot != *slot);
        }
        Ok(row.is_some() || !lost.is_empty())
    }

    fn erase(&mut self, slot: u32) -> Result<(), FileError> {
        self.file.erase(slot)?;
        self.file.sync()?;
        self.empty.push(slot);
        Ok(())
    }

    fn drop_row(&mut self, row: usize) {
        let Row { person, .. } = self.rows.swap_remove(row);
        self.row_of.remove(&person.id);
        if let Some(moved) = self.rows.get(row) {
            self.row_of.insert(moved.person.id, row as u32);
        }
        if let Some(coarse) = &mut self.coarse {
            coarse.swap_remove(row);
        }
    }

    fn lose(&mut self, id: u64, slot: u32) {
        self.damaged.push(Damaged { id, shard: self.head().shard, slot });
    }

    /// The nearest people to `vector`.
    pub fn search(&self, vector: &[f32], search: &Search) -> Result<Answer, FileError> {
        let (considered, mut rows) = self.candidates(vector, search);
        // In the file's order, a disk reads faster.
        rows.sort_unstable_by_key(|row| self.rows[*row].slot);
        let mut answer = Answer { considered, ..Answer::default() };
        let mut nearest = Nearest::new(search.most);
        let metric = self.head().layout.metric;
        for row in rows {
            let Row { person, .. } = self.rows[row];
            match self.vector(row)? {
                Some(kept) => nearest.offer(metric.distance(vector, &kept), person),
                None => answer.damaged.push(person.id),
            }
        }
        let hits = nearest.sorted().map(|(distance, person)| Hit { person, distance });
        answer.hits.extend(hits);
        Ok(answer)
    }

    /// How many people are considered, and the rows to measure exactly.
    fn candidates(&self, vector: &[f32], search: &Search) -> (u64, Vec<usize>) {
        let admitted = self.rows.iter().enumerate();
        let admitted = admitted.filter(|(_, row)| search.filter.admits(&row.person));
        let admitted = admitted.map(|(row, _)| row);
        let Some(coarse) = &self.coarse else {
            let rows: Vec<usize> = admitted.collect();
            return (rows.len() as u64, rows);
        };
        let probe = coarse.probe(vector);
        let mut nearest = Nearest::new(search.candidates.max(search.most));
        let mut considered = 0;
        for row in admitted {
            considered += 1;
            nearest.offer(f64::from(coarse.squared_distance(&probe, row)), row);
        }
        (considered, nearest.sorted().map(|(_, row)| row).collect())
    }

    /// The vector of `row`; `None` when its record does not hold it any more.
    fn vector(&self, row: usize) -> Result<Option<Vec<f32>>, FileError> {
        let Row { person, slot } = &self.rows[row];
        match self.file.read(*slot)? {
            Slot::Kept(kept, vector) if kept == *person => Ok(Some(vector)),
            _ => Ok(None),
        }
    }

    /// Learns the directions of the people who are there, and makes all short
    /// images.
    fn learn(&mut self) -> Result<(), FileError> {
        let mut sample = Vec::with_capacity(SAMPLE);
        for row in (0..self.rows.len()).step_by(self.rows.len().div_ceil(SAMPLE)) {
            sample.extend(self.vector(row)?);
        }
        let mut coarse = Coarse::new(Projection::learn(columns(&sample)));
        let mut block = Vec::with_capacity(BLOCK);
        let mut row = 0;
        while row < self.rows.len() {
            if let Some(vector) = self.vector(row)? {
                block.push(vector);
                row += 1;
            } else {
                let Row { person, slot } = self.rows[row];
                self.lose(person.id, slot);
                self.drop_row(row);
            }
            if block.len() == BLOCK || row == self.rows.len() {
                coarse.push(&block);
                block.clear();
            }
        }
        self.coarse = Some(coarse);
        Ok(())
    }

    /// Learns the directions of a file that is not loaded yet, so that it need
    /// be read only once; `None` when too few people are met.
    fn learned_from_slots(&self) -> Result<Option<Coarse>, FileError> {
        let slots = self.file.slots();
        if (slots as usize) < LEARN_FROM {
            return Ok(None);
        }
        let mut sample = Vec::with_capacity(SAMPLE);
        for slot in (0..slots).step_by((slots as usize).div_ceil(SAMPLE)) {
            if let Slot::Kept(_, vector) = self.file.read(slot)? {
                sample.push(vector);
            }
        }
        let enough = sample.len() >= LEARN_FROM;
        Ok(enough.then(|| Coarse::new(Projection::learn(columns(&sample)))))
    }
}
