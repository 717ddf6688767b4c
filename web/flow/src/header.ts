import { html, nothing } from "lit";
import { icon } from "./icons";
import type { Session } from "./session";
import type { Language } from "./types";
import { LANGUAGES, type Say } from "./words";

/** What a page says of itself before it knows whose case it shows. */
export interface Greeting {
  session: Session | null;
  server: string;
  language: Language;
  say: Say;
  /** The words of the language that was chosen last did not come. */
  untranslated: boolean;
}

/** Who asks, in which other language one can read it, and the person's own phrase. */
export function header(greeting: Greeting, speak: (language: Language) => void) {
  const { session, server, language, say, untranslated } = greeting;
  const flow = session?.flow;
  const phrase = session?.case.phrase;
  return html`
    <header>
      ${flow?.installation === "sandbox" ? html`<p class="sandbox">${say("common.sandbox")}</p>` : nothing}
      <div class="top">
        <span class="brand">
          ${flow?.logo
            ? html`<img src=${server + flow.logo} alt=${flow.operator} />`
            : html`${icon("shield")}<span>${flow?.operator || say("common.name")}</span>`}
        </span>
        ${LANGUAGES.filter(([tag]) => tag !== language).map(
          ([tag, name]) => html`
            <button type="button" class="link language" lang=${tag} @click=${() => speak(tag)}>${name}</button>
          `,
        )}
      </div>
      ${untranslated ? html`<p class="note warn" role="alert">${say("trouble.offline")}</p>` : nothing}
      ${phrase
        ? html`<p class="phrase"><span>${say("common.phrase")}</span> <strong>${phrase}</strong></p>`
        : nothing}
    </header>
  `;
}
