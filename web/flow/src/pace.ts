/** Frames are compared at this longer side, pixels: so coarse that even a fast movement is one of
 * few pixels, which slopes can tell. */
const SIDE = 24;
/** A frame is compared with one so long before it, milliseconds: frames come late by tens of them,
 * and between two that lie close a small movement would seem a fast one. */
const APART_MS = 80;
/** The middle, where the face is: shares of the frame's width and height. */
const MIDDLE = [0.5, 0.6] as const;
/** Sides of the frame a second. The drawn face of the tests, its frames 50 or 75 ms apart and up to
 * 30 late, comes to at most 0.13 where a movement takes 1.5 s; where it takes 0.3 s, which the
 * server calls too fast, to 0.20 and more to the left, 0.14 and more to the right, 0.17 and more
 * upwards, and in a nod to no more than 0.05. No real face was tried: a guess. */
const LIMIT = 0.16;

/** A frame's grey. */
interface Grey {
  ms: number;
  width: number;
  height: number;
  levels: Float32Array;
}

/** How fast the face before the camera moves, from frame to frame. */
export class Pace {
  private readonly canvas = document.createElement("canvas");
  /** Lately, the oldest first. */
  private late: Grey[] = [];

  /** Sides of the frame a second by which the face moved before `ms`; 0 of the first frames. */
  speed(frame: HTMLCanvasElement, ms: number): number {
    const now = this.grey(frame, ms);
    if (!now) return 0;
    const before = this.late.findLast((one) => ms - one.ms >= APART_MS);
    // What is older than what was compared is never looked at again.
    this.late = [...this.late.filter((one) => !before || one.ms >= before.ms), now];
    if (!before || before.width !== now.width) return 0;
    return (1000 * shift(before, now)) / SIDE / (ms - before.ms);
  }

  /** Whether it moves so fast that the movement may not count. */
  isHasty(frame: HTMLCanvasElement, ms: number): boolean {
    return this.speed(frame, ms) > LIMIT;
  }

  private grey(frame: HTMLCanvasElement, ms: number): Grey | null {
    const scale = SIDE / Math.max(frame.width, frame.height);
    const [width, height] = [Math.round(frame.width * scale), Math.round(frame.height * scale)];
    [this.canvas.width, this.canvas.height] = [width, height];
    const context = this.canvas.getContext("2d", { alpha: false, willReadFrequently: true });
    if (!context) return null;
    context.drawImage(frame, 0, 0, width, height);
    const { data } = context.getImageData(0, 0, width, height);
    const levels = new Float32Array(width * height);
    // Green alone is near enough to grey.
    for (let at = 0; at < levels.length; at += 1) levels[at] = data[4 * at + 1] ?? 0;
    return { ms, width, height, levels };
  }
}

/**
 * Pixels by which the middle has moved from `before` to `now`: the one shift that explains the
 * change of its levels best, by their slopes (Lucas and Kanade). A change that is the same
 * everywhere, as of the screen's light, is none.
 */
function shift(before: Grey, now: Grey): number {
  const { width, height } = now;
  const level = ({ levels }: Grey, x: number, y: number) => levels[y * width + x] ?? 0;
  const [across, down] = [(width * MIDDLE[0]) / 2, (height * MIDDLE[1]) / 2];
  let [count, x1, y1, t1, xx, xy, yy, xt, yt] = [0, 0, 0, 0, 0, 0, 0, 0, 0];
  for (let y = Math.ceil(height / 2 - down); y < height / 2 + down; y += 1) {
    for (let x = Math.ceil(width / 2 - across); x < width / 2 + across; x += 1) {
      const slope = (dx: number, dy: number) =>
        (level(before, x + dx, y + dy) - level(before, x - dx, y - dy)) / 2;
      const [sx, sy] = [slope(1, 0), slope(0, 1)];
      const change = level(now, x, y) - level(before, x, y);
      count += 1;
      x1 += sx;
      y1 += sy;
      t1 += change;
      xx += sx * sx;
      xy += sx * sy;
      yy += sy * sy;
      xt += sx * change;
      yt += sy * change;
    }
  }
  const [a, b, c] = [xx - (x1 * x1) / count, xy - (x1 * y1) / count, yy - (y1 * y1) / count];
  const [d, e] = [xt - (x1 * t1) / count, yt - (y1 * t1) / count];
  const flat = a * c - b * b;
  if (flat < 1e-3 * a * c || a <= 0) return 0;
  return Math.hypot((c * d - b * e) / flat, (a * e - b * d) / flat);
}
