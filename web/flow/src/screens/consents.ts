import { html, nothing } from "lit";
import { ScreenElement } from "../screen";
import type { Consent, Flow } from "../types";
import type { Key } from "../words";

/** What the person is asked to agree to, each apart; declining leads to a person. */
export class Consents extends ScreenElement {
  static override properties = {
    ...ScreenElement.properties,
    answers: { state: true },
    missing: { state: true },
  };
  declare answers: Partial<Record<Consent, boolean>>;
  declare missing: Consent[];

  constructor() {
    super();
    this.answers = {};
    this.missing = [];
  }

  private async save(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const asked = this.session.flow.consents;
    this.missing = asked.map(({ kind }) => kind).filter((kind) => this.answers[kind] === undefined);
    const first = this.missing[0];
    if (first) {
      this.renderRoot.querySelector<HTMLInputElement>(`input[name=${first}]`)?.focus();
      return;
    }
    await this.doing(async () => {
      for (const { kind, text_version } of asked) {
        await this.session.api.consent(kind, text_version, this.answers[kind] === true);
      }
      this.tell("refresh");
    });
  }

  override render() {
    const declined = this.answers.face_match === false;
    return html`
      <form class="stack" novalidate @submit=${this.save}>
        ${this.heading("consents.title")}
        <p>${this.say("consents.lead")}</p>
        ${this.session.flow.consents.map((asked) => this.consent(asked))}
        ${declined
          ? html`<p class="note warn" role="status">
              <strong>${this.say("consents.without_title")}</strong>
              <span>${this.say("consents.without", { days: this.session.flow.review_days })}</span>
            </p>`
          : nothing}
        ${this.troubled()}
        <div class="actions">
          <button class="first" aria-disabled=${this.busy}>${this.say("common.continue")}</button>
        </div>
      </form>
    `;
  }

  private consent({ kind }: Flow["consents"][number]) {
    const wrong = this.missing.includes(kind) && this.answers[kind] === undefined;
    const option = (agreed: boolean, key: Key) => html`
      <label class="choice">
        <input
          type="radio"
          name=${kind}
          .checked=${this.answers[kind] === agreed}
          @change=${() => {
            this.answers = { ...this.answers, [kind]: agreed };
          }}
        />
        <span>${this.say(key)}</span>
      </label>
    `;
    return html`
      <fieldset class="stack tight consent" aria-describedby="${kind}-text ${wrong ? `${kind}-wrong` : ""}">
        <legend>${this.say(`consents.${kind}_title` as Key)}</legend>
        <p class="quiet" id="${kind}-text">${this.say(`consents.${kind}` as Key)}</p>
        ${option(true, "consents.agree")} ${option(false, `consents.${kind}_decline` as Key)}
        ${wrong
          ? html`<p class="error" id="${kind}-wrong" role="alert">${this.say("consents.answer")}</p>`
          : nothing}
      </fieldset>
    `;
  }
}
customElements.define("bf-consents", Consents);
