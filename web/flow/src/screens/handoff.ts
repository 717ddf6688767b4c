import { type PropertyValues, css, html, nothing, svg } from "lit";
import { encode } from "uqr";
import { Refused } from "../api";
import "../copied";
import { Rounds } from "../rounds";
import { ScreenElement, ended } from "../screen";
import { style } from "../style";
import type { Handoff } from "../types";

const EVERY_MS = 1500;

const own = css`
  .code {
    justify-self: center;
    width: min(100%, 15rem);
    padding: 0.9rem;
    border-radius: var(--radius);
    background: #fff;
    border: 1px solid var(--line);
  }
  .code svg {
    display: block;
    width: 100%;
    fill: #000;
  }
  .number {
    font-size: 2.6rem;
    font-weight: 750;
    letter-spacing: 0.12em;
    text-align: center;
  }
`;

/** Before the computer: the code for the phone, then the number that both show. */
export class HandoffScreen extends ScreenElement {
  static override styles = [style, own];
  static override properties = {
    ...ScreenElement.properties,
    following: { attribute: false },
    state: { state: true },
    drawn: { state: true },
  };
  /** A phone goes on with it. */
  declare following: boolean;
  declare state: Handoff["state"] | "none" | "disowned";
  declare drawn: { link: string; path: string; size: number } | null;
  private number = 0;
  /** It was refused here, so that what is refused otherwise was so on the phone. */
  private refusedHere = false;
  private readonly rounds = new Rounds();

  constructor() {
    super();
    this.following = false;
    this.state = "none";
    this.drawn = null;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    // A new code would end the session of the phone that goes on already.
    if (this.following) {
      this.state = "confirmed";
      this.watch();
    } else void this.issue();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.rounds.stop();
  }

  private async issue(): Promise<void> {
    await this.doing(async () => {
      const issued = await this.session.api.handoff();
      if (!this.isConnected) return;
      const link = `${this.session.server}/flow/#handoff=${issued.code}`;
      const { data, size } = encode(link, { border: 2 });
      const dots = data.flatMap((row, y) => row.flatMap((on, x) => (on ? `M${x} ${y}h1v1h-1z` : [])));
      this.drawn = { link, path: dots.join(""), size };
      this.number = issued.number;
      this.refusedHere = false;
      this.state = "issued";
      this.watch();
    });
  }

  /** This device goes on; what is on its way about the other one comes too late. */
  private here(): void {
    this.rounds.stop();
    this.tell("here");
  }

  /** The code opens nothing any more. */
  private get over(): boolean {
    return ["refused", "disowned", "expired"].includes(this.state);
  }

  private watch(): void {
    this.rounds.start((over) => this.look(over), EVERY_MS);
  }

  private async look(over: AbortSignal): Promise<number | null> {
    try {
      const { state, number } = await this.session.api.handoffState();
      if (over.aborted) return null;
      this.state = state === "refused" && !this.refusedHere ? "disowned" : state;
      this.number = number;
      // From here on the phone is followed: what it does shows here.
      if (state === "confirmed") this.tell("following");
    } catch (error) {
      if (over.aborted) return null;
      if (error instanceof Refused && ended(error)) {
        this.tell("ended");
        return null;
      }
    }
    return this.over ? null : EVERY_MS;
  }

  private async answer(yes: boolean): Promise<void> {
    await this.doing(async () => {
      await (yes ? this.session.api.confirm() : this.session.api.refuse());
      if (!this.isConnected) return;
      this.refusedHere = !yes;
      this.state = yes ? "confirmed" : "refused";
      // What was asked before the answer knows nothing of it.
      this.watch();
    });
  }

  override updated(changes: PropertyValues): void {
    // Another state is another screen: the reading begins at its heading.
    if (changes.get("state") !== undefined && changes.get("state") !== this.state) {
      this.renderRoot.querySelector<HTMLElement>("h1")?.focus();
    }
  }

  override render() {
    return html`
      <div class="stack">
        ${this.inside()} ${this.troubled()}
        <div class="actions">
          ${this.over
            ? html`<button class="first" @click=${this.issue}>${this.say("handoff.new")}</button>`
            : nothing}
          ${this.state === "confirmed"
            ? html`<button @click=${this.issue}>${this.say("handoff.another")}</button>`
            : nothing}
          <button @click=${this.here}>${this.say("handoff.here")}</button>
        </div>
      </div>
    `;
  }

  private inside() {
    switch (this.state) {
      case "swapped":
        return html`
          ${this.heading("handoff.compare_title")}
          <p>${this.say("handoff.compare")}</p>
          <p class="number"><span class="hidden">${this.say("handoff.number")}</span> ${this.number}</p>
          <div class="actions">
            <button class="first" @click=${() => this.answer(true)}>${this.say("handoff.same")}</button>
            <button @click=${() => this.answer(false)}>${this.say("handoff.other")}</button>
          </div>
        `;
      case "confirmed":
        return html`
          <div class="spinner" aria-hidden="true"></div>
          ${this.heading("handoff.follow_title")}
          <p>${this.say("handoff.follow")}</p>
          <p role="status">${this.followed()}</p>
        `;
      case "refused":
      case "disowned":
      case "expired":
        return html`${this.heading(`handoff.${this.state}_title`)}
          <p>${this.say(`handoff.${this.state}`)}</p>`;
      default:
        return html`
          ${this.heading("handoff.title")}
          <p>${this.say("handoff.lead")}</p>
          ${this.drawn ? this.code(this.drawn) : nothing}
        `;
    }
  }

  private followed(): string {
    const own = this.session.case.steps.filter(({ state }) => state.state !== "by_person");
    const done = own.filter(({ state }) => state.state === "done").length;
    return this.say("common.steps", { done, all: own.length });
  }

  private code({ link, path, size }: { link: string; path: string; size: number }) {
    return html`
      <div class="code">
        <svg viewBox="0 0 ${size} ${size}" role="img" aria-label=${this.say("handoff.code")}>
          ${svg`<path d=${path}/>`}
        </svg>
      </div>
      <p class="small">${this.say("handoff.or")}</p>
      <bf-copied .address=${link} .say=${this.session.say}></bf-copied>
    `;
  }
}
customElements.define("bf-handoff", HandoffScreen);
