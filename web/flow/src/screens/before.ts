import { type TemplateResult, html, nothing } from "lit";
import { type Icon, icon } from "../icons";
import { grants } from "../grants";
import { issuers, levels } from "../levels";
import { ScreenElement } from "../screen";
import { needs } from "../session";
import { OWN_BEHALF } from "../types";
import { type Key, capital } from "../words";

/** What is needed, how long it takes, and that it is for oneself only. */
export class Before extends ScreenElement {
  static override properties = { ...ScreenElement.properties, undeclared: { state: true } };
  declare undeclared: boolean;

  constructor() {
    super();
    this.undeclared = false;
  }

  private ready(): [Icon, Key, string | TemplateResult][] {
    const list: [Icon, Key, string | TemplateResult][] = [];
    if (needs(this.session, "document")) {
      list.push(["document", "before.document", this.documents()]);
    }
    if (needs(this.session, "document") || needs(this.session, "liveness")) {
      list.push(["camera", "before.camera", this.say("before.camera_about")]);
      list.push(["light", "before.light", this.say("before.light_about")]);
    }
    list.push(["network", "before.network", this.say("before.network_about")]);
    return list;
  }

  /** Which documents are taken, and whose, before anybody looks for one in vain. */
  private documents(): TemplateResult {
    const { flow, language } = this.session;
    const names = flow.accepts.document_types.map((type) => this.say(`documents.${type}` as Key));
    const list = new Intl.ListFormat(language, { type: "disjunction" }).format(names);
    const about = this.say("before.document_about", { documents: capital(list) });
    return html`${about}<br />${issuers(this.session)}`;
  }

  private minutes(): string {
    const many = needs(this.session, "document") ? 5 : 2;
    const seconds = this.session.case.estimate?.usual_seconds;
    const own = this.say("before.minutes", { minutes: many });
    if (!seconds) return own;
    if (seconds < 90) return own + this.say("before.decision_seconds", { seconds });
    return own + this.say("before.decision_minutes", { minutes: Math.ceil(seconds / 60) });
  }

  private async begin(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const form = new FormData(event.target as HTMLFormElement);
    this.undeclared = !form.has("myself");
    if (this.undeclared) {
      this.renderRoot.querySelector<HTMLInputElement>("#myself")?.focus();
      return;
    }
    await this.doing(async () => {
      const code = String(form.get("code") ?? "").trim();
      if (code) await this.session.api.referral(code);
      await this.session.api.consent(OWN_BEHALF, this.session.flow.declaration, true);
      this.tell("declared");
    });
  }

  override render() {
    const { flow } = this.session;
    const tier = flow.tiers.find(({ name }) => name === flow.tier);
    const gives = tier ? grants(tier, this.session) : [];
    return html`
      <form class="stack" novalidate @submit=${this.begin}>
        ${this.heading("before.title")}
        <p>${this.say("before.lead", { operator: flow.operator || this.say("common.we") })}</p>
        <p class="note">
          <span>${this.minutes()} ${flow.minimum_age > 0 ? this.say("before.age", { age: flow.minimum_age }) : nothing}</span>
        </p>
        <h2>${this.say("before.need")}</h2>
        <ul class="stack">
          ${this.ready().map(
            ([name, title, about]) => html`
              <li class="need">
                ${icon(name)}
                <span><strong>${this.say(title)}</strong><br /><span class="quiet">${about}</span></span>
              </li>
            `,
          )}
        </ul>
        ${gives.length
          ? html`<h2>${this.say("before.gives", { tier: flow.tier })}</h2>
              <ul class="stack tight">${gives.map((line) => html`<li class="fine">${line}</li>`)}</ul>`
          : nothing}
        ${levels(this.session)} ${this.declaration()} ${flow.referral ? this.referral() : nothing} ${this.troubled()}
        <div class="actions">
          <button class="first" aria-disabled=${this.busy}>${this.say("before.begin")}</button>
        </div>
      </form>
    `;
  }

  private declaration() {
    return html`
      <div class="stack tight">
        <label class="choice">
          <input
            type="checkbox"
            name="myself"
            id="myself"
            aria-describedby=${this.undeclared ? "undeclared" : nothing}
            aria-invalid=${this.undeclared}
          />
          <span
            >${this.say("before.myself")}<span class="about">${this.say("before.family")}</span></span
          >
        </label>
        ${this.undeclared
          ? html`<p class="error" id="undeclared" role="alert">${this.say("before.declare")}</p>`
          : nothing}
      </div>
    `;
  }

  private referral() {
    return html`
      <details>
        <summary>${this.say("before.referral")}</summary>
        <div class="field">
          <label for="code">${this.say("before.referral_code")}</label>
          <input id="code" name="code" maxlength="40" autocomplete="off" autocapitalize="characters" />
        </div>
      </details>
    `;
  }
}
customElements.define("bf-before", Before);
