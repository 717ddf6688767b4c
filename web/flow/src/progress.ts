import { type TemplateResult, html } from "lit";
import type { Say } from "./words";

/** How much of an upload is there, and what is being done. */
export function onItsWay(share: number, broken: boolean, say: Say): TemplateResult {
  const percent = Math.round(100 * share);
  const going = say(share < 1 ? "picture.sending" : "picture.judging");
  return html`
    <progress max="100" aria-label=${say("picture.progress")} .value=${percent}></progress>
    <p class=${broken ? "note warn" : "quiet"} role="status">
      ${broken ? say("picture.broken", { percent }) : going}
    </p>
  `;
}
