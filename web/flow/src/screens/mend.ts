import { html } from "lit";
import { ScreenElement } from "../screen";
import type { Key } from "../words";

/** What was decided asks for another try: why, and what of it is to be done again. */
export class Mend extends ScreenElement {
  override render() {
    const { decision, steps } = this.session.case;
    const again = steps.filter(({ state }) => ["again", "todo"].includes(state.state));
    const names = again.map(({ need }) => this.say(`needs.${need}` as Key));
    return html`
      <div class="stack">
        ${this.heading("mend.title")}
        <p>${this.say("mend.lead", { what: names.join(this.say("common.comma")) })}</p>
        ${this.reasons(decision?.reasons ?? [])}
        <div class="actions">
          <button class="first" @click=${() => this.tell("read")}>${this.say("mend.go")}</button>
        </div>
        ${this.support()}
      </div>
    `;
  }
}
customElements.define("bf-mend", Mend);
