// What stays for as long as the tab. A browser may forbid that to a page, in a frame or altogether:
// then nothing is kept, and all else goes on.

export const kept = (key: string): string | null => storage()?.getItem(key) ?? null;

export const drop = (key: string): void => storage()?.removeItem(key);

/** Where there is no room for it nothing is kept, not even what was there before. */
export function keep(key: string, what: string): void {
  try {
    storage()?.setItem(key, what);
  } catch {
    drop(key);
  }
}

function storage(): Storage | null {
  try {
    return sessionStorage;
  } catch {
    return null;
  }
}
