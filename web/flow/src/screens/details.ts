import { html, nothing } from "lit";
import { Refused } from "../api";
import { everyone, nameOf } from "../countries";
import { example } from "../example";
import { age, birth, calendar, fault } from "../national-id";
import { HAN, Pinyin, suggestions } from "../pinyin";
import { ScreenElement } from "../screen";
import { needs } from "../session";
import type { Claims, Reason, Spelling } from "../types";
import type { Key } from "../words";

type Text = "surname" | "given_names" | "full_name_native" | "document_number";
type Name = Text | "birth_date" | "nationality";
type Part = "year" | "month" | "day";

/** What a reason's field is called among what is typed. */
const TYPED: Record<string, Name> = {
  full_name: "surname",
  national_id_number: "document_number",
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
  declare wrong: Partial<Record<Name, string>>;
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
      const field = reason.field ? (TYPED[reason.field] ?? reason.field) : "surname";
      this.wrong[field as Name] = this.both(reason.what);
    }
  }

  /** What is typed so far. */
  draft(): Claims {
    const { year, month, day } = this.born;
    const birth_date = year && month && day ? [year, month, day].join("-") : "";
    return { ...this.claims, ...(birth_date ? { birth_date } : {}) };
  }

  /** A mainland identity card has one name and one number, which holds the birth date. */
  private get chinese(): boolean {
    return this.session.country === "CHN" && this.claims.document_type !== "passport";
  }
  private get citizenNumber(): boolean {
    return this.chinese && ["id_card", "driving_licence"].includes(this.claims.document_type ?? "");
  }
  /** What is printed before the number on the chosen document. */
  private get numberLabel(): string {
    if (!this.citizenNumber) return "document_number";
    const licence = this.claims.document_type === "driving_licence";
    return licence ? "licence_number" : "national_id_number";
  }
  private get names(): Text[] {
    return this.chinese ? ["full_name_native"] : ["surname", "given_names"];
  }

  private set(name: keyof Claims, value: string): void {
    this.claims = { ...this.claims, [name]: value };
    const { [name as Name]: _, ...wrong } = this.wrong;
    this.wrong = wrong;
    if (name === "document_number" && this.citizenNumber) this.fillBirth(value);
    if (!this.chinese) this.pinyin.typed(this.claims.surname ?? "", this.claims.given_names ?? "");
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
    if (!text) {
      const optional = name === "given_names" || name === "nationality";
      return whole && !optional ? this.say("details.empty") : "";
    }
    if (name === "surname" || name === "given_names") {
      if (/\d/.test(text)) return this.say("details.no_digits");
      if (HAN.test(text)) return this.say("details.latin");
    }
    if (name === "full_name_native" && /[a-z\d]/i.test(text)) return this.say("details.characters");
    if (name === "document_number") return this.judgeNumber(text, whole);
    return "";
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
    const wrong = fields.map((name) => [name, this.judge(name, true)]).filter(([, text]) => text);
    this.wrong = Object.fromEntries(wrong);
    if (wrong[0]) return this.point(wrong[0][0] as Name);
    await this.doing(async () => {
      try {
        await this.session.api.details(this.typed());
      } catch (error) {
        if (!(error instanceof Refused && error.code === "detail-invalid")) throw error;
        const name = error.message.split(":")[0] as Name;
        this.wrong = { [name]: this.say("details.not_plausible") };
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
        ${example(this.claims, this.session)} ${this.names.map((name) => this.text(name))}
        ${suggestions(this.session, this.spellings, (spelling) => this.spell(spelling))}
        ${this.text("document_number")} ${this.birthDate()} ${this.nationality()}
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
    const error = this.wrong[name] ?? live;
    const holds =
      this.citizenNumber && name === "document_number" && !fault(this.claims.document_number ?? "");
    const about = `details.${label}_about` as Key;
    return html`
      <div class="field">
        <label for=${name}>${this.say(`details.${label}` as Key)}</label>
        <span class="quiet small" id="${name}-about">${this.say(about)}</span>
        <input
          id=${name}
          .value=${this.claims[name] ?? ""}
          maxlength="120"
          autocomplete="off"
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
    const error = this.wrong.birth_date ?? this.judge("birth_date", false);
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
    if (this.citizenNumber) return nothing;
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
