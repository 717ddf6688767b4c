import { html, nothing } from "lit";
import type { Session } from "./session";
import type { Say } from "./words";

/** What whoever leaves can do. */
export interface Ways {
  stay(): void;
  /** Nothing of the person stays in this browser. */
  forget(): void;
  /** The case ends for good. */
  cancel(): void;
  /** The question is off the screen. */
  closed(): void;
}

/** The question whether to leave. */
export function leaving(session: Session | null, say: Say, ways: Ways) {
  const cancellable = ["collecting", "in_review"].includes(session?.case.state ?? "");
  return html`
    <dialog aria-labelledby="leave" @close=${ways.closed}>
      <div class="stack">
        <h2 id="leave">${say("leave.title")}</h2>
        <p>${say("leave.lead")}</p>
        <div class="actions">
          <button class="first" @click=${ways.stay}>${say("leave.stay")}</button>
          <button @click=${ways.forget}>${say("leave.forget")}</button>
          ${cancellable
            ? html`<button type="button" class="link" @click=${ways.cancel}>${say("leave.cancel")}</button>`
            : nothing}
        </div>
      </div>
    </dialog>
  `;
}
