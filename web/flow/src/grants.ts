import type { Session } from "./session";
import type { Grant, Tier } from "./types";
import { type Key, capital, locale } from "./words";

/** What a tier grants, a line each. */
export function grants(tier: Tier, { say, language }: Session): string[] {
  const amount = (value: string) => new Intl.NumberFormat(locale(language)).format(Number(value));
  const line = (grant: Grant) => {
    const feature = known(say(`features.${grant.feature}` as Key), grant.feature);
    const { currency = "", per_day, per_month } = grant;
    const limits = [
      per_day && say("grants.per_day", { amount: amount(per_day), currency }),
      per_month && say("grants.per_month", { amount: amount(per_month), currency }),
    ].filter(Boolean);
    const what = limits.length ? limits.join(say("grants.and")) : say("grants.unlimited");
    return say("grants.line", { feature: capital(feature), what });
  };
  return tier.grants.map(line);
}

/** A feature that only the operator's policy knows keeps its name. */
const known = (text: string, name: string) => (text === `features.${name}` ? name : text);
