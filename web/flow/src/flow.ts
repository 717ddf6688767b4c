import { LitElement, type PropertyValues, html, nothing } from "lit";
import { keyed } from "lit/directives/keyed.js";
import { Api, Refused } from "./api";
import { chrome } from "./chrome";
import { palette } from "./palette";
import { ink } from "./colour";
import { type Greeting, header } from "./header";
import { icon } from "./icons";
import { type Ways, leaving } from "./leaving";
import { type ScreenElement, ended } from "./screen";
import { forget } from "./sending";
import { type Local, type Session, called, countryOf, progress, screenOf, sentence, told } from "./session";
import { type Handlers, show } from "./show";
import { style } from "./style";
import type { Case, Claims, Language } from "./types";
import "./screens/arrival";
import { unspoken } from "./unspoken";
import { type Key, LANGUAGES, type Say, preferred, wordsOf } from "./words";

type State = "loading" | "arriving" | "open" | "unlinked" | "ended" | "left" | "offline";

const UNTOUCHED: Local = {
  declared: null,
  read: 0,
  chosen: false,
  other: false,
  retake: false,
  taken: 0,
  elsewhere: false,
  following: false,
};

/**
 * The applicant's way through one case.
 *
 * `token` is the case's token, `server` the address of the installation, by default the one that
 * this script came from; `language` is the one to begin in, by default the account's; `handoff` is
 * the code of a session that another device shows, and with `arrived` the token came by one. Tells
 * `bonafide-state` with the state of the case when it changes, and `bonafide-language` when the
 * person chooses one.
 */
export class BonafideFlow extends LitElement {
  static override styles = [palette, style, chrome];
  static override properties = {
    token: { type: String },
    chosen: { type: String, attribute: "language" },
    server: { type: String },
    handoff: { type: String },
    arrived: { type: Boolean },
    state: { state: true },
    session: { state: true },
    say: { state: true },
    leaving: { state: true },
    untranslated: { state: true },
  };
  declare token: string;
  declare server: string;
  declare handoff: string;
  declare arrived: boolean;
  declare state: State;
  declare session: Session | null;
  declare say: Say | null;
  declare leaving: boolean;
  /** The words of the language that was chosen last did not come. */
  declare untranslated: boolean;
  private local: Local = { ...UNTOUCHED };
  declare chosen: Language | null;
  private language: Language = preferred();
  /** What is shown, and whether anything was before it. */
  private shown = "";
  private begun = false;
  private failure: Key = "trouble.offline";

  constructor() {
    super();
    this.token = "";
    this.chosen = null;
    this.handoff = "";
    this.arrived = false;
    this.server = new URL(import.meta.url).origin;
    this.state = "loading";
    this.session = null;
    this.say = null;
    this.leaving = false;
    this.untranslated = false;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.chosen && !LANGUAGES.some(([tag]) => tag === this.chosen)) this.chosen = null;
    this.language = this.chosen ?? this.language;
    void this.begin();
  }

  /** A token that is set later opens its own case, and nothing of another one stays. */
  override willUpdate(changes: PropertyValues): void {
    if (!this.hasUpdated || !changes.has("token") || !this.token) return;
    this.session = null;
    this.local = { ...UNTOUCHED };
    void this.begin();
  }

  private async begin(): Promise<void> {
    this.state = "loading";
    const { token } = this;
    try {
      this.say ??= await wordsOf(this.language);
      if (!token) {
        if (this.token) return;
        this.state = this.handoff ? "arriving" : "unlinked";
        return;
      }
      const api = new Api(token, this.server);
      const [now, flow] = await Promise.all([api.case(), api.flow()]);
      const language = this.chosen ?? now.language ?? this.language;
      const say = await wordsOf(language);
      // Another token was set meanwhile: its own answer counts.
      if (token !== this.token) return;
      [this.language, this.say] = [language, say];
      const claims: Claims = this.session?.claims ?? {};
      const country = this.session?.country ?? "";
      const { server, arrived } = this;
      this.session = { api, server, flow, case: now, language, say, claims, country, arrived };
      this.paint();
      this.state = "open";
    } catch (error) {
      if (token === this.token) this.failed(error);
    }
  }

  private failed(error: unknown): void {
    const over = error instanceof Refused && ended(error);
    this.failure = sentence(error);
    this.state = over ? "ended" : "offline";
  }

  /** The operator's colour, with a text on it that can be read. */
  private paint(): void {
    const colour = this.session?.flow.colour;
    if (!colour) return;
    this.style.setProperty("--accent", colour);
    this.style.setProperty("--on-accent", ink(colour));
  }

  /** Asks the server where the person is; what this page knows of it changes with the answer. */
  private async refresh(change: Partial<Local> = {}): Promise<void> {
    if (!this.session) return;
    const { api } = this.session;
    try {
      const now = await api.case();
      if (api !== this.session?.api) return;
      this.local = { ...this.local, ...change };
      this.come(now);
    } catch (error) {
      if (api === this.session?.api) this.failed(error);
    }
  }

  private come(now: Case): void {
    if (!this.session) return;
    this.untranslated = false;
    if (this.session.case.state !== now.state) {
      this.dispatchEvent(new CustomEvent("bonafide-state", { detail: now.state, bubbles: true }));
    }
    this.session = { ...this.session, case: now };
  }

  private async speak(language: Language): Promise<void> {
    const say = await wordsOf(language).catch(() => null);
    this.untranslated = !say;
    if (!say) return;
    this.chosen = this.language = language;
    this.say = say;
    this.dispatchEvent(new CustomEvent("bonafide-language", { detail: language, bubbles: true }));
    if (this.session) this.session = { ...this.session, language, say };
  }

  /** What the screens tell. */
  private readonly handlers: Handlers = {
    refresh: () => void this.refresh(),
    taken: () => void this.refresh({ retake: false, taken: this.local.taken + 1 }),
    ended: () => {
      this.state = "ended";
    },
    declared: () => this.mark({ declared: true }),
    chosen: ({ claims, country }) => this.choose(claims, country),
    unchoose: () => this.mark({ chosen: false, other: true }),
    retake: () => this.mark({ retake: true }),
    typed: (claims) => this.typed(claims),
    read: () => void this.read(),
    here: () => this.back(),
    elsewhere: () => this.mark({ elsewhere: true }),
    following: () => this.follow(),
  };

  /** Back from what is typed, which is there again afterwards. */
  private unchoose(): void {
    const claims = this.renderRoot.querySelector("bf-details")?.draft();
    if (this.session && claims) this.session = { ...this.session, claims };
    this.mark({ chosen: false });
  }

  private typed(claims: Claims): void {
    this.local.other = this.local.retake = false;
    if (this.session) this.session = { ...this.session, claims };
    void this.refresh();
  }

  /**
   * The decision was read. What was typed is there to be corrected: from this page, or after a
   * reload and on another device from the server. Only who never typed begins with the document.
   */
  private async read(): Promise<void> {
    if (!this.session) return;
    const { api, case: now, claims } = this.session;
    const again = now.steps.some(({ need, state }) => need === "details" && state.state === "again");
    try {
      if (again && !claims.document_type) {
        const typed = told(await api.typed());
        this.session = { ...this.session, claims: typed, country: countryOf(typed) };
      }
    } catch (error) {
      return this.failed(error);
    }
    this.mark({ read: now.attempts, retake: false, chosen: Boolean(this.session.country) });
  }

  private choose(claims: Claims, country: string): void {
    this.local.chosen = true;
    if (this.session) this.session = { ...this.session, claims, country };
  }

  private follow(): void {
    if (!this.local.elsewhere) return;
    this.local.following = true;
    void this.refresh();
  }

  private back(): void {
    this.local.elsewhere = this.local.following = false;
    void this.refresh();
  }

  private mark(change: Partial<Local>): void {
    this.local = { ...this.local, ...change };
    this.requestUpdate();
  }

  /**
   * The browser's way back: to the screen before where that is a matter of this page, else the
   * question whether to leave. False where there is nothing to lose, or it was asked already.
   */
  previous(): boolean {
    if (this.state !== "open" || !this.session || this.leaving) return false;
    if (this.session.case.state !== "collecting") return false;
    const { name } = screenOf(this.session, this.local);
    // A camera that is on is a step of its own.
    if (this.screen()?.turnOff?.()) return true;
    if (name === "handoff") this.back();
    else if (name === "picture" && this.local.retake) this.mark({ retake: false });
    else if (name === "details") this.unchoose();
    else if (name === "choose" && this.local.other) this.mark({ other: false });
    else if (name === "consents" && this.local.declared) this.mark({ declared: false });
    else this.leave();
    return true;
  }

  /** The element of the screen; some have no camera. */
  private screen(): Partial<ScreenElement> | null {
    return this.renderRoot.querySelector<LitElement>(".screen > *");
  }

  /** Asks whether to leave: behind the question no camera sees anything. */
  private leave(): void {
    this.screen()?.turnOff?.();
    this.leaving = true;
  }

  private readonly ways: Ways = {
    stay: () => {
      this.leaving = false;
      this.dispatchEvent(new CustomEvent("bonafide-stay", { bubbles: true }));
    },
    forget: () => this.forget(),
    cancel: () => void this.cancel(),
    closed: () => {
      this.leaving = false;
    },
  };

  /** The other device confirmed: this one goes on with a token of its own. */
  private goOn(token: string): void {
    this.handoff = "";
    this.arrived = true;
    this.token = token;
    this.dispatchEvent(new CustomEvent("bonafide-token", { detail: token, bubbles: true }));
  }

  private async cancel(): Promise<void> {
    this.leaving = false;
    try {
      await this.session?.api.cancel();
      await this.refresh();
    } catch (error) {
      this.failed(error);
    }
  }

  /** Nothing of the person stays in this browser. */
  private forget(): void {
    this.leaving = false;
    forget();
    this.session = null;
    this.token = "";
    this.local = { ...UNTOUCHED };
    this.dispatchEvent(new CustomEvent("bonafide-forget", { bubbles: true }));
    this.state = "left";
  }

  override updated(changes: PropertyValues): void {
    const screen = this.where();
    if (screen !== this.shown) void this.arrive(screen);
    if (changes.has("leaving")) {
      const dialog = this.renderRoot.querySelector("dialog");
      if (this.leaving) dialog?.showModal();
      else dialog?.close();
    }
    if (this.say && (changes.has("say") || changes.has("session"))) {
      const title = this.say("common.title", { operator: this.session?.flow.operator ?? "" });
      const detail = { language: this.language, title };
      this.dispatchEvent(new CustomEvent("bonafide-words", { detail, bubbles: true }));
    }
  }

  /** A name of what is shown, to tell whether it is another screen. */
  private where(): string {
    if (this.state !== "open" || !this.session) return this.state;
    const screen = screenOf(this.session, this.local);
    // A person waits for the engine and then for a person on one screen, under two headings.
    if (screen.name === "waiting") return `waiting ${this.session.case.state}`;
    return called(screen, this.local);
  }

  /** On a new screen the reading begins at its heading. */
  private async arrive(screen: string): Promise<void> {
    const first = !this.begun;
    this.begun ||= screen !== "loading";
    this.shown = screen;
    const element = this.renderRoot.querySelector<LitElement>(".screen > *");
    await element?.updateComplete;
    if (first) return;
    const heading = (element?.renderRoot ?? this.renderRoot).querySelector<HTMLElement>("h1");
    heading?.focus({ preventScroll: true });
    this.scrollIntoView({ block: "start" });
  }

  override render() {
    const { say, session } = this;
    if (!say) return this.state === "offline" ? unspoken(() => void this.begin()) : nothing;
    return html`
      <div class="page" lang=${this.language}>
        ${header(this.greeting(say), (tag) => void this.speak(tag))}
        <main class="card">
          ${this.state === "open" && this.session ? this.bar(this.session) : nothing}
          <div class="screen">${this.main()}</div>
          ${this.support()}
        </main>
        ${this.footer()} ${leaving(session, say, this.ways)}
      </div>
    `;
  }

  private greeting(say: Say): Greeting {
    const { session, server, language, untranslated } = this;
    return { session, server, language, say, untranslated };
  }

  private bar(session: Session) {
    if (session.case.state !== "collecting") return nothing;
    const { done, all } = progress(session);
    return html`
      <div class="bar">
        <progress max=${all} .value=${done} aria-label=${session.say("common.progress")}></progress>
        <span class="small quiet">${session.say("common.steps", { done, all })}</span>
      </div>
    `;
  }

  /** Whoever is stuck on any step can write; some screens ask for it themselves. */
  private support() {
    if (this.state !== "open" || this.session?.case.state !== "collecting") return nothing;
    if (screenOf(this.session, this.local).name === "mend") return nothing;
    const { ended } = this.handlers;
    return html`<bf-support class="aside" .session=${this.session} @ended=${ended}></bf-support>`;
  }

  private main(): unknown {
    const say = this.say as Say;
    if (this.state === "open" && this.session) {
      const screen = screenOf(this.session, this.local);
      return keyed(called(screen, this.local), show(screen, this.session, this.handlers));
    }
    if (this.state === "arriving") {
      return html`<bf-arrival .code=${this.handoff} .server=${this.server} .say=${say}
        @arrived=${(e: CustomEvent<string>) => this.goOn(e.detail)}></bf-arrival>`;
    }
    if (this.state === "loading") {
      return html`<div class="stack"><div class="spinner" aria-hidden="true"></div>
        <p role="status">${say("common.loading")}</p></div>`;
    }
    const key = this.state as "unlinked" | "ended" | "left" | "offline";
    const badge = key === "offline" ? "network" : key === "unlinked" ? "person" : "clock";
    return html`
      <div class="stack">
        <div class="badge">${icon(badge)}</div>
        <h1 tabindex="-1">${say(`trouble.${key}_title`)}</h1>
        <p>${say(key === "offline" ? this.failure : `trouble.${key}`)}</p>
        ${key === "offline"
          ? html`<div class="actions">
              <button type="button" class="first" @click=${this.begin}>${say("common.again")}</button>
            </div>`
          : nothing}
      </div>
    `;
  }

  private footer() {
    const say = this.say as Say;
    const help = `${this.server}/flow/help/${this.language}.html`;
    return html`
      <footer class="small">
        <a href=${help} target="_blank" rel="noopener">${say("common.help")}</a>
        ${this.session && this.state === "open"
          ? html`${this.elsewhere()}
              <button type="button" class="link" @click=${this.leave}>${say("common.leave")}</button>`
          : nothing}
      </footer>
    `;
  }

  /** From every step one can go on on a phone. */
  private elsewhere() {
    const collecting = this.session?.case.state === "collecting";
    // From a device that another one sent here, it would end its own session.
    if (!collecting || this.local.elsewhere || this.arrived) return nothing;
    return html`
      <button type="button" class="link" @click=${() => this.mark({ elsewhere: true })}>
        ${this.say?.("handoff.offer")}
      </button>
    `;
  }
}
customElements.define("bonafide-flow", BonafideFlow);
