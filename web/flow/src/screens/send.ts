import { html, nothing } from "lit";
import { icon } from "../icons";
import { ScreenElement } from "../screen";
import { type Key, capital } from "../words";

/** Everything is there: hand it over. */
export class Send extends ScreenElement {
  private async submit(): Promise<void> {
    await this.doing(async () => {
      await this.session.api.submit();
      this.tell("refresh");
    });
  }

  override render() {
    const { steps } = this.session.case;
    const own = steps.filter((step) => step.state.state !== "by_person");
    const arranged = steps.filter((step) => step.state.state === "by_person");
    const name = (need: string) => this.say(`needs.${need}` as Key);
    return html`
      <div class="stack">
        ${this.heading("send.title")}
        <ul class="stack tight">
          ${own.map(({ need }) => html`<li class="need">${icon("check")}<span>${capital(name(need))}</span></li>`)}
        </ul>
        ${arranged.length
          ? html`<div class="note">
              <strong>${this.say("send.by_person")}</strong>
              <span>${arranged.map(({ need }) => name(need)).join(this.say("common.comma"))}</span>
            </div>`
          : nothing}
        <p class="quiet">${this.say("send.lead")}</p>
        ${this.troubled()}
        <div class="actions">
          <button class="first" aria-disabled=${this.busy} @click=${this.submit}>
            ${this.say("send.send")}
          </button>
        </div>
      </div>
    `;
  }
}
customElements.define("bf-send", Send);
