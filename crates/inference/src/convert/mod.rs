//! Converters from the formats that packages ship to ONNX.
//!
//! All of them read bytes whose digest was checked, and still refuse whatever
//! they do not understand: a network converted wrongly gives plausible numbers.

mod dlib;
mod onnx;
mod tfjs;

#[cfg(test)]
pub(crate) use onnx::GraphBuilder;

use crate::manifest::{Converter, ModelEntry};

/// A source file cannot be converted.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ConvertError {
    /// The graph description is not the JSON of a TensorFlow.js graph model.
    #[error("reading the graph description")]
    Json(#[source] serde_json::Error),
    /// A weight is not as described.
    #[error("weight {weight:?}: {problem}")]
    Weight {
        /// The weight's name in the graph.
        weight: String,
        /// What is wrong with it.
        problem: String,
    },
    /// A node of the graph is malformed or not known to the converter.
    #[error("graph node {node:?}: {problem}")]
    Node {
        /// The node's name in the graph.
        node: String,
        /// What is wrong with it.
        problem: String,
    },
    /// The byte stream is not what the converter expects.
    #[error("at byte {offset}: {problem}")]
    Stream {
        /// Where in the file.
        offset: usize,
        /// What was expected there.
        problem: String,
    },
    /// Not as many source files as the converter reads.
    #[error("the converter reads {expected} source files and was given {given}")]
    Sources {
        /// How many it reads.
        expected: usize,
        /// How many there were.
        given: usize,
    },
}

/// Makes the installed file of `entry` from its `sources`, in the manifest's
/// order. Equal sources give equal bytes on every machine.
///
/// Converted models take any number of pictures at once, NCHW, and name their
/// input and outputs as the manifest does.
///
/// # Errors
///
/// When a source is malformed or uses what the converter does not know.
pub fn convert(entry: &ModelEntry, sources: &[Vec<u8>]) -> Result<Vec<u8>, ConvertError> {
    let outputs: Vec<&str> = entry.outputs.iter().map(|output| output.name.as_str()).collect();
    match (entry.converter, sources) {
        (Converter::None, [file]) => Ok(file.clone()),
        (Converter::Tfjs, [graph, weights]) => {
            tfjs::convert(graph, weights, &entry.input.name, &outputs)
        }
        (Converter::Dlib, [stream]) => match outputs[..] {
            [output] => dlib::convert(stream, &entry.input.name, output),
            _ => Err(ConvertError::Node {
                node: "embedding".to_owned(),
                problem: "the network has one output".to_owned(),
            }),
        },
        (converter, _) => {
            Err(ConvertError::Sources { expected: converter.sources(), given: sources.len() })
        }
    }
}

/// Runs a converted model on the installed ONNX Runtime.
#[cfg(test)]
fn run(onnx: &[u8], input: &crate::Tensor, outputs: &[&str]) -> Vec<crate::Tensor> {
    use crate::{Manifest, Platform, models_dir, runtime};

    let dir = models_dir(|name| std::env::var_os(name)).expect("HOME is set");
    let manifest = Manifest::shipped();
    let platform = Platform::current().expect("tests run where ONNX Runtime does");
    let library = dir.join(&manifest.runtime(platform).unwrap().file);
    let environment = runtime::environment(&library)
        .unwrap_or_else(|error| panic!("{error}; `cargo xtask test` installs the models first"));
    let mut session = runtime::session(&environment, onnx, 1).unwrap();
    let outputs: Vec<String> = outputs.iter().map(|&name| name.to_owned()).collect();
    runtime::run(&mut session, crate::Role::Iris, &outputs, input).unwrap()
}
