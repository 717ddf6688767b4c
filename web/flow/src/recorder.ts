import { zip } from "fflate";
import { NoCamera, drawn, jpeg } from "./camera";
import type { RunningDigest } from "./digest";

/** A frame has this longer side: the generated captures that the limits of light were measured on
 * have 320 pixels (ACCURACY.md, Live captures). */
const SIDE = 480;
/** At most so many a second as these fit in. */
const INTERVAL_MS = 50;
const QUALITY = 0.8;
/** A camera that gives no frame for so long gives none any more. */
const PATIENCE_MS = 1500;

/** What hears of a recording, with the milliseconds since it began. */
export interface Watch {
  /** At each painting of the screen. */
  tick(ms: number): void;
  /** Of each frame that is kept. */
  kept(frame: HTMLCanvasElement, ms: number): void;
}

/** Keeps frames of a camera with their times, and packs them as the server takes them. */
export class Recorder {
  private readonly canvas = document.createElement("canvas");
  private readonly frames: [number, Blob][] = [];

  constructor(
    private readonly video: HTMLVideoElement,
    private readonly chain: RunningDigest,
  ) {}

  /** Records for `lasts` milliseconds. */
  async record(lasts: number, watch: Watch, signal: AbortSignal): Promise<void> {
    const began = performance.now();
    const paint = () => {
      const at = performance.now() - began;
      if (signal.aborted || at >= lasts) return;
      watch.tick(at);
      requestAnimationFrame(paint);
    };
    paint();
    for (let next = 0; !signal.aborted; ) {
      await this.frame(signal);
      const at = performance.now() - began;
      if (at >= lasts) return;
      if (at < next) continue;
      next = Math.max(next + INTERVAL_MS, at - INTERVAL_MS);
      const frame = drawn(this.video, SIDE, this.canvas);
      watch.kept(frame, at);
      const [ms, bytes] = [Math.round(at), await jpeg(frame, QUALITY)];
      this.frames.push([ms, bytes]);
      this.chain.add(bytes, ms);
    }
  }

  /** Ends when the camera has given another frame: the same one twice would be none. */
  private frame(signal: AbortSignal): Promise<void> {
    const { video } = this;
    return new Promise((resolve, reject) => {
      const late = () => (signal.aborted ? resolve() : reject(new NoCamera("busy")));
      const timer = setTimeout(late, PATIENCE_MS);
      const done = () => {
        clearTimeout(timer);
        signal.removeEventListener("abort", done);
        resolve();
      };
      signal.addEventListener("abort", done);
      if ("requestVideoFrameCallback" in video) video.requestVideoFrameCallback(done);
      else requestAnimationFrame(done);
    });
  }

  /** A ZIP of the frames, each named by its milliseconds: `000033.jpg`. */
  async archive(): Promise<Blob> {
    const files: Record<string, Uint8Array> = {};
    for (const [at, frame] of this.frames) {
      files[`${String(at).padStart(6, "0")}.jpg`] = new Uint8Array(await frame.arrayBuffer());
    }
    return new Promise((resolve, reject) => {
      // JPEGs do not get smaller.
      zip(files, { level: 0, mtime: "1980-01-01" }, (error, bytes) =>
        error ? reject(error) : resolve(new Blob([bytes as Uint8Array<ArrayBuffer>])),
      );
    });
  }
}
