// The token comes in the fragment, which no server and no referrer sees, and is taken off the
// address at once. It stays for as long as the tab, so that a reload goes on; nothing else is kept.

const KEY = "bonafide.token";

/** What the address brought: a token, or the code of a session on another device. */
export interface Arrived {
  token: string | null;
  handoff: string | null;
}

/** What is in the address, else the token of before a reload. */
export function arrived(): Arrived {
  const sent = new URLSearchParams(location.hash.slice(1));
  const [token, handoff] = [sent.get("token"), sent.get("handoff")];
  if (token || handoff) history.replaceState(null, "", location.pathname + location.search);
  if (token) keep(token);
  return { token: token ?? (handoff ? null : sessionStorage.getItem(KEY)), handoff };
}

export function keep(token: string): void {
  sessionStorage.setItem(KEY, token);
}

export function forget(): void {
  sessionStorage.removeItem(KEY);
}
