// The token comes in the fragment, which no server and no referrer sees, and is taken off the
// address at once. It stays for as long as the tab, with the language that was chosen, so that a
// reload goes on; nothing else is kept.

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
  const came = sessionStorage.getItem(CAME) !== null;
  return { token: token ?? (handoff ? null : sessionStorage.getItem(KEY)), handoff, came };
}

export function keep(token: string, came: boolean): void {
  sessionStorage.setItem(KEY, token);
  if (came) sessionStorage.setItem(CAME, "");
  else sessionStorage.removeItem(CAME);
}

export function forget(): void {
  sessionStorage.removeItem(KEY);
  sessionStorage.removeItem(CAME);
  sessionStorage.removeItem(LANGUAGE);
}

/** The language that was chosen on this page before a reload. */
export const spoken = (): string | null => sessionStorage.getItem(LANGUAGE);

export const speak = (language: string): void => sessionStorage.setItem(LANGUAGE, language);
