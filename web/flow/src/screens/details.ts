import { html, nothing } from "lit";
import { Refused } from "../api";
import { everyone, nameOf } from "../countries";
import { example } from "../example";
import { age, birth, calendar, fault } from "../national-id";
import { HAN, Pinyin, suggestions } from "../pinyin";
import { ScreenElement } from "../screen";
import { CHARACTERS_TOO, needs } from "../session";
import type { Claims, Reason, Spelling } from "../types";
import type { Key } from "../words";

type Text = "surname" | "given_names" | "full_name_native" | "document_number";
type Name = Text | "birth_date" | "nationality";
type Part = "year" | "month" | "day";

const LATIN: Text[] = ["surname", "given_names"];

/** What a reason's field is called among what is typed. */
const TYPED: Record<string, Name> = {
  national_id_number: "document_number",
};

/** What the browser may know of a person (WCAG 1.3.5). */
const FILLED: Record<Text, AutoFill> = {
  surname: "family-name",
  given_names: "given-name",
  full_name_native: "name",
  document_number: "off",
};

/** What the person types, checked as they type. */
export class Details extends ScreenElement {
  static override properties = {
    ...ScreenElement.properties,
    told: { attribute: false },
    claims: { state: true },
    born: { state: true },
    wrong: { state: true },
    spellings: { state: true },
  };
  declare told: Reason[];
  declare claims: Claims;
  declare born: Record<Part, string>;
  /** What is said of a field, in the language of the moment. */
  declare wrong: Partial<Record<Name, () => string>>;
  declare spellings: Spelling[];
  private readonly pinyin = new Pinyin(
    () => this.session,
    (spellings) => {
      this.spellings = spellings;
    },
  );

  constructor() {
    super();
    this.told = [];
    this.claims = {};
    this.born = { year: "", month: "", day: "" };
    this.wrong = {};
    this.spellings = [];
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.claims = { ...this.session.claims };
    const [year = "", month = "", day = ""] = this.claims.birth_date?.split("-") ?? [];
    this.born = { year, month, day };
    for (const reason of this.told) {
      const field = this.fieldOf(reason);
      this.wrong[field as Name] = () => this.both(reason.what);
    }
  }

  /** Where what is wrong stands: of a name where one was typed. */
  private fieldOf({ field }: Reason): string {
    const { surname, full_name_native } = this.claims;
    const name = full_name_native && !surname ? "full_name_native" : "surname";
    if (!field || field === "full_name") return name;
    return TYPED[field] ?? field;
  }

  /** What is typed so far. */
  draft(): Claims {
    const { year, month, day } = this.born;
    const birth_date = year && month && day ? [year, month, day].join("-") : "";
    return { ...this.claims, ...(birth_date ? { birth_date } : {}) };
  }

  /** A mainland identity card has one name and one number, which holds the birth date. */
  private get mainlandCard(): boolean {
    return this.session.country === "CHN" && this.claims.document_type === "id_card";
  }
  /** A foreigner's Chinese licence has the number of their passport. */
  private get mainlandLicence(): boolean {
    return this.session.country === "CHN" && this.claims.document_type === "driving_licence";
  }
  private get citizenNumber(): boolean {
    return this.mainlandCard || (this.mainlandLicence && this.claims.nationality === "CHN");
  }
  /**
   * Such documents have the name in characters, in Latin letters or both: a foreigner's Chinese
   * permit has it in Latin letters, and a card of Taiwan in characters alone.
   */
  private get eitherName(): boolean {
    const { country } = this.session;
    const here = country === "CHN" || CHARACTERS_TOO.includes(country);
    return here && this.claims.document_type !== "passport" && !this.mainlandCard;
  }
  /** What is printed before the number on the chosen document. */
  private get numberLabel(): string {
    if (!this.citizenNumber) return "document_number";
    const licence = this.claims.document_type === "driving_licence";
    return licence ? "licence_number" : "national_id_number";
  }
  private get names(): Text[] {
    if (this.eitherName) return ["full_name_native", ...LATIN];
    return this.mainlandCard ? ["full_name_native"] : LATIN;
  }

  private set(name: keyof Claims, value: string): void {
    this.claims = { ...this.claims, [name]: value };
    const { [name as Name]: _, ...wrong } = this.wrong;
    this.wrong = wrong;
    if (name === "document_number" && this.citizenNumber) this.fillBirth(value);
    if (!this.mainlandCard) {
      this.pinyin.typed(this.claims.surname ?? "", this.claims.given_names ?? "");
    }
  }

  private spell({ surname, given_names }: Spelling): void {
    this.claims = { ...this.claims, surname };
    // A family name alone leaves what was typed beside it.
    if (given_names) this.claims = { ...this.claims, given_names };
    this.wrong = {};
    this.spellings = [];
  }

  private fillBirth(number: string): void {
    const [year, month, day] = birth(number)?.split("-") ?? [];
    if (year && month && day) this.born = { year, month, day };
  }

  /** What is wrong with a field; nothing while it may still become right. */
  private judge(name: Name, whole: boolean): string {
    const text = (this.claims[name] ?? "").trim();
    if (name === "birth_date") return this.judgeBirth(whole);
    if (!text) return whole ? this.judgeEmpty(name) : "";
    if (name === "surname" || name === "given_names") {
      if (/\d/.test(text)) return this.say("details.no_digits");
      if (HAN.test(text)) return this.say("details.latin");
    }
    if (name === "full_name_native" && /[a-z\d]/i.test(text)) return this.say("details.characters");
    if (name === "document_number") return this.judgeNumber(text, whole);
    return "";
  }

  private judgeEmpty(name: Name): string {
    if (name === "given_names" || name === "nationality") return "";
    if (this.eitherName && name === "full_name_native") {
      const other = this.claims.surname?.trim() || this.claims.given_names?.trim();
      return other ? "" : this.say("details.no_name");
    }
    if (this.eitherName && name === "surname" && !this.claims.given_names?.trim()) return "";
    return this.say("details.empty");
  }

  private judgeNumber(text: string, whole: boolean): string {
    if (!this.citizenNumber) {
      return /[^\p{L}\d /<.-]/u.test(text) ? this.say("details.number_characters") : "";
    }
    const found = fault(text.replace(/\s/g, ""));
    if (!found || (found === "length" && !whole)) return "";
    return this.say(`details.id_${found}` as Key);
  }

  private judgeBirth(whole: boolean): string {
    const { year, month, day } = this.born;
    if (!whole && !(year.length === 4 && month && day)) return "";
    if (whole && !year && !month && !day) return this.say("details.empty");
    const date = calendar(year, month, day);
    const { today, minimum_age } = this.session.flow;
    if (!date || date > today || date < "1900") return this.say("details.no_date");
    if (age(date, today) < minimum_age) return this.say("details.young", { age: minimum_age });
    return "";
  }

  private async save(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const fields: Name[] = [...this.names, "document_number", "birth_date", "nationality"];
    const wrong = fields.filter((name) => this.judge(name, true));
    this.wrong = Object.fromEntries(wrong.map((name) => [name, () => this.judge(name, true)]));
    if (wrong[0]) return this.point(wrong[0]);
    await this.doing(async () => {
      try {
        await this.session.api.details(this.typed());
      } catch (error) {
        if (!(error instanceof Refused && error.code === "detail-invalid")) throw error;
        const name = error.message.split(":")[0] as Name;
        this.wrong = { [name]: () => this.say("details.not_plausible") };
        return this.point(name);
      }
      this.tell("typed", this.typed());
    });
  }

  private typed(): Claims {
    const { document_type, nationality } = this.claims;
    const { year, month, day } = this.born;
    const claims: Claims = {};
    if (document_type) claims.document_type = document_type;
    if (nationality) claims.nationality = nationality;
    const birth_date = calendar(year, month, day);
    if (birth_date) claims.birth_date = birth_date;
    for (const name of [...this.names, "document_number"] as Text[]) {
      const text = (this.claims[name] ?? "").trim().replace(/\s+/g, " ");
      if (text) claims[name] = this.citizenNumber && name === "document_number" ? text.toUpperCase() : text;
    }
    return claims;
  }

  private point(name: Name): void {
    this.updateComplete.then(() => {
      const id = name === "birth_date" ? "year" : name;
      this.renderRoot.querySelector<HTMLElement>(`#${id}`)?.focus();
    });
  }

  override render() {
    return html`
      <form class="stack" novalidate @submit=${this.save}>
        ${this.heading(this.told.length ? "details.mend_title" : "details.title")}
        ${this.told.length ? this.reasons(this.told) : html`<p>${this.say("details.lead")}</p>`}
        ${example(this.claims, this.session)}
        ${this.eitherName
          ? html`${this.nationality()}<p>${this.say("details.either_name")}</p>`
          : nothing}
        ${this.names.map((name) => this.text(name))}
        ${suggestions(this.session, this.spellings, (spelling) => this.spell(spelling))}
        ${this.text("document_number")} ${this.birthDate()}
        ${this.eitherName ? nothing : this.nationality()}
        ${this.troubled()}
        <div class="actions">
          <button class="first" aria-disabled=${this.busy}>${this.say("common.continue")}</button>
          ${this.told.length && needs(this.session, "document")
            ? html`<button type="button" @click=${() => this.tell("retake")}>
                ${this.say("details.retake")}
              </button>`
            : nothing}
          <button type="button" class="link" @click=${() => this.tell("unchoose")}>
            ${this.say("details.other_document")}
          </button>
        </div>
      </form>
    `;
  }

  private text(name: Text) {
    const label = name === "document_number" ? this.numberLabel : name;
    const live = this.judge(name, false);
    const error = this.wrong[name]?.() || live;
    const holds =
      this.citizenNumber && name === "document_number" && !fault(this.claims.document_number ?? "");
    // The example of a Chinese document has one name, under one number.
    const latin = this.eitherName && this.session.country === "CHN" && LATIN.includes(name);
    const about = `details.${label}_${latin ? "latin_" : ""}about` as Key;
    return html`
      <div class="field">
        <label for=${name}>${this.say(`details.${label}` as Key)}</label>
        <span class="quiet small" id="${name}-about">${this.say(about)}</span>
        <input
          id=${name}
          .value=${this.claims[name] ?? ""}
          maxlength="120"
          autocomplete=${FILLED[name]}
          spellcheck="false"
          autocapitalize=${name === "full_name_native" ? "off" : "characters"}
          aria-invalid=${Boolean(error)}
          aria-describedby="${name}-about ${error ? `${name}-wrong` : ""}"
          @input=${(event: InputEvent) => this.set(name, (event.target as HTMLInputElement).value)}
        />
        <div aria-live="polite">
          ${error ? html`<p class="error" id="${name}-wrong">${error}</p>` : nothing}
          ${holds ? html`<p class="fine">${this.say("details.id_holds")}</p>` : nothing}
        </div>
      </div>
    `;
  }

  private birthDate() {
    const error = this.wrong.birth_date?.() || this.judge("birth_date", false);
    const order: Part[] =
      this.session.language === "zh-CN" ? ["year", "month", "day"] : ["day", "month", "year"];
    const part = (name: Part) => html`
      <div class="field">
        <label for=${name} class="small">${this.say(`details.${name}`)}</label>
        <input
          id=${name}
          inputmode="numeric"
          autocomplete=${`bday-${name}`}
          maxlength=${name === "year" ? 4 : 2}
          .value=${this.born[name]}
          aria-invalid=${Boolean(error)}
          aria-describedby=${error ? "birth-wrong" : nothing}
          @input=${(event: InputEvent) => {
            const value = (event.target as HTMLInputElement).value.trim();
            this.born = { ...this.born, [name]: value };
            const { birth_date: _, ...wrong } = this.wrong;
            this.wrong = wrong;
          }}
        />
      </div>
    `;
    return html`
      <fieldset class="field">
        <legend>${this.say("details.birth_date")}</legend>
        <div class="date">${order.map(part)}</div>
        <div aria-live="polite">
          ${error ? html`<p class="error" id="birth-wrong">${error}</p>` : nothing}
        </div>
      </fieldset>
    `;
  }

  private nationality() {
    if (this.mainlandCard) return nothing;
    const { claims, session } = this;
    const all = everyone(session.flow)
      .map((code) => ({ code, name: nameOf(code, session) }))
      .sort((a, b) => a.name.localeCompare(b.name, session.language));
    return html`
      <div class="field">
        <label for="nationality">${this.say("details.nationality")}</label>
        <select
          id="nationality"
          @change=${(event: Event) => {
            this.set("nationality", (event.target as HTMLSelectElement).value);
          }}
        >
          ${all.map(
            ({ code, name }) =>
              html`<option value=${code} ?selected=${code === claims.nationality}>${name}</option>`,
          )}
        </select>
      </div>
    `;
  }
}
customElements.define("bf-details", Details);

declare global {
  interface HTMLElementTagNameMap {
    "bf-details": Details;
  }
}
