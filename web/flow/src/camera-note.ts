import { type TemplateResult, html, nothing } from "lit";
import type { CameraTrouble } from "./camera";
import type { Say } from "./words";

/** Why there is nothing from the camera, and what to do: for a picture a file does as well. */
export function cameraNote(
  trouble: CameraTrouble | "",
  what: "picture" | "live",
  say: Say,
): TemplateResult | typeof nothing {
  if (!trouble) return nothing;
  const live = what === "live";
  return html`<p class="note ${live ? "bad" : "warn"}" role="alert">
    <strong>${say(`camera.${trouble}`)}</strong>
    <span>${say(live ? `camera.${trouble}_live` : `camera.${trouble}_fix`)}</span>
  </p>`;
}
