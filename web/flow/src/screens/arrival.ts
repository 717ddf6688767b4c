import { LitElement, type PropertyValues, css, html, nothing } from "lit";
import { Api, Offline, Refused, swap } from "../api";
import { Rounds } from "../rounds";
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
  private readonly rounds = new Rounds();

  constructor() {
    super();
    this.swapped = null;
    this.state = "asking";
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.rounds.start((over) => this.take(over), 0);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.rounds.stop();
  }

  /** The code opens once: it is swapped for a token at once, which waits for the computer's yes. */
  private async take(over: AbortSignal): Promise<number | null> {
    try {
      this.swapped = await swap(this.server, this.code);
    } catch (error) {
      if (error instanceof Offline) return EVERY_MS;
      if (!over.aborted) this.state = "over";
    }
    return null;
  }

  private started({ token }: Swapped): void {
    this.state = "waiting";
    this.rounds.start((over) => this.look(token, over), 0);
  }

  private async look(token: string, over: AbortSignal): Promise<number | null> {
    try {
      await new Api(token, this.server).case();
      if (!over.aborted) this.dispatchEvent(new CustomEvent("arrived", { detail: token }));
    } catch (error) {
      const waits = error instanceof Offline;
      const unconfirmed = error instanceof Refused && error.code === "handoff-unconfirmed";
      if (waits || unconfirmed) return EVERY_MS;
      if (!over.aborted) this.state = "over";
    }
    return null;
  }

  /** The computer is told as well: it ends what somebody began in this person's name. */
  private disown({ token }: Swapped): void {
    this.state = "refusing";
    this.rounds.start((over) => this.refuse(token, over), 0);
  }

  private async refuse(token: string, over: AbortSignal): Promise<number | null> {
    try {
      await new Api(token, this.server).disown();
    } catch (error) {
      // Refused there already, or over: there is nothing left to end.
      const ends = error instanceof Refused && (ended(error) || error.code === "handoff-not-waiting");
      if (!ends) return EVERY_MS;
    }
    if (!over.aborted) this.state = "refused";
    return null;
  }

  override updated(changes: PropertyValues): void {
    // Another state is another screen: the reading begins at its heading.
    if (changes.get("state") !== undefined) this.renderRoot.querySelector("h1")?.focus();
  }

  /** With whom; an installation that has no name is known by its address. */
  private whose({ operator, account }: Swapped): string {
    const { host } = new URL(this.server);
    return operator
      ? this.say("handoff.started", { operator, account })
      : this.say("handoff.started_at", { host, account });
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
    const { number } = swapped;
    const waits = this.state === "waiting";
    return html`
      <div class="stack">
        ${waits
          ? html`<h1 tabindex="-1">${say("handoff.confirm_title")}</h1>
              <p role="status">${say("handoff.confirm_there")}</p>`
          : html`<h1 tabindex="-1">${say("handoff.started_title")}</h1>
              <p>${this.whose(swapped)}</p>`}
        <p class="number"><span class="hidden">${say("handoff.number")}</span> ${number}</p>
        ${waits
          ? nothing
          : html`<p>${say("handoff.same_number")}</p>
              <div class="actions">
                <button class="first" @click=${() => this.started(swapped)}>${say("handoff.yes")}</button>
                <button @click=${() => this.disown(swapped)}>${say("handoff.no")}</button>
              </div>`}
      </div>
    `;
  }
}
customElements.define("bf-arrival", Arrival);
