use proptest::prelude::*;

use super::{Block, convert, convert_blocks};
use crate::Tensor;
use crate::convert::{ConvertError, run};

/// Writes dlib's serialisation.
#[derive(Default)]
struct Writer(Vec<u8>);

impl Writer {
    fn int(&mut self, value: i64) -> &mut Self {
        let bytes = value.unsigned_abs().to_le_bytes();
        let count = bytes.iter().rposition(|&byte| byte != 0).map_or(1, |last| last + 1);
        let sign = if value < 0 { 0x80 } else { 0 };
        self.0.push(count as u8 | sign);
        self.0.extend(&bytes[..count]);
        self
    }

    fn ints(&mut self, values: &[i64]) -> &mut Self {
        for &value in values {
            self.int(value);
        }
        self
    }

    fn text(&mut self, text: &str) -> &mut Self {
        self.int(text.len() as i64);
        self.0.extend(text.as_bytes());
        self
    }

    /// The number 1, `count` times.
    fn ones(&mut self, count: usize) -> &mut Self {
        (0..count).for_each(|_| {
            self.ints(&[16, -4]);
        });
        self
    }

    fn tensor(&mut self, values: &[f32]) -> &mut Self {
        let other = i64::from(!values.is_empty());
        self.ints(&[2, values.len() as i64, other, other, other]);
        self.0.extend(values.iter().flat_map(|value| value.to_le_bytes()));
        self
    }

    /// Flags and the empty arrays after each layer.
    fn state(&mut self) -> &mut Self {
        self.0.extend(b"110");
        self.tensor(&[]).tensor(&[]).tensor(&[])
    }

    /// A convolution without padding: filters, channels, side, stride.
    fn convolution(
        &mut self,
        [filters, channels, side, stride]: [i64; 4],
        kernels: &[f32],
    ) -> &mut Self {
        let mut values = kernels.to_vec();
        values.extend(vec![0.0; filters as usize]);
        self.text("con_4").tensor(&values);
        self.ints(&[filters, side, side, stride, stride, 0, 0]);
        self.ints(&[1, filters, channels, side, side]);
        self.ints(&[1, 1, filters, 1, 1]).ones(4).state()
    }

    fn affine(&mut self, scales: &[f32], shifts: &[f32]) -> &mut Self {
        let filters = scales.len() as i64;
        self.text("affine_").tensor(&[scales, shifts].concat());
        self.ints(&[1, 1, filters, 1, 1, 1, 1, filters, 1, 1, 0]).state()
    }

    fn layer(&mut self, kind: &str) -> &mut Self {
        self.text(kind).state()
    }

    fn pool(&mut self, kind: &str, side: i64, stride: i64) -> &mut Self {
        self.text(kind).ints(&[side, side, stride, stride, 0, 0]).state()
    }
}

/// A network of 4 by 4 pictures with one `Down` and one `Same` block:
///
/// * stem: 1 by 1 convolution, the sum of the channels; times 2, minus 1
/// * `Down`: 3 by 3 mean, then its negative and itself as two channels; added
///   to the 2 by 2 means
/// * `Same`: the first channel added to each
/// * the mean of each channel; twice the first plus the second, and the second
fn tiny() -> Vec<u8> {
    let mut w = Writer::default();
    w.int(1).text("loss_metric_2").ones(2);
    // Last layers, `Same`, `Down`, stem.
    w.ints(&[2, 2]);
    w.ints(&[2, 2, 2, 2, 2, 2, 2, 1]);
    w.ints(&[2, 2, 2, 1, 1, 2, 2, 2, 2, 2, 1]);
    w.ints(&[2, 2, 2, 3]);
    w.text("input_rgb_image_sized").ones(3).ints(&[4, 4]);
    w.convolution([1, 3, 1, 1], &[1.0; 3]).int(1).affine(&[2.0], &[-1.0]);
    w.layer("relu_").pool("max_pool_2", 1, 1);
    w.convolution([1, 1, 3, 2], &[1.0 / 9.0; 9]).affine(&[1.0], &[0.0]).layer("relu_");
    w.convolution([2, 1, 1, 1], &[-1.0, 1.0]).affine(&[1.0; 2], &[0.0; 2]);
    w.pool("avg_pool_2", 2, 2).layer("add_prev_").layer("relu_");
    w.convolution([1, 2, 1, 1], &[1.0, 0.0]).affine(&[1.0], &[0.0]).layer("relu_");
    w.convolution([2, 1, 1, 1], &[1.0, 1.0]).affine(&[1.0; 2], &[0.0; 2]);
    w.layer("add_prev_").layer("relu_");
    w.pool("avg_pool_2", 0, 1);
    w.text("fc_2").ints(&[2, 2]).tensor(&[2.0, 0.0, 1.0, 1.0]);
    w.ints(&[1, 2, 2, 1, 1, 1, 0, 0, 0, 0, 1]).ones(4).state();
    w.0
}

const BLOCKS: [Block; 2] = [Block::Down, Block::Same];

#[test]
fn tiny_network_computes_what_its_layers_say() {
    let onnx = convert_blocks(&tiny(), &BLOCKS, "x", "y").unwrap();
    let mut picture = vec![0.0; 48];
    // Red 1 everywhere: the stem gives 2 * 1 - 1 = 1; blue 4 at the corner
    // that the 3 by 3 window does not reach: 2 * 5 - 1 = 9.
    picture[..16].fill(1.0);
    picture[47] = 4.0;
    let input = Tensor::new(vec![1, 3, 4, 4], picture).unwrap();
    let output = run(&onnx, &input, &["y"]).remove(0);
    // Window means: 1 1 1 3. `Down`: the window result 1 reaches only the top
    // left; first channel 1-1 1 1 3, second 1 0 0 0. `Same` adds the first:
    // 0 2 2 6 and 1 1 1 3. Means 2.5 and 1.5.
    assert_eq!(output.shape(), [1, 2]);
    for (value, expected) in output.data().iter().zip([6.5, 1.5]) {
        assert!((value - expected).abs() < 1e-6, "{:?}", output.data());
    }
}

#[test]
fn another_network_is_refused() {
    let stream = tiny();
    let error = convert(&stream, "x", "y").unwrap_err();
    assert!(error.to_string().contains("version of a layer"), "{error}");

    let edits: [(&[u8], &[u8], &str); 8] = [
        (b"loss_metric_2", b"loss_metric_3", "loss_metric_2"),
        (b"input_rgb_image_sized", b"input_rgb_image_pyram", "input_rgb_image_sized"),
        (b"con_4", b"con_5", "con_4"),
        (b"affine_", b"bn_con_", "affine_"),
        (b"max_pool_2", b"avg_pool_2", "max_pool_2"),
        (b"110", b"1x0", "flag"),
        // The stem's filters: 1 becomes 2.
        (
            b"\x01\x01\x01\x01\x01\x01\x01\x01\x01\x00",
            b"\x01\x02\x01\x01\x01\x01\x01\x01\x01\x00",
            "contradict",
        ),
        (b"\x05con_4\x01\x02", b"\x05con_4\x01\x01", "version of an array"),
    ];
    for (from, to, problem) in edits {
        let at = stream.windows(from.len()).position(|part| part == from).unwrap();
        let mut edited = stream.clone();
        edited[at..at + to.len()].copy_from_slice(to);
        let error = convert_blocks(&edited, &BLOCKS, "x", "y").unwrap_err();
        assert!(error.to_string().contains(problem), "{problem}: {error}");
    }
}

#[test]
fn cut_or_prolonged_stream_is_refused() {
    let stream = tiny();
    for len in 0..stream.len() {
        let error = convert_blocks(&stream[..len], &BLOCKS, "x", "y").unwrap_err();
        assert!(matches!(error, ConvertError::Stream { offset, .. } if offset <= len), "{len}");
    }
    let longer = [&stream[..], b"0"].concat();
    assert!(convert_blocks(&longer, &BLOCKS, "x", "y").is_err());
}

proptest! {
    #[test]
    fn damaged_stream_is_an_error_or_converts(changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..4)) {
        let mut stream = tiny();
        for (at, byte) in changes {
            let at = at.index(stream.len());
            stream[at] = byte;
        }
        let _ = convert_blocks(&stream, &BLOCKS, "x", "y");
    }
}
