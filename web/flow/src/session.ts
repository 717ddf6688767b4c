import { Api, Offline, Refused } from "./api";
import { OWN_BEHALF } from "./types";
import type { Case, Claims, Flow, Language, Need, PicturePlace, Place, Reason, Step } from "./types";
import type { Say } from "./words";

/** What the flow stands on. The server is the truth: nothing here outlives the page. */
export interface Session {
  api: Api;
  /** The address of the installation. */
  server: string;
  flow: Flow;
  case: Case;
  language: Language;
  say: Say;
  /** What was typed, for as long as the page lives. */
  claims: Claims;
  /** The country that issued the chosen document, which need not be the person's own. */
  country: string;
  /** The person came from another device, which shows what this one does. */
  arrived: boolean;
}

/** One screen at a time. */
export type Screen =
  | { name: "before" }
  | { name: "handoff"; following: boolean }
  | { name: "consents" }
  | { name: "choose" }
  | { name: "details"; reasons: Reason[] }
  | { name: "picture"; place: PicturePlace; reasons: Reason[] }
  | { name: "capture"; reasons: Reason[] }
  | { name: "address"; reasons: Reason[] }
  | { name: "send" }
  | { name: "waiting" }
  | { name: "mend" }
  | { name: "result" };

/** What the person has done on this page that the server does not know. */
export interface Local {
  /** That it is for oneself only; nothing where it is as the server knows. */
  declared: boolean | null;
  /** The decision that was read, by the number of attempts. */
  read: number;
  /** The document was chosen. */
  chosen: boolean;
  /** Another document is to be used than the one of before. */
  other: boolean;
  /** What was typed is right: the document is taken anew. */
  retake: boolean;
  /** It goes on on another device. */
  elsewhere: boolean;
  /** That device goes on with it. */
  following: boolean;
}

/** Consents that are asked for and have no answer yet. */
export function unanswered({ flow, case: { consents } }: Session) {
  return flow.consents.filter(({ kind }) => !consents.some((given) => given.kind === kind));
}

/** Where the person goes on. */
export function screenOf(session: Session, local: Local): Screen {
  const { state, decision, attempts, steps, consents } = session.case;
  if (state === "assessing" || state === "in_review") return { name: "waiting" };
  if (state !== "collecting") return { name: "result" };
  if (local.elsewhere) return { name: "handoff", following: local.following };
  const open = steps.find((step) => ["todo", "again"].includes(step.state.state));
  const retry = decision?.verdict === "retry" && open;
  if (retry && local.read < attempts) return { name: "mend" };
  if (local.other) return local.chosen ? { name: "details", reasons: [] } : { name: "choose" };
  const declared = local.declared ?? consents.some(({ kind }) => kind === OWN_BEHALF);
  const answered = consents.some(({ kind }) => kind !== OWN_BEHALF);
  const begun = answered || steps.some((step) => step.state.state === "done");
  if (!begun && !declared) return { name: "before" };
  if (unanswered(session).some((asked) => asked.required)) return { name: "consents" };
  if (!begun && unanswered(session).length > 0) return { name: "consents" };
  return open ? screenOfStep(session, open, local) : { name: "send" };
}

function screenOfStep(session: Session, step: Step, local: Local): Screen {
  const told = step.state.state === "again" ? (session.case.decision?.reasons ?? []) : [];
  const codes = new Set(step.state.reasons?.map(({ code }) => code));
  const reasons = told.filter(({ code }) => codes.has(code));
  if (step.need === "details") {
    const document = session.case.steps.find(({ need }) => need === "document");
    if (local.retake && document) return { name: "picture", place: "front", reasons };
    return local.chosen ? { name: "details", reasons } : { name: "choose" };
  }
  if (step.need === "address") return { name: "address", reasons };
  if (step.need === "liveness") return { name: "capture", reasons };
  const meant = (place: Place) => reasons.filter(({ slot }) => !slot || slot === place);
  // What names a picture goes before what is said of them all.
  const named = step.places.find((place) => reasons.some(({ slot }) => slot === place));
  const again = named ?? step.places.find((place) => meant(place).length > 0);
  const missing = step.places.find((place) => !step.taken.includes(place));
  const place = missing ?? again ?? step.places[0];
  if (!place || place === "capture" || place === "address") return { name: "send" };
  return { name: "picture", place, reasons: meant(place) };
}

/** The details that were typed, without those that were not. */
export const told = (claims: Claims): Claims =>
  Object.fromEntries(Object.entries(claims).filter(([, value]) => value !== null));

/** The country of the document by what was typed of it: only a mainland card has no Latin name. */
export const countryOf = ({ surname, full_name_native, nationality = "" }: Claims): string =>
  full_name_native && !surname ? "CHN" : nationality;

/** The steps that the person does here, and how many of them are done. */
export function progress({ case: { steps } }: Session): { done: number; all: number } {
  const own = steps.filter((step) => step.state.state !== "by_person");
  const done = own.filter((step) => step.state.state === "done");
  return { done: done.length, all: own.length };
}

export const needs = (session: Session, need: Need) =>
  session.case.steps.some((step) => step.need === need);

/** One sentence for something that went wrong. */
export function sentence(error: unknown, say: Say): string {
  if (error instanceof Offline) return say("trouble.offline");
  if (error instanceof Refused) {
    const { code } = error;
    if (code === "specimens-only") return say("trouble.specimens");
    if (code === "upload-unreadable") return say("trouble.unreadable");
    if (code === "too-large") return say("trouble.large");
    if (code === "too-many-requests") return say("trouble.often");
    if (code === "uploads-too-many") return say("trouble.many");
    if (code === "tier-gone") return say("trouble.tier_gone");
    if (code === "referral-code-invalid") return say("before.referral_invalid");
    if (code === "referral-code-taken") return say("before.referral_taken");
  }
  return say("trouble.other");
}
