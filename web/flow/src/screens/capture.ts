import { type PropertyValues, css, html, nothing } from "lit";
import { Refused } from "../api";
import { advised } from "../advice";
import { cameraNote } from "../camera-note";
import { type CameraTrouble, NoCamera, atDesk, close, open, possible } from "../camera";
import { RunningDigest, sha256 } from "../digest";
import { icon } from "../icons";
import { lamps, shining } from "../lamp";
import { liveLead } from "../live-lead";
import { type Counting, type Moving, oval, prompt, prompts, repeated } from "../live";
import { movements } from "../movement";
import { otherwise } from "../otherwise";
import { Pace } from "../pace";
import { type Advice, Preview, type Seen } from "../preview";
import { onItsWay } from "../progress";
import { Recorder } from "../recorder";
import { ScreenElement } from "../screen";
import { style } from "../style";
import { viewfinder } from "../viewfinder";
import { Voice, sound } from "../voice";
import type { Action, Challenge, Part, Reason } from "../types";
import type { Key } from "../words";

type Stage =
  | { name: "intro" | "aiming" }
  | Counting
  | Moving
  | { name: "sending"; share: number; broken: boolean }
  | { name: "faulty"; faults: Reason[] };

/** One counts down so long before a challenge, and what it repeats is read and heard in twice that. */
const COUNT = 3;
/** So long it is said that a movement was too fast, milliseconds. */
const SLOWER_MS = 1000;
/** The camera is on. */
const LIVE = ["aiming", "counting", "moving"];

const own = css`
  .row {
    display: flex;
    justify-content: space-between;
    align-items: center;
    gap: 1rem;
    margin-block: -0.4rem;
  }
  .row > span {
    display: flex;
    gap: 0.25rem;
  }
`;

/** The live capture: the server says which movements, the camera sees them made. */
export class Capture extends ScreenElement {
  static override styles = [style, viewfinder, movements, prompts, own, sound, lamps];
  static override properties = {
    ...ScreenElement.properties,
    told: { attribute: false },
    stage: { state: true },
    noCamera: { state: true },
    advice: { state: true },
    without: { state: true },
  };
  declare told: Reason[];
  declare stage: Stage;
  declare noCamera: CameraTrouble | "";
  declare advice: Advice;
  declare without: Part[];
  private readonly voice = new Voice(this);
  private stream: MediaStream | null = null;
  private aiming: Preview | null = null;
  private ending = new AbortController();
  /** Milliseconds of the recording. */
  private slowerUntil = 0;

  constructor() {
    super();
    this.told = [];
    this.stage = { name: "intro" };
    this.noCamera = possible() ? "" : "none";
    this.advice = { kind: "looking" };
    this.without = [];
  }

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener("visibilitychange", this.away);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener("visibilitychange", this.away);
    this.stop();
  }

  /** A camera that nobody looks into sees no movement. */
  private readonly away = (): void => {
    if (document.hidden && LIVE.includes(this.stage.name)) this.halt("capture.away");
  };

  /** Back to the beginning. */
  private halt(why: Key | "" = ""): void {
    this.stop();
    this.stage = { name: "intro" };
    this.trouble = why;
  }

  override turnOff(): boolean {
    // What is on its way goes on.
    if (this.stage.name === "sending") return false;
    const on = LIVE.includes(this.stage.name);
    if (on) this.halt();
    else this.stop();
    return on;
  }

  private lost(trouble: CameraTrouble): void {
    this.halt();
    this.noCamera = trouble;
  }

  override updated(changes: PropertyValues): void {
    const dialog = this.renderRoot.querySelector("dialog");
    if (dialog && !dialog.open) dialog.showModal();
    const before = changes.get("stage") as Stage | undefined;
    // Each of these is another screen, and the reading begins at its heading.
    const other = before && (before.name !== this.stage.name) && this.stage.name !== "moving";
    if (other) this.readOn();
  }

  private stop(): void {
    this.ending.abort();
    this.aiming?.end();
    close(this.stream);
    this.stream = null;
    this.voice.silence();
  }

  private async start(): Promise<void> {
    await this.doing(async () => {
      this.ending = new AbortController();
      const { signal } = this.ending;
      try {
        const stream = await open("user");
        if (signal.aborted || !this.isConnected) return close(stream);
        this.stream = stream;
      } catch (error) {
        if (!(error instanceof NoCamera)) throw error;
        return this.lost(error.trouble);
      }
      for (const track of this.stream.getTracks()) track.onended = () => this.lost("busy");
      this.noCamera = "";
      this.stage = { name: "aiming" };
      await this.updateComplete;
      const video = this.video();
      if (!video) return this.stop();
      video.srcObject = this.stream;
      await video.play().catch(() => undefined);
      if (signal.aborted) return;
      this.voice.say(this.say("capture.aim"));
      this.advice = { kind: "looking" };
      const watching = {
        see: ({ advice }: Seen) => {
          this.advice = advice;
        },
        ended: () => this.tell("ended"),
      };
      this.aiming = new Preview(this.session.api, video, "selfie", watching);
      void this.aiming.run();
    });
  }

  private video(): HTMLVideoElement | null {
    return this.renderRoot.querySelector("video");
  }

  private async go(): Promise<void> {
    await this.doing(async () => {
      const { signal } = this.ending;
      const asked = this.session.api.challenge(this.without, signal);
      const challenge = await asked.catch((error) => {
        if (signal.aborted) return null;
        throw error;
      });
      if (!challenge || signal.aborted) return;
      this.aiming?.end();
      const colour = challenge.light.length > 0 ? "white" : null;
      const { again } = challenge;
      for (let left = again.length > 0 ? 2 * COUNT : COUNT; left > 0; left -= 1) {
        this.stage = { name: "counting", colour, left, again };
        if (left <= COUNT) this.voice.say(String(left));
        else if (left === 2 * COUNT) this.voice.say(repeated(again, this.session.say));
        await pause(900, signal);
        if (signal.aborted) return;
      }
      await this.perform(challenge);
    });
  }

  private async perform({ steps, light, lasts_ms: lasts, nonce }: Challenge): Promise<void> {
    const video = this.video();
    if (!video) return;
    const [chain, pace] = [new RunningDigest(nonce), new Pace()];
    const recorder = new Recorder(video, chain);
    let told: Action | "look" | null = null;
    this.slowerUntil = 0;
    const tick = (ms: number) => {
      const step = steps.findLast((one) => one.from_ms <= ms);
      const action = step?.action ?? null;
      if (told !== (action ?? "look")) {
        told = action ?? "look";
        this.voice.say(this.say(`capture.${told}` as Key));
        navigator.vibrate?.(40);
      }
      const seconds = Math.max(0, Math.ceil(((step?.to_ms ?? lasts) - ms) / 1000));
      const colour = shining(light, ms);
      const slower = ms < this.slowerUntil;
      this.stage = { name: "moving", action, colour, share: Math.min(1, ms / lasts), seconds, slower };
    };
    try {
      const kept = (frame: HTMLCanvasElement, ms: number) => {
        if (steps.length > 0 && pace.isHasty(frame, ms)) this.hasten(ms);
      };
      await recorder.record(lasts + 150, { tick, kept }, this.ending.signal);
    } catch (error) {
      if (error instanceof NoCamera) return this.lost(error.trouble);
      throw error;
    }
    if (this.ending.signal.aborted) return;
    this.voice.say(this.say("capture.done"));
    this.stage = { name: "sending", share: 0, broken: false };
    const bytes = await recorder.archive();
    const camera = this.stream?.getVideoTracks()[0]?.label ?? "";
    close(this.stream);
    await this.send(bytes, await chain.digits(), camera);
  }

  /** Said while it can still be mended; what is too fast the server decides. */
  private hasten(ms: number): void {
    if (ms < this.slowerUntil) return;
    this.slowerUntil = ms + SLOWER_MS;
    this.voice.say(this.say("capture.slower"));
    navigator.vibrate?.([40, 60, 40]);
  }

  private async send(bytes: Blob, chain: string, camera: string): Promise<void> {
    const now = (change: object) => {
      if (this.stage.name === "sending") this.stage = { ...this.stage, ...change };
    };
    const watch = {
      progress: (share: number) => now({ share }),
      broken: (broken: boolean) => now({ broken }),
    };
    const { signal } = this.ending;
    try {
      // What is announced in time may arrive later: nothing can be made up any more.
      const recorded = { sha256: await sha256(bytes), chain, camera, automated: navigator.webdriver };
      await this.session.api.announce(recorded, watch, signal);
      const { faults } = await this.upload("capture", bytes, watch, signal);
      if (faults.length === 0) return this.tell("taken", "capture");
      this.stage = { name: "faulty", faults };
    } catch (error) {
      if (this.ending.signal.aborted) return;
      this.stage = { name: "intro" };
      if (!(error instanceof Refused && error.code === "challenge-expired")) throw error;
      this.trouble = "capture.expired";
    }
  }

  override render() {
    const { stage } = this;
    if (stage.name === "intro") return this.intro();
    if (stage.name === "sending") {
      return html`<div class="stack">
        ${this.heading("capture.done")} ${onItsWay(stage.share, stage.broken, this.session.say)}
      </div>`;
    }
    if (stage.name === "faulty") return this.faulty(stage.faults);
    const colour = "colour" in stage && stage.colour ? `coloured ${stage.colour}` : "";
    return html`
      <dialog class="lamp ${colour}" aria-label=${this.say("capture.title")} @cancel=${this.stopped}>
        <div class="stack">
          <div class="row">
            ${this.heading("capture.title")}
            <span>
              ${this.voice.button()}
              <button class="link" @click=${this.stopped}>${this.say("capture.stop")}</button>
            </span>
          </div>
          <div class="finder mirrored ${this.frame()}">
            <video muted playsinline aria-label=${this.say("picture.finder")}></video>
            ${oval(stage.name === "moving" ? stage.share : 0)}
            ${stage.name === "counting" ? html`<p class="count" role="status">${stage.left}</p>` : nothing}
          </div>
          ${this.under()}
          ${this.troubled()}
          ${stage.name === "aiming"
            ? html`<div class="actions">
                <button class="first" aria-disabled=${this.busy} @click=${this.go}>
                  ${this.say("capture.ready")}
                </button>
              </div>`
            : nothing}
        </div>
      </dialog>
    `;
  }

  private stopped(event: Event): void {
    event.preventDefault();
    this.halt();
  }

  /** How the line round the face looks: white while its part tells the time. */
  private frame(): string {
    return this.stage.name === "moving" ? "" : advised(this.advice, "selfie", this.session)[0];
  }

  private under() {
    const { stage } = this;
    if (stage.name === "moving") return prompt(stage, this.session.say);
    if (stage.name === "counting" && stage.again.length > 0) {
      return html`<p class="hint ready" role="status">${repeated(stage.again, this.session.say)}</p>`;
    }
    const [kind, text] = advised(this.advice, "selfie", this.session);
    // There is no shutter to press here: it goes on when the line is back.
    if (kind === "offline") return html`<p class="hint offline" role="status">${this.say("trouble.offline")}</p>`;
    // Nobody has to hold still before the countdown is over.
    const said = kind === "ready" ? this.say("capture.good") : text;
    return html`<p class="hint ${kind}" aria-live="polite" aria-atomic="true">${said}</p>`;
  }

  private intro() {
    // A computer without a camera that can be used: a phone has one.
    const elsewhere = this.noCamera === "none" || (this.noCamera !== "" && atDesk());
    const still = this.without.includes("movements");
    return html`
      <div class="stack">
        <div class="row">
          ${this.heading(this.told.length ? "capture.again_title" : "capture.title")} ${this.voice.button()}
        </div>
        ${this.told.length
          ? this.reasons(this.told)
          : html`<p>${this.say(still ? "capture.lead_still" : "capture.lead")}</p>`}
        ${this.brokenOff("capture")}
        ${liveLead(this.session, this.without)}
        ${this.choices()}
        ${cameraNote(this.noCamera, "live", this.session.say)} ${this.troubled()}
        <div class="actions">
          ${elsewhere ? this.onAPhone() : nothing}
          <button class=${elsewhere && !this.session.arrived ? "" : "first"} aria-disabled=${this.busy} @click=${this.start}>
            ${icon("camera")}${this.say(this.noCamera ? "camera.again" : "picture.open_camera")}
          </button>
        </div>
      </div>
    `;
  }

  private choices() {
    return otherwise(this.session, this.without, (without) => {
      this.without = without;
    });
  }

  private faulty(faults: Reason[]) {
    return html`
      <div class="stack">
        ${this.heading("capture.faulty_title")} ${this.reasons(faults)}
        <p>${this.say("capture.faulty_lead")}</p>
        ${this.choices()}
        <div class="actions">
          <button class="first" @click=${this.start}>${icon("camera")}${this.say("capture.again")}</button>
          <button class="link" @click=${() => this.tell("taken", "capture")}>
            ${this.say("capture.use_anyway")}
          </button>
        </div>
      </div>
    `;
  }
}
customElements.define("bf-capture", Capture);

const pause = (ms: number, signal: AbortSignal) =>
  new Promise<void>((resolve) => {
    setTimeout(resolve, ms);
    signal.addEventListener("abort", () => resolve(), { once: true });
  });
