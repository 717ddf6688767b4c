import { Judge } from "./judge";

/** Mean luminance of the middle of the picture between which a face can be seen. */
const DARK = 55;
/** Share of it that may be clipped. */
const CLIPPED = 0.3;
const EVERY_MS = 400;

export type Found = "dark" | "bright" | "selfie";

/** Looks at the light on a face while it is being aimed at; the verdict is the server's. */
export class Position {
  private ended = false;

  constructor(
    private readonly video: HTMLVideoElement,
    private readonly found: (found: Found) => void,
  ) {}

  async run(): Promise<void> {
    const judge = new Judge();
    while (!this.ended) {
      await new Promise((resolve) => setTimeout(resolve, EVERY_MS));
      if (this.ended || !this.video.videoWidth) continue;
      const seen = await judge.frame(this.video).catch(() => null);
      if (this.ended || !seen) continue;
      const { middle, clipped } = seen.judged;
      this.found(middle < DARK ? "dark" : clipped > CLIPPED ? "bright" : "selfie");
    }
    judge.end();
  }

  end(): void {
    this.ended = true;
  }
}
