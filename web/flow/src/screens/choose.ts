import { html, nothing } from "lit";
import { codes, nameOf } from "../countries";
import { type Icon, icon } from "../icons";
import { ScreenElement } from "../screen";
import type { Claims, DocumentType } from "../types";
import { type Key, capital } from "../words";

const ICONS: Partial<Record<DocumentType, Icon>> = { passport: "passport" };

/** The document that is to be used, and what was typed of it. */
export interface Chosen {
  claims: Claims;
  country: string;
}

/** The country that issued the document, and its type. */
export class Choose extends ScreenElement {
  static override properties = {
    ...ScreenElement.properties,
    country: { state: true },
    type: { state: true },
    wrong: { state: true },
  };
  declare country: string;
  declare type: DocumentType | "";
  declare wrong: boolean;

  constructor() {
    super();
    this.country = "";
    this.type = "";
    this.wrong = false;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    const { claims, country, language, flow } = this.session;
    const home = language === "zh-CN" ? "CHN" : "";
    const known = codes(flow);
    this.country = country || (known.includes(home) ? home : "");
    this.type = claims.document_type ?? "";
  }

  private choose(event: SubmitEvent): void {
    event.preventDefault();
    this.wrong = !(this.country && this.type);
    if (this.wrong) {
      const first = this.country ? "input" : "select";
      this.renderRoot.querySelector<HTMLElement>(first)?.focus();
      return;
    }
    const before = this.session.claims;
    // Of what another device typed the country is not always known.
    const there = [this.country, ""].includes(this.session.country);
    const same = before.document_type === this.type && there;
    // What was typed for another document is not shown under this one.
    const kept: Claims = same ? before : { nationality: this.country };
    const claims = { ...kept, document_type: this.type };
    this.tell("chosen", { claims, country: this.country } as Chosen);
  }

  override render() {
    const { flow, language } = this.session;
    const countries = codes(flow)
      .map((code) => ({ code, name: nameOf(code, this.session) }))
      .sort((a, b) => a.name.localeCompare(b.name, language));
    return html`
      <form class="stack" novalidate @submit=${this.choose}>
        ${this.heading("choose.title")}
        <div class="field">
          <label for="country">${this.say("choose.country")}</label>
          <select
            id="country"
            autocomplete="country"
            aria-invalid=${this.wrong && !this.country}
            aria-describedby=${this.wrong && !this.country ? "no-country" : nothing}
            @change=${(event: Event) => {
              this.country = (event.target as HTMLSelectElement).value;
            }}
          >
            <option value="" ?selected=${!this.country}>${this.say("choose.country_choose")}</option>
            ${countries.map(
              ({ code, name }) =>
                html`<option value=${code} ?selected=${code === this.country}>${name}</option>`,
            )}
          </select>
          ${this.wrong && !this.country
            ? html`<p class="error" id="no-country" role="alert">${this.say("choose.country_missing")}</p>`
            : nothing}
        </div>
        <fieldset class="stack tight">
          <legend>${this.say("choose.type")}</legend>
          ${flow.accepts.document_types.map((type) => this.option(type))}
          ${this.wrong && !this.type
            ? html`<p class="error" role="alert">${this.say("choose.type_missing")}</p>`
            : nothing}
        </fieldset>
        <p class="quiet small">${this.say("choose.original")}</p>
        ${this.troubled()}
        <div class="actions">
          <button class="first">${this.say("common.continue")}</button>
        </div>
      </form>
    `;
  }

  private option(type: DocumentType) {
    const two = this.session.flow.accepts.two_sided.includes(type);
    const name = this.say(`documents.${type}` as Key);
    return html`
      <label class="choice">
        <input
          type="radio"
          name="type"
          .checked=${this.type === type}
          @change=${() => {
            this.type = type;
          }}
        />
        ${icon(ICONS[type] ?? "document")}
        <span
          >${capital(name)}<span class="about"
            >${this.say(two ? "choose.both_sides" : type === "passport" ? "choose.data_page" : "choose.one_side")}</span
          ></span
        >
      </label>
    `;
  }
}
customElements.define("bf-choose", Choose);
