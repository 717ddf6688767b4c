import type { Language } from "./types";

/** Says `text` aloud where the browser can, in the voice of the language; the last word counts. */
export function speak(text: string, language: Language): void {
  if (!("speechSynthesis" in globalThis)) return;
  speechSynthesis.cancel();
  const said = new SpeechSynthesisUtterance(text);
  said.lang = language === "en" ? "en-GB" : "zh-CN";
  speechSynthesis.speak(said);
}

export function silence(): void {
  if ("speechSynthesis" in globalThis) speechSynthesis.cancel();
}
