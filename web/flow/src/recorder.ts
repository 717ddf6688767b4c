import { zip } from "fflate";
import { drawn, jpeg } from "./camera";

/** A frame has this longer side, and there are about so many a second. */
const SIDE = 640;
const INTERVAL_MS = 50;
const QUALITY = 0.82;

/** Keeps frames of a camera with their times, and packs them as the server takes them. */
export class Recorder {
  private readonly canvas = document.createElement("canvas");
  private readonly frames: [number, Blob][] = [];

  constructor(private readonly video: HTMLVideoElement) {}

  /** Records for `lasts` milliseconds; `tick` hears the time of each frame. */
  async record(lasts: number, tick: (ms: number) => void, signal: AbortSignal): Promise<void> {
    const began = performance.now();
    for (let next = 0; !signal.aborted; ) {
      const at = performance.now() - began;
      if (at >= lasts) return;
      if (at < next) {
        await shown();
        continue;
      }
      next = Math.max(next + INTERVAL_MS, at - INTERVAL_MS);
      tick(at);
      const frame = await jpeg(drawn(this.video, SIDE, this.canvas), QUALITY);
      this.frames.push([Math.round(at), frame]);
    }
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

/** Ends when the browser shows the next picture. */
const shown = () => new Promise<void>((resolve) => requestAnimationFrame(() => resolve()));
