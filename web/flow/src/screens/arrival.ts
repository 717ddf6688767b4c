import { LitElement, type PropertyValues, css, html, nothing } from "lit";
import { Api, Offline, Refused, swap } from "../api";
import { ended } from "../screen";
import { style } from "../style";
import type { Swapped } from "../types";
import type { Say } from "../words";

const EVERY_MS = 1500;

/** On the phone: whose session is it, did you start it, and the number that both show. */
export class Arrival extends LitElement {
  static override styles = [
    style,
    css`
      .number {
        font-size: 2.6rem;
        font-weight: 750;
        letter-spacing: 0.12em;
        text-align: center;
      }
    `,
  ];
  static override properties = {
    code: { attribute: false },
    server: { attribute: false },
    say: { attribute: false },
    swapped: { state: true },
    state: { state: true },
  };
  declare code: string;
  declare server: string;
  declare say: Say;
  declare swapped: Swapped | null;
  declare state: "asking" | "waiting" | "over" | "refusing" | "refused";
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    super();
    this.swapped = null;
    this.state = "asking";
  }

  override connectedCallback(): void {
    super.connectedCallback();
    void this.take();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.timer);
  }

  /** The code opens once: it is swapped for a token at once, which waits for the computer's yes. */
  private async take(): Promise<void> {
    try {
      this.swapped = await swap(this.server, this.code);
    } catch (error) {
      if (error instanceof Offline) this.timer = setTimeout(() => void this.take(), EVERY_MS);
      else this.state = "over";
    }
  }

  private started(): void {
    this.state = "waiting";
    void this.look();
  }

  private async look(): Promise<void> {
    if (!this.swapped) return;
    try {
      await new Api(this.swapped.token, this.server).case();
      const detail = this.swapped.token;
      this.dispatchEvent(new CustomEvent("arrived", { detail }));
    } catch (error) {
      const waits = error instanceof Offline;
      const unconfirmed = error instanceof Refused && error.code === "handoff-unconfirmed";
      if (!waits && !unconfirmed) this.state = "over";
      else this.timer = setTimeout(() => void this.look(), EVERY_MS);
    }
  }

  /** The computer is told as well: it ends what somebody began in this person's name. */
  private async disown(): Promise<void> {
    if (!this.swapped) return;
    this.state = "refusing";
    try {
      await new Api(this.swapped.token, this.server).disown();
    } catch (error) {
      // Refused there already, or over: there is nothing left to end.
      const over = error instanceof Refused && (ended(error) || error.code === "handoff-not-waiting");
      if (!over) {
        if (this.isConnected) this.timer = setTimeout(() => void this.disown(), EVERY_MS);
        return;
      }
    }
    this.state = "refused";
  }

  override updated(changes: PropertyValues): void {
    // Another state is another screen: the reading begins at its heading.
    if (changes.get("state") !== undefined) this.renderRoot.querySelector("h1")?.focus();
  }

  override render() {
    const { say, swapped } = this;
    if (this.state === "over") {
      return html`<div class="stack">
        <h1 tabindex="-1">${say("handoff.expired_title")}</h1>
        <p>${say("handoff.expired_phone")}</p>
      </div>`;
    }
    if (this.state === "refused") {
      return html`<div class="stack">
        <h1 tabindex="-1">${say("handoff.not_me_title")}</h1>
        <p>${say("handoff.not_me")}</p>
      </div>`;
    }
    if (!swapped || this.state === "refusing") return html`<p role="status">${say("common.loading")}</p>`;
    const { operator, account, number } = swapped;
    const waits = this.state === "waiting";
    return html`
      <div class="stack">
        ${waits
          ? html`<h1 tabindex="-1">${say("handoff.confirm_title")}</h1>
              <p role="status">${say("handoff.confirm_there")}</p>`
          : html`<h1 tabindex="-1">${say("handoff.started_title")}</h1>
              <p>${say("handoff.started", { operator: operator || say("common.name"), account })}</p>`}
        <p class="number"><span class="hidden">${say("handoff.number")}</span> ${number}</p>
        ${waits
          ? nothing
          : html`<p>${say("handoff.same_number")}</p>
              <div class="actions">
                <button class="first" @click=${this.started}>${say("handoff.yes")}</button>
                <button @click=${this.disown}>${say("handoff.no")}</button>
              </div>`}
      </div>
    `;
  }
}
customElements.define("bf-arrival", Arrival);
