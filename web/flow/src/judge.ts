import type { Judged } from "./judge.worker";

/** A frame with less than this share of the sharpness of late moves too much to be sent. */
const MOVES = 0.4;
/** Not even the lightest part is as light as paper. */
const DARK = 70;
/** Frames for the server have this longer side, pixels. */
const SIDE = 640;

export type Worth = "dark" | "moving" | "good";

/** Asks the worker about frames, one at a time. */
export class Judge {
  private readonly worker = new Worker(new URL("./judge.worker.ts", import.meta.url), {
    type: "module",
  });
  private best = 0;

  async frame(video: HTMLVideoElement): Promise<{ judged: Judged; worth: Worth; scale: number }> {
    const { videoWidth: width, videoHeight: height } = video;
    const scale = Math.min(1, SIDE / Math.max(width, height));
    const bitmap = await createImageBitmap(video, {
      resizeWidth: Math.max(1, Math.round(width * scale)),
      resizeHeight: Math.max(1, Math.round(height * scale)),
    });
    const judged = await new Promise<Judged>((resolve) => {
      this.worker.onmessage = ({ data }: MessageEvent<Judged>) => resolve(data);
      this.worker.postMessage(bitmap, [bitmap]);
    });
    // What was sharp a while ago is no measure of what is in front of the camera now.
    this.best = Math.max(judged.sharp, 0.95 * this.best);
    const moving = judged.sharp < MOVES * this.best;
    return { judged, scale, worth: judged.light < DARK ? "dark" : moving ? "moving" : "good" };
  }

  end(): void {
    this.worker.terminate();
  }
}
