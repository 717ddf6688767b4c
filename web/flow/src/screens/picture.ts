import { css, html, nothing, svg } from "lit";
import { advised } from "../advice";
import { NoCamera, type CameraTrouble, atDesk, close, isPoor, open, possible, still } from "../camera";
import { icon } from "../icons";
import { type Advice, Preview, type Seen } from "../preview";
import { ScreenElement } from "../screen";
import { style } from "../style";
import { viewfinder } from "../viewfinder";
import type { PicturePlace, Reason, Taken } from "../types";
import type { Key } from "../words";


type Stage =
  | { name: "intro" }
  | { name: "camera" }
  | { name: "sending"; url: string; share: number; broken: boolean }
  | { name: "faulty"; url: string; width: number; height: number; faults: Reason[] };

/** So many answers without a fault in a row release the shutter. */
const STEADY = 2;
/** The server takes no larger pictures. */
const MOST_BYTES = 20 * 1024 * 1024;

/** Something is to be done before the picture can be taken. */
const mends = ({ kind }: Advice) => ["mend", "closer", "back", "centre"].includes(kind);

const outline = (points: string) => svg`<polygon class="outline" points=${points}/>`;
/** A face with a card beside it; in an upright picture there is more room below. */
const beside = (upright: boolean) => html`
  <svg class="guide beside" viewBox=${upright ? "0 0 75 100" : "0 0 100 75"} aria-hidden="true">
    ${upright
      ? svg`<ellipse cx="31" cy="36" rx="18" ry="25" /><rect x="42" y="64" width="29" height="19" rx="2" />`
      : svg`<ellipse cx="36" cy="33" rx="18" ry="24" /><rect x="58" y="34" width="33" height="22" rx="2" />`}
  </svg>
`;
const marked = (region: [number, number][]) => svg`
  <polygon class="halo" points=${region.map((at) => at.join(",")).join(" ")}/>
  <polygon class="fault" points=${region.map((at) => at.join(",")).join(" ")}/>
`;

const shown = css`
.shown {
  position: relative;
  display: grid;
  border-radius: var(--radius);
  overflow: hidden;
  background: var(--well);
}
.shown > * {
  grid-area: 1 / 1;
  width: 100%;
  height: auto;
  max-height: 60vh;
  object-fit: contain;
}
.shown svg {
  height: 100%;
}
.fault,
.halo {
  fill: none;
  stroke: #fff;
  stroke-width: 7px;
  vector-effect: non-scaling-stroke;
  stroke-linejoin: round;
}
.fault {
  fill: rgb(226 40 55 / 16%);
  stroke: #c8102e;
  stroke-width: 3.5px;
}
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
  static override styles = [style, viewfinder, shown];
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
    if ("url" in this.stage) URL.revokeObjectURL(this.stage.url);
  }

  private stop(): void {
    this.preview?.end();
    this.preview = null;
    close(this.stream);
    this.stream = null;
  }

  private async start(): Promise<void> {
    await this.doing(async () => {
      try {
        const stream = await open(this.mirrored ? "user" : "environment");
        if (!this.isConnected) return close(stream);
        this.stream = stream;
      } catch (error) {
        if (!(error instanceof NoCamera)) throw error;
        this.noCamera = error.trouble;
        return;
      }
      this.noCamera = "";
      this.steady = 0;
      this.seen = { advice: { kind: "looking" }, outline: null };
      this.release();
      this.stage = { name: "camera" };
      await this.updateComplete;
      const video = this.renderRoot.querySelector("video");
      if (!video) return this.stop();
      video.srcObject = this.stream;
      await video.play();
      this.shape = [video.videoWidth || 4, video.videoHeight || 3];
      this.poor = this.ofDocument && isPoor(video);
      const { api } = this.session;
      this.preview = new Preview(api, video, this.place, (seen) => this.look(seen));
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
    const picture = await still(video).catch(() => null);
    this.stop();
    if (picture) return this.send(picture);
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
      this.trouble = this.say("trouble.large");
      return;
    }
    this.stop();
    await this.send(file);
  }

  private async send(picture: Blob): Promise<void> {
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
    const picture = new Image();
    picture.src = url;
    await picture.decode().catch(() => undefined);
    const [width, height] = [picture.naturalWidth || 4, picture.naturalHeight || 3];
    this.stage = { name: "faulty", url, width, height, faults };
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>("h1")?.focus();
  }

  override updated(): void {
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
        ${this.noCamera
          ? html`<p class="note warn" role="alert">
              <strong>${this.say(`camera.${this.noCamera}`)}</strong>
              <span>${this.say(`camera.${this.noCamera}_fix`)}</span>
            </p>`
          : nothing}
        ${this.troubled()}
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

  /** Where face and document go. */
  private guide() {
    const [width, height] = this.shape;
    if (this.place === "held") return beside(height > width);
    const shape = this.ofDocument ? "card" : "oval";
    return html`<span class="guide ${shape}" aria-hidden="true"></span>`;
  }

  private camera() {
    const [kind, text] = advised(this.seen.advice, this.place, this.session);
    const [width, height] = this.shape;
    const drawn = this.ofDocument ? this.seen.outline : null;
    const corners = drawn?.map(([x, y]) => `${x * width},${y * height}`).join(" ");
    return html`
      <div class="stack">
        ${this.heading(this.key("title"))}
        <div class="finder ${kind} ${this.mirrored ? "mirrored" : ""} ${corners ? "seen" : ""}">
          <video muted playsinline aria-label=${this.say("picture.finder")}></video>
          <svg viewBox="0 0 ${width} ${height}" aria-hidden="true">
            ${corners ? outline(corners) : nothing}
          </svg>
          ${this.guide()}
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
    const percent = Math.round(share * 100);
    const text = broken
      ? this.say("picture.broken", { percent })
      : this.say(share < 1 ? "picture.sending" : "picture.judging");
    return html`
      <div class="stack">
        ${this.heading(this.key("title"))}
        <div class="shown"><img src=${url} alt=${this.say("picture.yours")} /></div>
        <progress
          max="100"
          aria-label=${this.say("picture.progress")}
          .value=${share < 1 ? percent : 100}
        ></progress>
        <p class=${broken ? "note warn" : "quiet"} role="status">${text}</p>
      </div>
    `;
  }

  private faulty({ url, width, height, faults }: Extract<Stage, { name: "faulty" }>) {
    const regions = faults.filter(({ region }) => region && region.length > 2);
    return html`
      <div class="stack">
        ${this.heading("picture.faulty_title")}
        <div class="shown">
          <img src=${url} alt=${this.say("picture.yours")} />
          <svg viewBox="0 0 ${width} ${height}" aria-hidden="true">
            ${regions.map(({ region }) => marked(region ?? []))}
          </svg>
        </div>
        ${this.reasons(faults)}
        ${this.troubled()}
        <div class="actions">
          ${this.noCamera === "none"
            ? nothing
            : html`<button class="first" @click=${this.start}>
                ${icon("camera")}${this.say("picture.again")}
              </button>`}
          ${this.fileButton(this.noCamera === "none")}
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
