import { html, nothing } from "lit";
import { grants } from "../grants";
import { icon } from "../icons";
import { locale } from "../words";
import { ScreenElement } from "../screen";

/** The end: what was decided, why, what it gives, and how to object. */
export class Result extends ScreenElement {
  static override properties = { ...ScreenElement.properties, empty: { state: true } };
  declare empty: boolean;

  constructor() {
    super();
    this.empty = false;
  }

  private async appeal(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const said = String(new FormData(event.target as HTMLFormElement).get("said") ?? "").trim();
    this.empty = !said;
    if (this.empty) {
      this.renderRoot.querySelector<HTMLElement>("#said")?.focus();
      return;
    }
    await this.doing(async () => {
      await this.session.api.appeal(said);
      this.tell("refresh");
    });
  }

  override render() {
    const { state } = this.session.case;
    if (state === "approved") return this.approved();
    if (state === "declined") return this.declined();
    const key = state === "expired" ? ("result.expired" as const) : ("result.cancelled" as const);
    return html`<div class="stack">
      <div class="badge">${icon("clock")}</div>
      ${this.heading(`${key}_title`)}
      <p>${this.say(key)}</p>
      ${this.support()}
    </div>`;
  }

  private approved() {
    const { flow } = this.session;
    const tier = flow.tiers.find(({ name }) => name === flow.tier);
    const next = flow.tiers[flow.tiers.findIndex(({ name }) => name === flow.tier) + 1];
    return html`
      <div class="stack">
        <div class="badge good">${icon("check")}</div>
        ${this.heading("result.approved_title")}
        <p>${this.say("result.approved", { tier: flow.tier })}</p>
        <ul class="stack tight">
          ${tier ? grants(tier, this.session).map((line) => html`<li class="fine">${line}</li>`) : nothing}
        </ul>
        ${next
          ? html`<details>
              <summary>${this.say("result.next", { tier: next.name })}</summary>
              <ul class="stack tight">
                ${grants(next, this.session).map((line) => html`<li>${line}</li>`)}
              </ul>
            </details>`
          : nothing}
        <p class="quiet">${this.say("result.close")}</p>
        ${this.support()}
      </div>
    `;
  }

  private declined() {
    const now = this.session.case;
    return html`
      <div class="stack">
        <div class="badge bad">${icon("cross")}</div>
        ${this.heading("result.declined_title")}
        <p>${this.say("result.declined")}</p>
        ${this.reasons(now.decision?.reasons ?? [], "bad")}
        ${now.appealable_until ? this.objection(now.appealable_until) : nothing}
        ${this.support()}
      </div>
    `;
  }

  private objection(until: string) {
    const { language, flow } = this.session;
    const date = new Intl.DateTimeFormat(locale(language), { dateStyle: "long" }).format(new Date(until));
    return html`
      <form class="stack" novalidate @submit=${this.appeal}>
        <h2>${this.say("result.appeal_title")}</h2>
        <p id="about">${this.say("result.appeal", { date, days: flow.appeal_review_days })}</p>
        <div class="field">
          <label for="said">${this.say("result.appeal_label")}</label>
          <textarea
            id="said"
            name="said"
            rows="4"
            maxlength="4000"
            aria-describedby="about ${this.empty ? "said-wrong" : ""}"
            aria-invalid=${this.empty}
          ></textarea>
          ${this.empty
            ? html`<p class="error" id="said-wrong" role="alert">${this.say("details.empty")}</p>`
            : nothing}
        </div>
        ${this.troubled()}
        <div class="actions">
          <button aria-disabled=${this.busy}>${this.say("result.appeal_send")}</button>
        </div>
      </form>
    `;
  }
}
customElements.define("bf-result", Result);
