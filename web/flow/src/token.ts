// The token comes in the fragment, which no server and no referrer sees, and is taken off the
// address at once. It stays for as long as the tab, with the language that was chosen, so that a
// reload goes on; nothing else is kept.
import * as storage from "./storage";

const KEY = "bonafide.token";
/** The token came from another device. */
const CAME = "bonafide.arrived";
/** The language that was chosen on the page. */
const LANGUAGE = "bonafide.language";

/** What the address brought: a token, or the code of a session on another device. */
export interface Arrived {
  token: string | null;
  handoff: string | null;
  /** Whether the token came from another device. */
  came: boolean;
}

/** What is in the address, else the token of before a reload. */
export function arrived(): Arrived {
  const sent = new URLSearchParams(location.hash.slice(1));
  const [token, handoff] = [sent.get("token"), sent.get("handoff")];
  if (token || handoff) history.replaceState(null, "", location.pathname + location.search);
  if (token) keep(token, false);
  const came = storage.kept(CAME) !== null;
  return { token: token ?? (handoff ? null : storage.kept(KEY)), handoff, came };
}

export function keep(token: string, came: boolean): void {
  storage.keep(KEY, token);
  if (came) storage.keep(CAME, "");
  else storage.drop(CAME);
}

export function forget(): void {
  for (const key of [KEY, CAME, LANGUAGE]) storage.drop(key);
}

/** The language that was chosen on this page before a reload. */
export const spoken = (): string | null => storage.kept(LANGUAGE);

export const speak = (language: string): void => storage.keep(LANGUAGE, language);
