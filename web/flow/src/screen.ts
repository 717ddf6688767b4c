import { LitElement, type TemplateResult, html, nothing } from "lit";
import { Refused, type Watcher } from "./api";
import { named } from "./countries";
import type { Key } from "./generated/keys";
import { brokenOff, sending } from "./sending";
import { type Session, sentence } from "./session";
import { style } from "./style";
import "./support";
import type { Place, Reason, Taken, Words } from "./types";

/** What every screen has: the session, its words, and one piece of work at a time. */
export abstract class ScreenElement extends LitElement {
  static override styles = [style];
  static override properties = {
    session: { attribute: false },
    busy: { state: true },
    trouble: { state: true },
  };
  declare session: Session;
  declare busy: boolean;
  declare trouble: Key | "";

  constructor() {
    super();
    this.busy = false;
    this.trouble = "";
  }

  protected say(key: Key, particulars?: Record<string, string | number>): string {
    return this.session.say(key, particulars);
  }

  protected both(words: Words): string {
    return words[this.session.language];
  }

  /** Tells the flow that the screen is done, or what it wants; one that is gone tells nothing. */
  protected tell(name: string, detail?: unknown): void {
    if (!this.isConnected) return;
    this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));
  }

  /** Does `work` unless something is being done; what goes wrong is said in one sentence. */
  protected async doing(work: () => Promise<void>): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    this.trouble = "";
    try {
      await work();
    } catch (error) {
      this.failed(error);
    } finally {
      this.busy = false;
    }
  }

  protected failed(error: unknown): void {
    if (error instanceof Refused && ended(error)) this.tell("ended", error.code);
    else if (error instanceof Refused && error.code === "case-state") this.tell("refresh");
    else this.trouble = sentence(error);
  }

  /** Sends an upload; a page that comes after this one can tell whether it was there. */
  protected upload(place: Place, bytes: Blob, watch: Watcher, signal: AbortSignal): Promise<Taken> {
    const { api, case: now } = this.session;
    return sending(now.id, place, () => api.upload(place, bytes, watch, signal));
  }

  /** The page was closed or loaded again before the upload was there. */
  protected brokenOff(place: Place): TemplateResult | typeof nothing {
    if (!brokenOff(this.session.case.id, place)) return nothing;
    return html`<p class="note warn" role="status">
      <strong>${this.say("picture.broken_off")}</strong>
      <span>${this.say("picture.broken_off_fix")}</span>
    </p>`;
  }

  protected heading(key: Key, particulars?: Record<string, string | number>): TemplateResult {
    return html`<h1 tabindex="-1">${this.say(key, particulars)}</h1>`;
  }

  /** The reading goes on at the heading, where what had the focus is gone. */
  protected readOn(): void {
    this.renderRoot.querySelector<HTMLElement>("h1")?.focus();
  }

  /** Turns the camera off and goes back to where it was opened; false where it is not on. */
  turnOff(): boolean {
    return false;
  }

  protected troubled(): TemplateResult | typeof nothing {
    if (!this.trouble) return nothing;
    return html`<p class="note bad" role="alert">${this.say(this.trouble)}</p>`;
  }

  /** Where there is no camera, a phone has one; not from one, whose session that would end. */
  protected onAPhone(): TemplateResult | typeof nothing {
    if (this.session.arrived) return nothing;
    return html`<button class="first" @click=${() => this.tell("elsewhere")}>
      ${this.say("handoff.phone")}
    </button>`;
  }

  protected support(): TemplateResult {
    return html`<bf-support .session=${this.session}></bf-support>`;
  }

  /** The section of the help about a reason. */
  private help(code: string): string {
    const { server, language } = this.session;
    return `${server}/flow/help/${language}.html#${code}`;
  }

  /** What is wrong; the server has the codes of countries, and the browser their names. */
  private what({ code, what }: Reason): string {
    const text = this.both(what);
    return code === "DOC_COUNTRY_UNSUPPORTED" ? named(text, this.session) : text;
  }

  protected reasons(reasons: Reason[], kind = "warn"): TemplateResult | typeof nothing {
    if (reasons.length === 0) return nothing;
    const one = (reason: Reason) => html`
      <li class="note ${kind}" data-code=${reason.code}>
        <strong>${this.what(reason)}</strong>
        <span>${this.both(reason.fix)}</span>
        <a class="more" href=${this.help(reason.code)} target="_blank" rel="noopener">
          ${this.say("common.more")}
        </a>
      </li>
    `;
    return html`<ul class="stack">${reasons.map(one)}</ul>`;
  }
}

/** Nothing more can be done with this token. */
export function ended(error: Refused): boolean {
  return error.status === 401 || error.status === 410 || error.code === "case-not-found";
}
