import { html } from "lit";
import { icon } from "../icons";
import { Offline, Refused } from "../api";
import { Rounds } from "../rounds";
import { locale } from "../words";
import { ScreenElement, ended } from "../screen";

/** The engine is asked again soon, a person seldom. */
const SOON_MS = 1500;
const LATER_MS = 5000;
const SELDOM_MS = 30_000;

/** It is being decided; how long that takes is what it took of late. */
export class Waiting extends ScreenElement {
  static override properties = { ...ScreenElement.properties, offline: { state: true } };
  declare offline: boolean;
  private readonly rounds = new Rounds();
  private began = Date.now();

  constructor() {
    super();
    this.offline = false;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.began = Date.now();
    this.rounds.start((over) => this.look(over), this.wait());
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.rounds.stop();
  }

  private wait(): number {
    const young = Date.now() - this.began < 60_000;
    const person = this.session.case.state === "in_review";
    return person ? SELDOM_MS : young ? SOON_MS : LATER_MS;
  }

  private async look(over: AbortSignal): Promise<number | null> {
    const before = this.session.case.state;
    try {
      const now = await this.session.api.case();
      if (over.aborted) return null;
      this.offline = false;
      // It may still be this screen: after the engine a person decides.
      if (now.state !== before) this.tell("refresh");
      else this.session.case = now;
      this.requestUpdate();
    } catch (error) {
      if (over.aborted) return null;
      if (error instanceof Refused && ended(error)) {
        this.tell("ended");
        return null;
      }
      this.offline = error instanceof Offline;
    }
    return this.wait();
  }

  private estimate(): string {
    const left = this.session.case.estimate?.left_seconds;
    if (!left) return this.say("waiting.unknown");
    if (left <= 1) return this.say("waiting.longer");
    if (left < 90) return this.say("waiting.seconds", { seconds: left });
    return this.say("waiting.minutes", { minutes: Math.ceil(left / 60) });
  }

  override render() {
    return html`
      <div class="stack">
        ${this.session.case.state === "in_review" ? this.person() : this.engine()}
        <div aria-live="polite">
          ${this.offline ? html`<p class="note warn">${this.say("waiting.offline")}</p>` : ""}
        </div>
      </div>
    `;
  }

  private engine() {
    return html`
      <div class="spinner" aria-hidden="true"></div>
      ${this.heading("waiting.title")}
      <p role="status">${this.estimate()}</p>
      <p class="quiet">${this.say("waiting.stay")}</p>
      ${this.support()}
    `;
  }

  private person() {
    const { case: now, language } = this.session;
    const due = now.due_at && new Date(now.due_at);
    const date = due ? new Intl.DateTimeFormat(locale(language), { dateStyle: "long" }).format(due) : "";
    return html`
      <div class="badge">${icon("clock")}</div>
      ${this.heading(now.appealed_at ? "waiting.appeal_title" : "waiting.person_title")}
      <p>${date ? this.say("waiting.person_due", { date }) : this.say("waiting.person")}</p>
      <p class="quiet">${this.say("waiting.close")}</p>
      ${this.support()}
    `;
  }
}
customElements.define("bf-waiting", Waiting);
