import { type LitElement, css, html } from "lit";
import { icon } from "./icons";
import type { Session } from "./session";

/** Says aloud what a screen shows, where the browser can, until it is muted. */
export class Voice {
  private muted = false;

  constructor(private readonly screen: LitElement & { session: Session }) {}

  /** In the voice of the language; the last word counts. */
  say(text: string): void {
    if (this.muted || !("speechSynthesis" in globalThis)) return;
    speechSynthesis.cancel();
    const said = new SpeechSynthesisUtterance(text);
    said.lang = this.screen.session.language === "en" ? "en-GB" : "zh-CN";
    speechSynthesis.speak(said);
  }

  silence(): void {
    if ("speechSynthesis" in globalThis) speechSynthesis.cancel();
  }

  /** The button that mutes it, and lets it speak again. */
  button() {
    return html`
      <button
        class="sound"
        aria-pressed=${this.muted}
        aria-label=${this.screen.session.say("capture.mute")}
        @click=${() => {
          this.muted = !this.muted;
          if (this.muted) this.silence();
          this.screen.requestUpdate();
        }}
      >
        ${icon(this.muted ? "muted" : "sound")}
      </button>
    `;
  }
}

export const sound = css`
  .sound {
    min-width: 48px;
    padding: 0.5rem;
    border: 0;
  }
`;
