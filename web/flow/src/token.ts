// The token comes in the fragment, which no server and no referrer sees, and is taken off the
// address at once. It stays for as long as the tab, so that a reload goes on; nothing else is kept.

const KEY = "bonafide.token";

/** The token of the address, else the one of before a reload. */
export function arrived(): string | null {
  const sent = new URLSearchParams(location.hash.slice(1)).get("token");
  if (!sent) return sessionStorage.getItem(KEY);
  history.replaceState(null, "", location.pathname + location.search);
  sessionStorage.setItem(KEY, sent);
  return sent;
}

export function forget(): void {
  sessionStorage.removeItem(KEY);
}
