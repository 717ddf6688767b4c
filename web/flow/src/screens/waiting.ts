import { html } from "lit";
import { icon } from "../icons";
import { Offline, Refused } from "../api";
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
  private timer: ReturnType<typeof setTimeout> | undefined;
  private began = Date.now();

  constructor() {
    super();
    this.offline = false;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.began = Date.now();
    this.again();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.timer);
  }

  private again(): void {
    const young = Date.now() - this.began < 60_000;
    const person = this.session.case.state === "in_review";
    const wait = person ? SELDOM_MS : young ? SOON_MS : LATER_MS;
    this.timer = setTimeout(() => void this.look(), wait);
  }

  private async look(): Promise<void> {
    const before = this.session.case.state;
    try {
      const now = await this.session.api.case();
      this.offline = false;
      if (now.state !== before) return this.tell("refresh");
      this.session.case = now;
      this.requestUpdate();
    } catch (error) {
      if (error instanceof Refused && ended(error)) return this.tell("ended", error.code);
      this.offline = error instanceof Offline;
    }
    this.again();
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
