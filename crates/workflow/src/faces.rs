//! Everyone who can be found by their face. Each process that decides has its own gallery: made
//! of the sealed faces of the database when it begins, and brought up to date before every
//! search. Its file lies in a temporary folder, sealed under a key that is kept nowhere and ends
//! with the process.

use std::collections::HashMap;
use std::error::Error;
use std::sync::Arc;

use domain::id::{AccountId, CaseId};
use gallery::{Gallery, Key, Layout, Metric, Person, Search};
use store::{FaceChange, SealedFace, Searched, Tx};
use tempfile::TempDir;
use tokio::sync::{Mutex, OwnedMutexGuard};
use tokio::task::JoinSet;
use vault::{PersonKey, VaultError};

use crate::engine::Face;
use crate::errors::Breakage;
use crate::installation::{Installation, Parts};

/// Changes that are read, and keys that are asked for, at once.
const PAGE: u32 = 256;
/// People of one shard of the gallery (docs/speed.md).
const SHARD: u32 = 1_000_000;

/// The gallery of this process, shared by its workers.
pub(crate) type SharedFaces = Arc<Mutex<Faces>>;

/// The people who can be found, and those who cannot be compared.
#[derive(Default)]
pub(crate) struct Faces {
    open: Option<Open>,
    /// By the number of the change that brought them.
    people: HashMap<u64, Known>,
    numbers: HashMap<CaseId, u64>,
    of_account: HashMap<AccountId, u64>,
    unsearched: HashMap<CaseId, AccountId>,
    /// The last change that was read.
    read: i64,
}

struct Open {
    gallery: Gallery,
    _folder: TempDir,
}

/// Whose face it is.
#[derive(Debug, Clone, Copy)]
struct Known {
    case: CaseId,
    account: AccountId,
    approved: bool,
}

/// A face that was found near.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Near {
    /// In which case it was seen.
    pub case: CaseId,
    /// Whose.
    pub account: AccountId,
    /// Whether the account is approved by it; else it is on the blocklist only.
    pub approved: bool,
    /// The distance of the embeddings.
    pub distance: f64,
}

/// What a search found.
#[derive(Debug)]
pub(crate) struct Found {
    /// Faces of other accounts that were compared.
    pub considered: u64,
    /// The same with those of the account itself.
    pub all: u64,
    /// Faces of other accounts that could not be.
    pub unsearched: u64,
    /// The nearest, the nearest first, those of the account itself among them.
    pub near: Vec<Near>,
}

/// A change with its face, where there is one that can be compared: one of another embedder,
/// or that does not open, cannot.
struct Opened {
    change: FaceChange,
    face: Option<Face>,
}

fn broken(error: impl Error + Send + Sync + 'static) -> Breakage {
    Breakage::Faces(Box::new(error))
}

impl Faces {
    /// Takes in what changed. Failing half-way it may be called with the same again.
    fn take_in(&mut self, page: Vec<Opened>) -> Result<(), Breakage> {
        let last = page.last().map(|opened| opened.change.number);
        let mut enrolled = Vec::new();
        for Opened { change, face } in page {
            self.forget(change.case)?;
            let Searched::Face { face: SealedFace { account, .. }, approved } = change.now else {
                continue;
            };
            let known = Known { case: change.case, account, approved };
            let fitting = face.filter(|face| self.fits(face));
            let Some(face) = fitting else {
                self.unsearched.insert(change.case, account);
                continue;
            };
            let number = change.number as u64;
            self.people.insert(number, known);
            self.numbers.insert(change.case, number);
            *self.of_account.entry(account).or_default() += 1;
            enrolled.push((Person::new(number), face));
        }
        self.enroll(&enrolled)?;
        self.read = last.unwrap_or(self.read);
        Ok(())
    }

    fn enroll(&mut self, people: &[(Person, Face)]) -> Result<(), Breakage> {
        let Some((_, first)) = people.first() else { return Ok(()) };
        let open = match &mut self.open {
            Some(open) => open,
            none => none.insert(Open::new(first.values().len())?),
        };
        let people = people.iter().map(|(person, face)| (*person, face.values()));
        open.gallery.enroll_all(people).map_err(broken)
    }

    /// Whether `face` can be compared with those that are there.
    fn fits(&self, face: &Face) -> bool {
        let open = self.open.as_ref();
        let length = open.is_none_or(|o| o.gallery.layout().dimension == face.values().len());
        length && face.values().iter().all(|value| value.is_finite())
    }

    fn forget(&mut self, case: CaseId) -> Result<(), Breakage> {
        self.unsearched.remove(&case);
        let Some(number) = self.numbers.get(&case).copied() else { return Ok(()) };
        if let Some(open) = &mut self.open {
            open.gallery.remove(number).map_err(broken)?;
        }
        self.numbers.remove(&case);
        if let Some(known) = self.people.remove(&number)
            && let Some(count) = self.of_account.get_mut(&known.account)
        {
            *count -= 1;
        }
        Ok(())
    }

    /// Who of all is nearest to `face`, which is of the account `own`.
    fn nearest(&self, face: &Face, own: AccountId) -> Result<Found, Breakage> {
        let unsearched = self.unsearched.values().filter(|account| **account != own).count();
        let unsearched = unsearched as u64;
        let Some(open) = &self.open else {
            return Ok(Found { considered: 0, all: 0, unsearched, near: Vec::new() });
        };
        let answer = open.gallery.search(face.values(), &Search::default()).map_err(broken)?;
        let near = answer.hits.iter().filter_map(|hit| {
            let Known { case, account, approved } = *self.people.get(&hit.person.id)?;
            Some(Near { case, account, approved, distance: hit.distance })
        });
        let (near, damaged) = (near.collect(), answer.damaged.len() as u64);
        let own = self.of_account.get(&own).copied().unwrap_or_default();
        let all = answer.considered.saturating_sub(damaged);
        let (considered, unsearched) = (all.saturating_sub(own), unsearched + damaged);
        Ok(Found { considered, all, unsearched, near })
    }
}

impl Open {
    fn new(dimension: usize) -> Result<Self, Breakage> {
        let folder = tempfile::Builder::new().prefix("bonafide-faces-").tempdir();
        let folder = folder.map_err(broken)?;
        let layout = Layout { dimension, metric: Metric::Euclidean, shard_capacity: SHARD };
        let gallery = Gallery::create(folder.path(), &Key::generate().0, layout);
        Ok(Self { gallery: gallery.map_err(broken)?, _folder: folder })
    }
}

impl Installation {
    /// Forgets what was read of the faces: it may have been read in a transaction that never
    /// happened. The next search reads all of them.
    pub(crate) async fn forget_gallery(&self) {
        *self.faces.lock().await = Faces::default();
    }

    /// Brings the gallery of this process up to date: the first time it reads every face that
    /// is searched.
    ///
    /// # Errors
    /// When database, vault or gallery fail.
    pub async fn refresh_faces(&self) -> Result<(), Breakage> {
        loop {
            // The transaction comes before the gallery, as where one decides: whoever waits for
            // the gallery holds a connection already.
            let mut tx = self.parts.store.read().await?;
            let faces = Arc::clone(&self.faces).lock_owned().await;
            if !self.next_page(&mut tx, faces).await?.1 {
                return Ok(());
            }
        }
    }

    /// Searches `face`, of the account `own`, among all that `tx` sees, which must have locked
    /// the identities: so nobody is added meanwhile.
    pub(crate) async fn search_face(
        &self,
        tx: &mut Tx,
        face: &Face,
        own: AccountId,
    ) -> Result<Found, Breakage> {
        let mut faces = Arc::clone(&self.faces).lock_owned().await;
        loop {
            let (read, more) = self.next_page(tx, faces).await?;
            faces = read;
            if !more {
                break;
            }
        }
        let face = face.clone();
        let found = tokio::task::spawn_blocking(move || faces.nearest(&face, own));
        found.await.map_err(broken)?
    }

    /// Reads one page of changes; the gallery again, and whether there may be more.
    async fn next_page(
        &self,
        tx: &mut Tx,
        mut faces: OwnedMutexGuard<Faces>,
    ) -> Result<(OwnedMutexGuard<Faces>, bool), Breakage> {
        let changes = tx.face_changes(faces.read, PAGE).await?;
        if changes.is_empty() {
            return Ok((faces, false));
        }
        let more = changes.len() as u32 == PAGE;
        let page = open_all(&self.parts, changes).await?;
        // Files are written, and now and then the gallery learns for a second.
        let taken = tokio::task::spawn_blocking(move || faces.take_in(page).map(|()| faces));
        Ok((taken.await.map_err(broken)??, more))
    }
}

/// Opens the faces of `changes`, asking for their keys at once, and puts them in their order.
async fn open_all(parts: &Arc<Parts>, changes: Vec<FaceChange>) -> Result<Vec<Opened>, Breakage> {
    let mut tasks = JoinSet::new();
    for change in changes {
        let parts = Arc::clone(parts);
        tasks.spawn(open(parts, change));
    }
    let mut page = Vec::new();
    while let Some(opened) = tasks.join_next().await {
        page.push(opened.map_err(broken)??);
    }
    page.sort_unstable_by_key(|opened| opened.change.number);
    Ok(page)
}

/// Opens the face of `change`, where its embedder is ours. Of a person who was erased nothing
/// is left, whatever an older copy of the database says.
async fn open(parts: Arc<Parts>, change: FaceChange) -> Result<Opened, Breakage> {
    let Searched::Face { face, .. } = &change.now else {
        return Ok(Opened { change, face: None });
    };
    if face.embedder != parts.engine.embedder() {
        return Ok(Opened { change, face: None });
    }
    let face = match parts.vault.person(face.account).await {
        Ok(key) => unsealed(&key, face),
        Err(VaultError::Erased(_) | VaultError::Restricted { .. }) => {
            return Ok(Opened {
                change: FaceChange { now: Searched::Nothing, ..change },
                face: None,
            });
        }
        Err(VaultError::DoesNotOpen { .. }) => None,
        Err(error) => return Err(error.into()),
    };
    Ok(Opened { change, face })
}

/// The face under its person's key; `None` where it does not open.
pub(crate) fn unsealed(key: &PersonKey, face: &SealedFace) -> Option<Face> {
    let bytes = key.open(&context(face.case), &face.sealed).ok()?;
    Face::from_bytes(&bytes)
}

/// What a face is sealed in.
pub(crate) fn context(case: CaseId) -> String {
    format!("face {case}")
}
