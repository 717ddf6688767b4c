//! The project's own models: small enough to come with the program.

/// File name and bytes of each. How one was trained stands in `training/`.
const FILES: [(&str, &[u8]); 2] = [
    ("document-outline.onnx", include_bytes!("../../../../models/document-outline.onnx")),
    ("zone-recognition.onnx", include_bytes!("../../../../models/zone-recognition.onnx")),
];

/// The file called `name` that was compiled in.
pub(super) fn file(name: &str) -> Option<&'static [u8]> {
    FILES.iter().find(|(file, _)| *file == name).map(|(_, bytes)| *bytes)
}
