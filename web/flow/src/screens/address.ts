import { type PropertyValues, html, nothing } from "lit";
import { icon } from "../icons";
import { ScreenElement } from "../screen";
import type { Reason } from "../types";
import type { Key } from "../words";

const MOST_BYTES = 20 * 1024 * 1024;
const TIPS: Key[] = ["address.tip_kinds", "address.tip_age", "address.tip_whole"];

/** A letter with the person's name and address, photographed; a person reads it. */
export class Address extends ScreenElement {
  static override properties = {
    ...ScreenElement.properties,
    told: { attribute: false },
    share: { state: true },
    broken: { state: true },
  };
  declare told: Reason[];
  /** Share of the upload that is there, 0 to 1; none while nothing is on its way. */
  declare share: number | undefined;
  declare broken: boolean;
  private sending: AbortController | undefined;

  constructor() {
    super();
    this.told = [];
    this.broken = false;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.sending?.abort();
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
    const watch = {
      progress: (share: number) => (this.share = share),
      broken: (broken: boolean) => (this.broken = broken),
    };
    const sending = new AbortController();
    this.sending = sending;
    await this.doing(async () => {
      this.share = 0;
      try {
        await this.upload("address", file, watch, sending.signal);
        this.tell("taken", "address");
      } catch (error) {
        if (!sending.signal.aborted) throw error;
      } finally {
        this.share = undefined;
      }
    });
  }

  override updated(changes: PropertyValues): void {
    if (!changes.has("share")) return;
    const [before, now] = [changes.get("share"), this.share];
    // The field that had the focus is gone, or there again.
    if ((before === undefined) !== (now === undefined)) this.readOn();
  }

  override render() {
    return html`
      <div class="stack">
        ${this.heading("address.title")}
        ${this.told.length ? this.reasons(this.told) : html`<p>${this.say("address.lead")}</p>`}
        ${this.share === undefined ? this.brokenOff("address") : nothing}
        <ul class="stack tight">
          ${TIPS.map((tip) => html`<li class="need">${icon("check")}<span>${this.say(tip)}</span></li>`)}
        </ul>
        ${this.troubled()}
        ${this.share === undefined ? this.choice() : this.onItsWay(Math.round(this.share * 100))}
      </div>
    `;
  }

  /** A phone offers its camera and its pictures for such a field. */
  private choice() {
    return html`
      <div class="actions">
        <label class="button first file">
          <input
            type="file"
            class="hidden"
            accept="image/jpeg,image/png,image/webp"
            @change=${this.pick}
          />
          ${icon("camera")}${this.say("address.choose")}
        </label>
      </div>
    `;
  }

  private onItsWay(percent: number) {
    const text = this.broken ? this.say("picture.broken", { percent }) : this.say("picture.sending");
    return html`
      <progress max="100" aria-label=${this.say("picture.progress")} .value=${percent}></progress>
      <p class=${this.broken ? "note warn" : "quiet"} role="status">${text}</p>
    `;
  }
}
customElements.define("bf-address", Address);
