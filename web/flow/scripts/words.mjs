// From locales/ to the words of each language and the type of their keys, and to the help pages: the one source of
// words stays there. Fails where a language lacks a text or a particular.
import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parse } from "smol-toml";
import { helpPage } from "./help.mjs";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const here = fileURLToPath(new URL("..", import.meta.url));
const LANGUAGES = ["en", "zh-CN"];
/** What the pages need of the texts that the server answers with. */
const SHARED = ["actions", "documents", "fields", "features", "needs"];

const read = (path) => parse(readFileSync(`${root}/${path}`, "utf8"));

function flat(table, before = "") {
  return Object.entries(table).flatMap(([name, value]) =>
    typeof value === "string" ? [[before + name, value]] : flat(value, `${before}${name}.`),
  );
}

function wordsOf(language) {
  const pages = read(`locales/pages/${language}.toml`);
  const all = read(`locales/${language}.toml`);
  const shared = Object.fromEntries(SHARED.map((name) => [name, all[name]]));
  // The help pages are their own documents.
  const { faq: _, help: __, ...rest } = pages;
  return Object.fromEntries([...flat(rest), ...flat(shared)]);
}

const particulars = (text) => (text.match(/\{\w+\}/g) ?? []).sort().join();

function agree(a, b) {
  for (const [key, text] of Object.entries(a)) {
    if (!b[key]) throw new Error(`${key} is missing in one language`);
    if (particulars(text) !== particulars(b[key])) throw new Error(`${key}: other particulars`);
  }
}

const [en, zh] = LANGUAGES.map(wordsOf);
agree(en, zh);
agree(zh, en);
const [first, second] = LANGUAGES.map((language) => read(`locales/pages/${language}.toml`));
for (const list of [(pages) => pages.faq, (pages) => pages.help.guide]) {
  if (list(first).length !== list(second).length) throw new Error("a question lacks a language");
}
mkdirSync(`${here}/src/generated`, { recursive: true });
cpSync(`${here}/static`, `${here}/generated/public`, { recursive: true });
mkdirSync(`${here}/generated/public/help`, { recursive: true });
const keys = Object.keys(en).map((key) => `  | ${JSON.stringify(key)}`);
writeFileSync(`${here}/src/generated/keys.ts`, `export type Key =\n${keys.join("\n")};\n`);
for (const [language, words] of [["en", en], ["zh-CN", zh]]) {
  writeFileSync(`${here}/src/generated/${language}.json`, `${JSON.stringify(words)}\n`);
  const pages = read(`locales/pages/${language}.toml`);
  const html = helpPage(language, pages, read(`locales/${language}.toml`));
  writeFileSync(`${here}/generated/public/help/${language}.html`, html);
}
