import { LitElement, html, nothing } from "lit";
import { Refused } from "./api";
import { ended } from "./screen";
import { type Session, sentence } from "./session";
import { style } from "./style";
import type { Key } from "./words";

/** Messages to support, which are stored with the case. */
export class Support extends LitElement {
  static override styles = [style];
  static override properties = {
    session: { attribute: false },
    state: { state: true },
    trouble: { state: true },
  };
  declare session: Session;
  /** After a message that was sent another one can be written. */
  declare state: "writing" | "sending" | "sent";
  declare trouble: Key | "";

  constructor() {
    super();
    this.state = "writing";
    this.trouble = "";
  }

  private async send(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    if (this.state === "sending") return;
    const form = event.target as HTMLFormElement;
    const text = String(new FormData(form).get("text") ?? "").trim();
    this.state = text ? "sending" : "writing";
    this.trouble = text ? "" : "details.empty";
    if (!text) return;
    try {
      await this.session.api.message(text);
      form.reset();
      this.state = "sent";
      await this.updateComplete;
      this.renderRoot.querySelector<HTMLElement>(".good")?.focus();
    } catch (error) {
      this.state = "writing";
      this.trouble = sentence(error);
      const over = this.isConnected && error instanceof Refused && ended(error);
      if (over) this.dispatchEvent(new CustomEvent("ended", { bubbles: true, composed: true }));
    }
  }

  override render() {
    const { say } = this.session;
    return html`
      <details>
        <summary>${say("support.title")}</summary>
        <form class="stack" novalidate @submit=${this.send}>
          ${this.state === "sent"
            ? html`<p class="note good" role="status" tabindex="-1">${say("support.sent")}</p>`
            : nothing}
          <div class="field">
            <label for="text">${say("support.label")}</label>
            <textarea id="text" name="text" rows="4" maxlength="2000"></textarea>
            ${this.trouble ? html`<p class="error" role="alert">${say(this.trouble)}</p>` : nothing}
          </div>
          <button aria-disabled=${this.state === "sending"}>${say("support.send")}</button>
        </form>
      </details>
    `;
  }
}
customElements.define("bf-support", Support);
