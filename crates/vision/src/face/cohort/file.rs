//! A cohort as bytes: `BFCOHORT`, then in little-endian order the version (u32),
//! the embedder's digest (32 bytes), how many people there are, how many parts
//! a vector has and where each ends (u32), and the values (f32).

use inference::Digest;

use super::{Cohort, MOST};

const MAGIC: &[u8; 8] = b"BFCOHORT";
const VERSION: u32 = 1;

/// Vectors have some thousand values in a handful of parts.
const MOST_PARTS: u32 = 8;
const MOST_VALUES: u32 = 16_384;

/// People do not make a cohort, or bytes are none.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CohortError {
    /// Too few or too many people.
    #[error("a cohort has 100 to 800 people, not {0}")]
    People(usize),
    /// The vectors are not of one embedder.
    #[error("the people's vectors have different forms")]
    Mixed,
    /// A value is no number.
    #[error("a vector has a value that is no number")]
    NotFinite,
    /// Bytes that are no cohort of this version.
    #[error("these bytes are no cohort: {0}")]
    Malformed(&'static str),
}

impl Cohort {
    /// Its bytes, personal data: encrypt them before they are written.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = MAGIC.to_vec();
        bytes.extend(VERSION.to_le_bytes());
        bytes.extend(self.embedding.as_ref());
        let counts = [self.people(), self.ends.len()].into_iter().chain(self.ends.iter().copied());
        for count in counts {
            bytes.extend((count as u32).to_le_bytes());
        }
        for value in &self.values {
            bytes.extend(value.to_le_bytes());
        }
        bytes
    }

    /// The cohort of [`Cohort::to_bytes`].
    ///
    /// # Errors
    ///
    /// When they are of another version, cut short, or hold no usable cohort.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, CohortError> {
        let mut rest = Rest(bytes);
        if rest.take()? != *MAGIC {
            return Err(CohortError::Malformed("they begin otherwise"));
        }
        if rest.number()? != VERSION {
            return Err(CohortError::Malformed("they are of another version"));
        }
        let embedding = Digest::from(rest.take::<32>()?);
        let (people, parts) = (rest.number()? as usize, rest.number()?);
        if people > MOST {
            return Err(CohortError::People(people));
        }
        if !(1..=MOST_PARTS).contains(&parts) {
            return Err(CohortError::Malformed("a vector cannot have so many parts"));
        }
        let ends = (0..parts).map(|_| rest.number()).collect::<Result<Vec<_>, _>>()?;
        let length = ends[ends.len() - 1];
        let rising = ends[0] > 0 && ends.windows(2).all(|pair| pair[0] < pair[1]);
        if !rising || length > MOST_VALUES {
            return Err(CohortError::Malformed("the parts of a vector do not follow one another"));
        }
        let (values, remainder) = rest.0.as_chunks::<4>();
        if !remainder.is_empty() || values.len() != people * length as usize {
            return Err(CohortError::Malformed("they are cut short or too long"));
        }
        let cohort = Self {
            id: Digest::of(bytes),
            embedding,
            values: values.iter().map(|value| f32::from_le_bytes(*value)).collect(),
            length: length as usize,
            ends: ends.into_iter().map(|end| end as usize).collect(),
        };
        cohort.validate()?;
        Ok(cohort)
    }
}

/// What is still to be read.
struct Rest<'a>(&'a [u8]);

impl Rest<'_> {
    /// The next `N` bytes.
    fn take<const N: usize>(&mut self) -> Result<[u8; N], CohortError> {
        let (next, rest) =
            self.0.split_first_chunk().ok_or(CohortError::Malformed("they are cut short"))?;
        self.0 = rest;
        Ok(*next)
    }

    fn number(&mut self) -> Result<u32, CohortError> {
        self.take().map(u32::from_le_bytes)
    }
}
