//! ONNX Runtime: the library loaded once for the process, and one session.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use ort::environment::Environment;
use ort::session::builder::GraphOptimizationLevel;
use ort::session::{RunOptions, Session};
use ort::value::TensorRef;

use crate::{InferenceError, Role, Tensor};

type RuntimeError = Box<dyn std::error::Error + Send + Sync>;

/// The process's one environment: ONNX Runtime allows no second one, so the
/// first library loaded serves until the process ends.
static ENVIRONMENT: Mutex<Option<Environment>> = Mutex::new(None);

/// Loads ONNX Runtime from `library`, or returns what is already loaded.
pub(crate) fn environment(library: &Path) -> Result<Environment, RuntimeError> {
    let mut loaded = ENVIRONMENT.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(environment) = &*loaded {
        return Ok(environment.clone());
    }
    let environment =
        ort::init_from(library)?.with_name("bonafide").with_telemetry(false).build()?;
    *loaded = Some(environment.clone());
    Ok(environment)
}

/// Prepares the model in `onnx` to run with `threads` threads.
pub(crate) fn session(
    environment: &Environment,
    onnx: &[u8],
    threads: usize,
) -> Result<Session, RuntimeError> {
    let mut builder = Session::builder(environment)?
        .with_optimization_level(GraphOptimizationLevel::All)
        .map_err(ort::Error::<()>::from)?
        .with_intra_op_spinning(false)
        .map_err(ort::Error::<()>::from)?
        .with_intra_threads(threads)
        .map_err(ort::Error::<()>::from)?;
    Ok(builder.commit_from_memory(onnx)?)
}

/// What the model file says about itself.
pub(crate) fn metadata(session: &Session) -> Result<BTreeMap<String, String>, RuntimeError> {
    let metadata = session.metadata()?;
    let entry = |key: String| metadata.custom(&key).map(|value| (key, value));
    Ok(metadata.custom_keys()?.into_iter().filter_map(entry).collect())
}

/// The text detector gives back what it worked in: 105 MiB of the 505 that a verification took
/// at most, and it runs once for a picture. Each other network holds less and runs oftener: with
/// all of them giving back it took 370, and three hundredths more of processor time.
fn options(role: Role) -> ort::Result<RunOptions> {
    let mut options = RunOptions::new()?;
    if role == Role::TextDetection {
        options.set("memory.enable_memory_arena_shrinkage", "cpu:0")?;
    }
    Ok(options)
}

/// Runs `session` once; the outputs come in the order of `names`.
pub(crate) fn run(
    session: &mut Session,
    role: Role,
    names: &[String],
    input: &Tensor,
) -> Result<Vec<Tensor>, InferenceError> {
    let failed = |source: ort::Error| InferenceError::Run {
        role,
        shape: input.shape().to_vec(),
        source: Box::new(source),
    };
    let view = TensorRef::from_array_view((input.shape(), input.data())).map_err(failed)?;
    let options = options(role).map_err(failed)?;
    let outputs = session.run_with_options(ort::inputs![view], &options).map_err(failed)?;
    let take = |name: &String| {
        let unusable = |problem: &str| InferenceError::Output {
            role,
            output: name.clone(),
            problem: problem.to_owned(),
        };
        let value = outputs.get(name).ok_or_else(|| unusable("the model has none of that name"))?;
        let (shape, data) = value
            .try_extract_tensor::<f32>()
            .map_err(|_| unusable("it is not an array of 32-bit floats"))?;
        let shape = shape.iter().map(|&axis| axis as usize).collect();
        Tensor::new(shape, data.to_vec()).map_err(|error| unusable(&error.to_string()))
    };
    names.iter().map(take).collect()
}
