//! The installed models, loaded when first asked for.

use std::collections::BTreeMap;
use std::error::Error;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use ort::environment::Environment;
use ort::session::Session;

use crate::manifest::{
    EmbeddingContract, Manifest, ManifestError, ModelEntry, PassiveContract, Platform,
};
use crate::pool::Pool;
use crate::{Digest, InferenceError, Model, ModelCard, Role, Tensor, runtime, subnormal};

/// How much of the machine the models may use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Parallelism {
    /// Threads that one run of a model works with.
    pub threads: usize,
    /// Runs of one model that may go on at once; each costs the memory of a
    /// further copy of the model, from the moment it is first needed.
    pub runs: usize,
}

impl Parallelism {
    /// One run at a time on `threads` threads: the quickest for one person.
    pub fn one_run(threads: usize) -> Self {
        Self { threads: threads.max(1), runs: 1 }
    }

    /// What `role` may use of it. Text detection runs once for a picture, before
    /// anything else can begin on it: so one run at a time gets all threads.
    fn of(self, role: Role) -> Self {
        match role {
            Role::TextDetection => Self::one_run(self.threads * self.runs),
            _ => self,
        }
    }
}

/// The installed models, each loaded when first asked for and its digest
/// checked against the manifest before a byte of it is used.
pub struct ModelSet {
    dir: PathBuf,
    manifest: Manifest,
    parallelism: Parallelism,
    environment: Environment,
    loaded: Mutex<BTreeMap<Role, Arc<dyn Model>>>,
}

/// A model or the runtime could not be loaded.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum LoadError {
    /// The file is not there.
    #[error("{name} is not installed in {}: run `bonafide models install`", dir.display())]
    NotInstalled {
        /// The role, or `ONNX Runtime`.
        name: String,
        /// The models folder.
        dir: PathBuf,
    },
    /// The file is not the one that the manifest pins.
    #[error(
        "{} is not the file that the manifest pins (SHA-256 {actual}, expected {expected}): \
         run `bonafide models install` to replace it",
        path.display()
    )]
    WrongDigest {
        /// The file.
        path: PathBuf,
        /// What the manifest says.
        expected: Digest,
        /// What was found.
        actual: Digest,
    },
    /// The file is there but cannot be read.
    #[error("reading {}", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// ONNX Runtime refused the library or the model.
    #[error("loading {} into ONNX Runtime", path.display())]
    Runtime {
        /// The library or model.
        path: PathBuf,
        /// What it said.
        source: Box<dyn Error + Send + Sync>,
    },
    /// The operator's own entries cannot be used.
    #[error(transparent)]
    Manifest(#[from] ManifestError),
    /// The manifest lists nothing for what was asked.
    #[error("the model manifest has no entry for {0}")]
    NoEntry(String),
}

impl ModelSet {
    /// Opens the models folder `dir`, as the shipped manifest and the operator's
    /// own entries there ([`Manifest::of_folder`]) describe it, and loads ONNX Runtime from it; models follow when asked for.
    ///
    /// A process has one ONNX Runtime: a second set shares the first's.
    ///
    /// # Errors
    ///
    /// When the runtime is not installed, is not the pinned one, or there is
    /// none for this platform, or the operator's entries make no sense.
    pub fn open(dir: &Path, parallelism: Parallelism) -> Result<Self, LoadError> {
        Self::with_manifest(dir, Manifest::of_folder(dir)?, parallelism)
    }

    /// Opens the models folder `dir` as `manifest` describes it.
    ///
    /// # Errors
    ///
    /// As [`ModelSet::open`].
    pub fn with_manifest(
        dir: &Path,
        manifest: Manifest,
        parallelism: Parallelism,
    ) -> Result<Self, LoadError> {
        let entry = Platform::current()
            .and_then(|platform| manifest.runtime(platform))
            .ok_or_else(|| LoadError::NoEntry("ONNX Runtime on this platform".to_owned()))?;
        let path = dir.join(&entry.file);
        read_pinned("ONNX Runtime", &path, entry.sha256)?;
        let environment =
            runtime::environment(&path).map_err(|source| LoadError::Runtime { path, source })?;
        let dir = dir.to_owned();
        Ok(Self { dir, manifest, parallelism, environment, loaded: Mutex::default() })
    }

    /// The manifest that this set goes by.
    pub fn manifest(&self) -> &Manifest {
        &self.manifest
    }
}

/// Where stages get their models: the installed set, or in a test or a
/// measurement something that stands in its place.
pub trait Models {
    /// The model for `role`, loaded on the first call.
    ///
    /// # Errors
    ///
    /// When it is not installed, not the pinned file, or the runtime refuses it.
    fn model(&self, role: Role) -> Result<Arc<dyn Model>, LoadError>;

    /// How the operator's own face network is fed, where there is one.
    fn own_embedding(&self) -> Option<&EmbeddingContract> {
        None
    }

    /// How the operator's own network for passive liveness is fed, where there is one.
    fn own_passive(&self) -> Option<&PassiveContract> {
        None
    }
}

impl Models for ModelSet {
    fn model(&self, role: Role) -> Result<Arc<dyn Model>, LoadError> {
        let mut loaded = self.loaded.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(model) = loaded.get(&role) {
            return Ok(Arc::clone(model));
        }
        let entry = self
            .manifest
            .model(role)
            .ok_or_else(|| LoadError::NoEntry(format!("the {role} model")))?;
        let model: Arc<dyn Model> = Arc::new(OrtModel::load(self, entry)?);
        loaded.insert(role, Arc::clone(&model));
        Ok(model)
    }

    fn own_embedding(&self) -> Option<&EmbeddingContract> {
        self.manifest.own_embedding()
    }

    fn own_passive(&self) -> Option<&PassiveContract> {
        self.manifest.own_passive()
    }
}

/// Reads `path` whole; what is returned is what the manifest pins.
fn read_pinned(name: &str, path: &Path, expected: Digest) -> Result<Vec<u8>, LoadError> {
    let bytes = fs::read(path).map_err(|source| {
        if source.kind() == io::ErrorKind::NotFound {
            let dir = path.parent().unwrap_or(path).to_owned();
            LoadError::NotInstalled { name: name.to_owned(), dir }
        } else {
            LoadError::Read { path: path.to_owned(), source }
        }
    })?;
    let actual = Digest::of(&bytes);
    if actual == expected {
        Ok(bytes)
    } else {
        Err(LoadError::WrongDigest { path: path.to_owned(), expected, actual })
    }
}

/// A model on ONNX Runtime, with as many sessions as runs at once.
struct OrtModel {
    card: ModelCard,
    outputs: Vec<String>,
    sessions: Pool<Session>,
    maker: SessionMaker,
}

/// What it takes to prepare one more session of the same model.
struct SessionMaker {
    path: PathBuf,
    role: Role,
    digest: Digest,
    threads: usize,
    environment: Environment,
}

impl SessionMaker {
    fn make(&self) -> Result<Session, LoadError> {
        let mut onnx = read_pinned(&format!("the {} model", self.role), &self.path, self.digest)?;
        subnormal::flush(&mut onnx);
        runtime::session(&self.environment, &onnx, self.threads)
            .map_err(|source| LoadError::Runtime { path: self.path.clone(), source })
    }
}

impl OrtModel {
    fn load(set: &ModelSet, entry: &ModelEntry) -> Result<Self, LoadError> {
        let Parallelism { threads, runs } = set.parallelism.of(entry.role);
        let maker = SessionMaker {
            path: set.dir.join(&entry.file),
            role: entry.role,
            digest: entry.sha256,
            threads,
            environment: set.environment.clone(),
        };
        let session = maker.make()?;
        let metadata = runtime::metadata(&session)
            .map_err(|source| LoadError::Runtime { path: maker.path.clone(), source })?;
        Ok(Self {
            card: ModelCard { role: entry.role, digest: entry.sha256, metadata },
            outputs: entry.outputs.iter().map(|output| output.name.clone()).collect(),
            sessions: Pool::new(session, runs),
            maker,
        })
    }
}

impl Model for OrtModel {
    fn card(&self) -> &ModelCard {
        &self.card
    }

    fn run(&self, input: &Tensor) -> Result<Vec<Tensor>, InferenceError> {
        let role = self.card.role;
        let another = || {
            self.maker.make().map_err(|source| InferenceError::Run {
                role,
                shape: input.shape().to_vec(),
                source: Box::new(source),
            })
        };
        self.sessions.with(another, |session| runtime::run(session, role, &self.outputs, input))?
    }
}
