import { type PropertyValues, css, html, nothing } from "lit";
import { advised } from "../advice";
import { NoCamera, type CameraTrouble, atDesk, close, isPoor, open, possible, still } from "../camera";
import { cameraNote } from "../camera-note";
import { guide, outline } from "../guides";
import { icon } from "../icons";
import { type Advice, Preview, type Seen } from "../preview";
import { onItsWay } from "../progress";
import { ScreenElement } from "../screen";
import { type Judged, judged, shown, withFaults } from "../shown";
import { style } from "../style";
import { viewfinder } from "../viewfinder";
import type { PicturePlace, Reason, Taken } from "../types";
import type { Key } from "../words";

type Stage =
  | { name: "intro" }
  | { name: "camera" }
  | { name: "sending"; url: string; share: number; broken: boolean }
  | ({ name: "faulty" } & Judged);

/** So many answers without a fault in a row release the shutter. */
const STEADY = 2;
/** The server takes no larger pictures. */
const MOST_BYTES = 20 * 1024 * 1024;

/** Something is to be done before the picture can be taken. */
const mends = ({ kind }: Advice) => ["mend", "closer", "back", "centre"].includes(kind);

const own = css`
  .tips li {
    display: flex;
    gap: 0.6rem;
  }
  .tips .icon {
    color: var(--good);
    width: 1.3rem;
    height: 1.5rem;
  }
  .file:focus-within {
    outline: 3px solid var(--ink);
    outline-offset: 2px;
  }
`;

/** One picture: by the live camera, which says what to mend, or from a file. */
export class Picture extends ScreenElement {
  static override styles = [style, viewfinder, shown, own];
  static override properties = {
    ...ScreenElement.properties,
    place: { attribute: false },
    told: { attribute: false },
    stage: { state: true },
    noCamera: { state: true },
    seen: { state: true },
    shape: { state: true },
    poor: { state: true },
  };
  declare place: PicturePlace;
  declare told: Reason[];
  declare stage: Stage;
  declare noCamera: CameraTrouble | "";
  declare seen: Seen;
  declare shape: [number, number];
  /** The camera shows too little for a document. */
  declare poor: boolean;
  private stream: MediaStream | null = null;
  private preview: Preview | null = null;
  private sending = new AbortController();
  private steady = 0;
  /** The camera is wanted for as long as this does not change. */
  private wanted = 0;
  /** Where the camera was opened, and where the way back from it leads. */
  private openedFrom: Stage = { name: "intro" };

  constructor() {
    super();
    this.told = [];
    this.stage = { name: "intro" };
    this.noCamera = possible() ? "" : "none";
    this.seen = { advice: { kind: "looking" }, outline: null };
    this.shape = [4, 3];
    this.poor = false;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.stop();
    this.sending.abort();
    this.release();
  }

  private get ofDocument(): boolean {
    return this.place === "front" || this.place === "back";
  }

  /** The camera in front, whose picture one sees as in a mirror. */
  private get mirrored(): boolean {
    return !this.ofDocument;
  }

  /** A computer without a camera that can be used: a phone has one. */
  private get betterOnAPhone(): boolean {
    const none = this.noCamera === "none" || (this.noCamera !== "" && atDesk());
    return none && !this.session.arrived;
  }

  private key(name: string): Key {
    return `picture.${this.place}_${name}` as Key;
  }

  private release(): void {
    for (const stage of [this.stage, this.openedFrom]) {
      if ("url" in stage) URL.revokeObjectURL(stage.url);
    }
    this.openedFrom = { name: "intro" };
  }

  private stop(): void {
    this.wanted += 1;
    this.preview?.end();
    this.preview = null;
    close(this.stream);
    this.stream = null;
  }

  override turnOff(): boolean {
    const on = this.stage.name === "camera";
    this.stop();
    if (on) this.stage = this.openedFrom;
    return on;
  }

  private async start(): Promise<void> {
    await this.doing(async () => {
      const { wanted } = this;
      try {
        const stream = await open(this.mirrored ? "user" : "environment");
        // While one was asked for permission a file may have been chosen.
        if (wanted !== this.wanted) return close(stream);
        this.stream = stream;
      } catch (error) {
        if (!(error instanceof NoCamera)) throw error;
        this.noCamera = error.trouble;
        return;
      }
      this.noCamera = "";
      this.steady = 0;
      this.seen = { advice: { kind: "looking" }, outline: null };
      this.openedFrom = this.stage;
      this.stage = { name: "camera" };
      await this.updateComplete;
      const video = this.renderRoot.querySelector("video");
      if (!video) return this.stop();
      video.srcObject = this.stream;
      await video.play().catch(() => undefined);
      if (wanted !== this.wanted) return;
      this.shape = [video.videoWidth || 4, video.videoHeight || 3];
      this.poor = this.ofDocument && isPoor(video);
      const { api } = this.session;
      const watching = {
        see: (seen: Seen) => this.look(seen),
        ended: () => this.tell("ended"),
      };
      this.preview = new Preview(api, video, this.place, watching);
      void this.preview.run();
    });
  }

  private look(seen: Seen): void {
    if (this.stage.name !== "camera") return;
    // Something else is to be done than before: whoever looks at the document feels it.
    if (mends(seen.advice) && !mends(this.seen.advice)) navigator.vibrate?.(20);
    this.seen = seen;
    // Whether the document is beside the face as it should be is for the person to see.
    const ready = seen.advice.kind === "ready" && this.place !== "held";
    this.steady = ready ? this.steady + 1 : 0;
    if (this.steady >= STEADY) void this.shoot();
  }

  private async shoot(): Promise<void> {
    const video = this.renderRoot.querySelector("video");
    if (this.busy || this.stage.name !== "camera" || !video?.videoWidth) return;
    this.busy = true;
    this.preview?.end();
    navigator.vibrate?.(40);
    const { wanted } = this;
    const picture = await still(video).catch(() => null);
    if (wanted !== this.wanted) {
      this.busy = false;
      return;
    }
    if (picture) return this.send(picture);
    this.stop();
    this.busy = false;
    this.noCamera = "busy";
    this.stage = { name: "intro" };
  }

  private async pick(event: Event): Promise<void> {
    const input = event.target as HTMLInputElement;
    const file = input.files?.[0];
    input.value = "";
    if (!file) return;
    if (file.size > MOST_BYTES) {
      this.trouble = "trouble.large";
      return;
    }
    await this.send(file);
  }

  private async send(picture: Blob): Promise<void> {
    this.stop();
    this.release();
    const url = URL.createObjectURL(picture);
    this.stage = { name: "sending", url, share: 0, broken: false };
    const now = (change: Partial<Extract<Stage, { name: "sending" }>>) => {
      if (this.stage.name === "sending") this.stage = { ...this.stage, ...change };
    };
    const watch = {
      progress: (share: number) => now({ share }),
      broken: (broken: boolean) => now({ broken }),
    };
    this.sending = new AbortController();
    this.busy = true;
    this.trouble = "";
    try {
      const taken = await this.upload(this.place, picture, watch, this.sending.signal);
      await this.took(taken, url);
    } catch (error) {
      if (this.sending.signal.aborted) return;
      this.release();
      this.stage = { name: "intro" };
      this.failed(error);
    } finally {
      this.busy = false;
    }
  }

  private async took({ faults }: Taken, url: string): Promise<void> {
    if (faults.length === 0) {
      navigator.vibrate?.([30, 40, 30]);
      this.tell("taken", this.place);
      return;
    }
    this.stage = { name: "faulty", ...(await judged(url, faults)) };
  }

  override updated(changes: PropertyValues): void {
    const before = changes.get("stage") as Stage | undefined;
    // Each of these is another screen, and the reading begins at its heading.
    if (before && before.name !== this.stage.name) this.readOn();
    // Not as an attribute: the pages' policy permits no style in the markup.
    const finder = this.renderRoot.querySelector<HTMLElement>(".finder");
    finder?.style.setProperty("--ratio", String(this.shape[0] / this.shape[1]));
  }

  override render() {
    switch (this.stage.name) {
      case "camera":
        return this.camera();
      case "sending":
        return this.onItsWay(this.stage);
      case "faulty":
        return this.faulty(this.stage);
      default:
        return this.intro();
    }
  }

  private intro() {
    const tips: Key[] = this.ofDocument
      ? ["picture.tip_flat", "picture.tip_corners", "picture.tip_light", "picture.tip_cover"]
      : this.place === "held"
        ? ["picture.tip_beside", "picture.tip_hand", "picture.tip_light", "picture.tip_face"]
        : ["picture.tip_eye_level", "picture.tip_window", "picture.tip_face"];
    return html`
      <div class="stack">
        ${this.heading(this.key("title"))}
        ${this.told.length ? this.reasons(this.told) : html`<p>${this.say(this.key("lead"))}</p>`}
        ${this.brokenOff(this.place)}
        <ul class="stack tight tips">
          ${tips.map((tip) => html`<li>${icon("check")}<span>${this.say(tip)}</span></li>`)}
        </ul>
        ${cameraNote(this.noCamera, "picture", this.session.say)} ${this.troubled()}
        <div class="actions">
          ${this.betterOnAPhone ? this.onAPhone() : nothing}
          ${this.noCamera === "none"
            ? nothing
            : html`<button class=${this.betterOnAPhone ? "" : "first"} aria-disabled=${this.busy} @click=${this.start}>
                ${icon("camera")}${this.say(this.noCamera ? "camera.again" : "picture.open_camera")}
              </button>`}
          ${this.fileButton(this.noCamera === "none" && this.session.arrived)}
          ${this.ofDocument ? this.otherDocument() : nothing}
        </div>
      </div>
    `;
  }

  private otherDocument() {
    return html`
      <button class="link" @click=${() => this.tell("unchoose")}>
        ${this.say("details.other_document")}
      </button>
    `;
  }

  private fileButton(first = false) {
    return html`
      <label class="button ${first ? "first" : ""} file">
        <input
          type="file"
          class="hidden"
          accept="image/jpeg,image/png,image/webp"
          @change=${this.pick}
        />
        ${this.say("picture.file")}
      </label>
    `;
  }

  private camera() {
    const [kind, text] = advised(this.seen.advice, this.place, this.session);
    const [width, height] = this.shape;
    const corners = this.ofDocument ? this.seen.outline : null;
    return html`
      <div class="stack">
        ${this.heading(this.key("title"))}
        <div class="finder ${kind} ${this.mirrored ? "mirrored" : ""} ${corners ? "seen" : ""}">
          <video muted playsinline aria-label=${this.say("picture.finder")}></video>
          <svg viewBox="0 0 ${width} ${height}" aria-hidden="true">
            ${corners ? outline(corners, this.shape) : nothing}
          </svg>
          ${guide(this.place, this.shape)}
        </div>
        <p class="hint ${kind}" aria-live="polite" aria-atomic="true">${text}</p>
        ${this.poor && !this.session.arrived
          ? html`<p class="note warn" role="status"><span>${this.say("camera.poor")}</span></p>
              <div class="actions">${this.onAPhone()}</div>`
          : nothing}
        <div class="actions shutter-row">
          <button class="shutter" @click=${this.shoot} aria-label=${this.say("picture.shutter")}>
            <span></span>
          </button>
          ${this.fileButton()}
        </div>
      </div>
    `;
  }

  private onItsWay({ url, share, broken }: Extract<Stage, { name: "sending" }>) {
    return html`
      <div class="stack">
        ${this.heading(this.key("title"))}
        <div class="shown"><img src=${url} alt=${this.say("picture.yours")} /></div>
        ${onItsWay(share, broken, this.session.say)}
      </div>
    `;
  }

  private faulty(picture: Judged) {
    const none = this.noCamera === "none";
    return html`
      <div class="stack">
        ${this.heading("picture.faulty_title")} ${withFaults(picture, this.session.say)}
        ${this.reasons(picture.faults)} ${cameraNote(this.noCamera, "picture", this.session.say)}
        ${this.troubled()}
        <div class="actions">
          ${this.betterOnAPhone ? this.onAPhone() : nothing}
          ${none
            ? nothing
            : html`<button class=${this.betterOnAPhone ? "" : "first"} aria-disabled=${this.busy} @click=${this.start}>
                ${icon("camera")}${this.say(this.noCamera ? "camera.again" : "picture.again")}
              </button>`}
          ${this.fileButton(none && this.session.arrived)}
          ${this.ofDocument ? this.otherDocument() : nothing}
          <button class="link" @click=${() => this.tell("taken", this.place)}>
            ${this.say("picture.use_anyway")}
          </button>
        </div>
      </div>
    `;
  }
}
customElements.define("bf-picture", Picture);
