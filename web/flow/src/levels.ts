import { html, nothing } from "lit";
import { nameOf } from "./countries";
import { grants } from "./grants";
import type { Session } from "./session";
import type { Need, Tier } from "./types";
import type { Key } from "./words";

/** What every tier grants and what it takes, for whoever asks; nothing where there is one alone. */
export function levels(session: Session) {
  const { flow, say, language } = session;
  if (flow.tiers.length < 2) return nothing;
  const list = new Intl.ListFormat(language, { type: "conjunction" });
  const named = (need: Need) => say(`needs.${need}` as Key);
  const level = (tier: Tier) => {
    const own = tier.name === flow.tier;
    return html`
      <section class="stack tight level">
        <h3>${own ? say("before.level_own", { tier: tier.name }) : tier.name}</h3>
        <ul>
          ${grants(tier, session).map((line) => html`<li>${line}</li>`)}
        </ul>
        <p class="quiet">${say("before.level_needs", { needs: list.format(tier.needs.map(named)) })}</p>
      </section>
    `;
  };
  return html`
    <details>
      <summary>${say("before.levels")}</summary>
      <div class="stack">${flow.tiers.map(level)}</div>
    </details>
  `;
}

/** Whose documents are accepted, in one sentence. */
export function issuers(session: Session): string {
  const {
    flow: { accepts },
    language,
    say,
  } = session;
  const list = new Intl.ListFormat(language, { type: "conjunction" });
  const names = (codes: string[]) => list.format(codes.map((code) => nameOf(code, session)));
  const { countries, countries_refused: refused } = accepts;
  const taken = countries.filter((code) => !refused.includes(code));
  if (countries.length) return say("before.countries", { countries: names(taken) });
  if (!refused.length) return say("before.countries_every");
  return say("before.countries_except", { countries: names(refused) });
}
