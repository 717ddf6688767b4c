import { html, nothing } from "lit";
import type { Session } from "./session";
import type { Spelling } from "./types";

/** After the last key. */
const PAUSE_MS = 350;

export const HAN = /[\u3400-\u9fff]/;

/** Asks how a name in Chinese characters is printed, while it is typed. */
export class Pinyin {
  private timer: ReturnType<typeof setTimeout> | undefined;
  private asked = "";

  constructor(
    private readonly session: () => Session,
    private readonly found: (spellings: Spelling[]) => void,
  ) {}

  /** What stands in the fields of the family name and of the given names. */
  typed(surname: string, given: string): void {
    const name = [surname, given].filter((part) => HAN.test(part)).join("").replace(/\s/g, "");
    if (name === this.asked) return;
    this.asked = name;
    clearTimeout(this.timer);
    this.found([]);
    if (name) this.timer = setTimeout(() => void this.ask(name), PAUSE_MS);
  }

  private async ask(name: string): Promise<void> {
    // It is a help: without it the person types the letters.
    const spellings = await this.session().api.spelling(name).catch(() => []);
    if (name === this.asked) this.found(spellings);
  }
}

/** The spellings to choose from. */
export function suggestions(
  { say }: Session,
  spellings: Spelling[],
  choose: (spelling: Spelling) => void,
) {
  if (spellings.length === 0) return nothing;
  return html`
    <div class="note" role="group" aria-labelledby="spellings">
      <span id="spellings">${say("details.spellings")}</span>
      <div class="actions">
        ${spellings.map(
          (one) => html`
            <button type="button" @click=${() => choose(one)}>
              ${[one.surname, one.given_names].filter(Boolean).join(say("common.comma"))}
            </button>
          `,
        )}
      </div>
    </div>
  `;
}
