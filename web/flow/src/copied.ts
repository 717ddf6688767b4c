import { LitElement, css, html, nothing } from "lit";
import { style } from "./style";
import type { Say } from "./words";

/** An address to be opened elsewhere: to be read, chosen or copied, and no link that opens here. */
export class Copied extends LitElement {
  static override styles = [
    style,
    css`
      .address {
        overflow-wrap: anywhere;
        user-select: all;
      }
      button.link {
        margin-inline-start: -0.5rem;
        min-inline-size: 0;
        justify-content: start;
        text-align: start;
      }
    `,
  ];
  static override properties = {
    address: { attribute: false },
    say: { attribute: false },
    done: { state: true },
  };
  declare address: string;
  declare say: Say;
  declare done: boolean;

  constructor() {
    super();
    this.address = "";
    this.done = false;
  }

  /** Whoever is not permitted to copy by the button has the text before them. */
  private async copy(): Promise<void> {
    const copied = navigator.clipboard.writeText(this.address).then(() => true, () => false);
    this.done = await copied;
    if (!this.done) getSelection()?.selectAllChildren(this.renderRoot.querySelector(".address") as Element);
  }

  override render() {
    return html`
      <p class="small address">${this.address}</p>
      ${navigator.clipboard
        ? html`<button type="button" class="link small" @click=${this.copy}>${this.say("handoff.copy")}</button>`
        : nothing}
      <span class="small" role="status">${this.done ? this.say("handoff.copied") : nothing}</span>
    `;
  }
}
customElements.define("bf-copied", Copied);
