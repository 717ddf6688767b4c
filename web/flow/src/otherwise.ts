import { html, nothing } from "lit";
import type { Session } from "./session";
import type { Part } from "./types";

/** The live check for whoever cannot make movements, or is made ill by light that changes. */
export function otherwise({ say, flow }: Session, without: Part[], change: (to: Part[]) => void) {
  const choice = (part: Part) => html`
    <label class="choice">
      <input
        type="checkbox"
        .checked=${without.includes(part)}
        @change=${(event: Event) => {
          const { checked } = event.target as HTMLInputElement;
          change([...without.filter((other) => other !== part), ...(checked ? [part] : [])]);
        }}
      />
      <span>${say(`capture.without_${part}`)}</span>
    </label>
  `;
  return html`
    <details>
      <summary>${say("capture.otherwise")}</summary>
      <div class="stack tight">
        ${flow.light_challenge ? choice("light") : nothing} ${choice("movements")}
        ${without.length > 0
          ? html`<p class="note warn" role="status">
              ${say("capture.without_note", { days: flow.review_days })}
            </p>`
          : nothing}
      </div>
    </details>
  `;
}
