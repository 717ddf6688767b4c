// Judges frames beside the page: how light and how sharp, and which are worth the server's look.

/** Luminance is measured on a picture of this width. */
const WIDTH = 320;

export interface Judged {
  /** The luminance that one pixel in a hundred exceeds, 0 to 255. */
  light: number;
  /** Mean luminance of the middle, 0 to 255. */
  middle: number;
  /** Share of the middle that is clipped to white, 0 to 1. */
  clipped: number;
  /** Mean squared Laplacian: falls when the picture moves or is out of focus. */
  sharp: number;
  /** The frame for the server. */
  frame: Blob;
}

const scope = self as unknown as {
  onmessage: ((event: MessageEvent<ImageBitmap>) => void) | null;
  postMessage(message: Judged): void;
};

scope.onmessage = async ({ data: bitmap }) => {
  const { width, height } = bitmap;
  const whole = new OffscreenCanvas(width, height);
  whole.getContext("2d", { alpha: false })?.drawImage(bitmap, 0, 0);
  const small = new OffscreenCanvas(WIDTH, Math.max(1, Math.round((WIDTH * height) / width)));
  const context = small.getContext("2d", { alpha: false, willReadFrequently: true });
  if (!context) return;
  context.drawImage(bitmap, 0, 0, small.width, small.height);
  bitmap.close();
  const pixels = context.getImageData(0, 0, small.width, small.height);
  const frame = await whole.convertToBlob({ type: "image/jpeg", quality: 0.85 });
  scope.postMessage({ ...measured(luminance(pixels.data), small.width, small.height), frame });
};

function luminance(data: Uint8ClampedArray): Float32Array {
  const level = new Float32Array(data.length / 4);
  for (let at = 0; at < level.length; at += 1) {
    const [r = 0, g = 0, b = 0] = data.subarray(4 * at, 4 * at + 3);
    level[at] = 0.299 * r + 0.587 * g + 0.114 * b;
  }
  return level;
}

function measured(level: Float32Array, width: number, height: number) {
  const at = (x: number, y: number) => level[y * width + x] ?? 0;
  const histogram = new Uint32Array(256);
  let [sum, clipped, squares, count] = [0, 0, 0, 0];
  for (const value of level) histogram[Math.min(255, Math.round(value))]! += 1;
  for (let y = Math.ceil(height / 4); y < (3 * height) / 4 - 1; y += 1) {
    for (let x = Math.ceil(width / 4); x < (3 * width) / 4 - 1; x += 1) {
      const value = at(x, y);
      const laplacian = at(x - 1, y) + at(x + 1, y) + at(x, y - 1) + at(x, y + 1) - 4 * value;
      sum += value;
      clipped += value > 250 ? 1 : 0;
      squares += laplacian * laplacian;
      count += 1;
    }
  }
  let [light, left] = [255, level.length / 100];
  while (light > 0 && left > 0) left -= histogram[light--] ?? 0;
  return { light, middle: sum / count, clipped: clipped / count, sharp: squares / count };
}
