import { html, nothing } from "lit";
import { icon } from "./icons";
import type { Session } from "./session";
import type { Part } from "./types";
import type { Key } from "./words";

/** How the live check goes best, and before what light whoever it makes ill is warned. */
export function liveLead({ say, flow }: Session, without: Part[]) {
  const [still, dull] = [without.includes("movements"), without.includes("light")];
  const lit = flow.light_challenge && !dull;
  const tips: Key[] = [
    lit ? "capture.tip_dim" : "capture.tip_place",
    ...(still ? [] : ["capture.tip_slow" as const]),
    "capture.tip_alone",
  ];
  return html`
    <ol class="stack tight">
      ${tips.map((tip) => html`<li class="need">${icon("check")}<span>${say(tip)}</span></li>`)}
    </ol>
    ${lit
      ? html`<p class="note warn">
          <strong>${say("capture.warning")}</strong>
          <span>${say("capture.warning_about", { seconds: still ? 6 : 9 })}</span>
        </p>`
      : nothing}
  `;
}
