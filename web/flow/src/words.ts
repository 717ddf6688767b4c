import { Offline } from "./api";
import type { Key } from "./generated/keys";
import type { Language } from "./types";

export type { Key };
export type Say = (key: Key, particulars?: Record<string, string | number>) => string;

/** As data: a module that did not come once is asked for no more by most browsers. */
const WHERE: Record<Language, URL> = {
  en: new URL("./generated/en.json", import.meta.url),
  "zh-CN": new URL("./generated/zh-CN.json", import.meta.url),
};

/** The words of a language; only those are loaded. Offline where they do not come. */
export async function wordsOf(language: Language): Promise<Say> {
  const words = await loaded(WHERE[language]);
  return (key, particulars) => {
    const text = words[key] ?? key;
    return text.replace(/\{(\w+)\}/g, (whole, name) => String(particulars?.[name] ?? whole));
  };
}

async function loaded(where: URL): Promise<Record<Key, string>> {
  try {
    const response = await fetch(where, { credentials: "omit", referrerPolicy: "no-referrer" });
    if (response.ok) return await response.json();
  } catch {
    // As where the answer is no success.
  }
  throw new Offline();
}

/** The language that the browser asks for. */
export function preferred(): Language {
  const first = navigator.languages.find((tag) => /^(zh|en)\b/i.test(tag)) ?? navigator.language;
  return /^zh\b/i.test(first) ? "zh-CN" : "en";
}

export const LANGUAGES: [Language, string][] = [
  ["en", "English"],
  ["zh-CN", "简体中文"],
];

/** The first letter as a capital, where there are any. */
export const capital = (text: string): string => (text[0] ?? "").toUpperCase() + text.slice(1);

/** By whose habits dates and numbers are written. */
export const locale = (language: Language): string => (language === "en" ? "en-GB" : language);
