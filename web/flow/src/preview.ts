import { type Api, Offline, Refused } from "./api";
import { Judge } from "./judge";
import { type Move, whereTo } from "./position";
import { ended } from "./screen";
import type { PicturePlace, Polygon, Reason } from "./types";

/** At least so long between two frames, longer where answers take long: three a second of a
 * document; a face is held still for longer, and its frames cost the server more. */
const LEAST_MS = { front: 333, back: 333, held: 500, selfie: 500 };
const LOCAL_MS = 120;
/** Even a moving frame is sent after so long, so that there is always something to say. */
const SILENCE_MS = 1200;
/** Between two frames of which the first had no answer. */
const AGAIN_MS = 1500;

/** What is to be said now. */
export type Advice =
  | { kind: "ready" }
  | { kind: "dark" | "moving" | "looking" | "offline" }
  | { kind: Move }
  | { kind: "mend"; reason: Reason };

export interface Seen {
  advice: Advice;
  /** The corners of the document, or of the box around the face, as shares of the frame. */
  outline: Polygon | null;
}

/** Who is told what is seen. */
export interface Watching {
  see(seen: Seen): void;
  /** The token opens nothing any more. */
  ended(): void;
}

/** Looks at the camera's frames until it is ended: one in flight, no more. */
export class Preview {
  private readonly ending = new AbortController();
  private readonly judge = new Judge();

  constructor(
    private readonly api: Api,
    private readonly video: HTMLVideoElement,
    private readonly place: PicturePlace,
    private readonly watching: Watching,
  ) {}

  async run(): Promise<void> {
    let [sent, took] = [0, 0];
    while (!this.ending.signal.aborted) {
      const due = sent + Math.max(LEAST_MS[this.place], 1.3 * took);
      await pause(Math.max(LOCAL_MS, due - performance.now()));
      if (this.ending.signal.aborted) break;
      if (document.hidden || !this.video.videoWidth) continue;
      const seen = await this.judge.frame(this.video).catch(() => null);
      if (!seen) {
        // The camera is between two pictures, or its window is hidden.
        await pause(SILENCE_MS);
        continue;
      }
      if (this.ending.signal.aborted) break;
      const { judged, worth, scale } = seen;
      const silent = performance.now() - sent > SILENCE_MS;
      if (worth !== "good" && !silent) {
        this.watching.see({ advice: { kind: worth }, outline: null });
        continue;
      }
      sent = performance.now();
      await this.ask(judged.frame, scale, worth);
      took = performance.now() - sent;
    }
    this.judge.end();
  }

  end(): void {
    this.ending.abort();
  }

  private async ask(frame: Blob, scale: number, worth: string): Promise<void> {
    try {
      const { videoWidth, videoHeight } = this.video;
      const of = { of: this.place, width: videoWidth };
      const { hint, outline } = await this.api.preview(frame, of, this.ending.signal);
      const [width, height] = [videoWidth * scale, videoHeight * scale];
      const shares = outline?.map(([x, y]): [number, number] => [x / width, y / height]) ?? null;
      const move = this.place === "selfie" && shares ? whereTo(shares, width / height, hint) : null;
      const ready = worth === "good" ? { kind: "ready" as const } : { kind: "moving" as const };
      const mend = hint ? { kind: "mend" as const, reason: hint } : ready;
      this.watching.see({ advice: move ? { kind: move } : mend, outline: shares });
    } catch (error) {
      if (this.ending.signal.aborted) return;
      if (error instanceof Refused && ended(error)) return this.watching.ended();
      // The person still has the shutter, and the next frame asks again. A server that only is
      // too busy to look says nothing of the frame: what was said last stands.
      if (error instanceof Offline) this.watching.see({ advice: { kind: "offline" }, outline: null });
      await pause(AGAIN_MS);
    }
  }
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
