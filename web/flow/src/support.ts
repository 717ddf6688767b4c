import { LitElement, html } from "lit";
import { type Session, sentence } from "./session";
import { style } from "./style";

/** A message to support, which is stored with the case. */
export class Support extends LitElement {
  static override styles = [style];
  static override properties = {
    session: { attribute: false },
    state: { state: true },
    trouble: { state: true },
  };
  declare session: Session;
  declare state: "writing" | "sending" | "sent";
  declare trouble: string;

  constructor() {
    super();
    this.state = "writing";
    this.trouble = "";
  }

  private async send(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const { say, api } = this.session;
    const text = String(new FormData(event.target as HTMLFormElement).get("text") ?? "").trim();
    this.trouble = text ? "" : say("details.empty");
    if (!text || this.state === "sending") return;
    this.state = "sending";
    try {
      await api.message(text);
      this.state = "sent";
    } catch (error) {
      this.state = "writing";
      this.trouble = sentence(error, say);
    }
  }

  override render() {
    const { say } = this.session;
    if (this.state === "sent") return html`<p class="note good" role="status">${say("support.sent")}</p>`;
    return html`
      <details>
        <summary>${say("support.title")}</summary>
        <form class="stack" novalidate @submit=${this.send}>
          <div class="field">
            <label for="text">${say("support.label")}</label>
            <textarea id="text" name="text" rows="4" maxlength="2000"></textarea>
            ${this.trouble ? html`<p class="error" role="alert">${this.trouble}</p>` : ""}
          </div>
          <button aria-disabled=${this.state === "sending"}>${say("support.send")}</button>
        </form>
      </details>
    `;
  }
}
customElements.define("bf-support", Support);
