import type { Advice } from "./preview";
import type { Session } from "./session";
import type { PicturePlace } from "./types";
import type { Key } from "./words";

/** How the viewfinder looks with an advice, and what is said under it. */
export function advised(
  advice: Advice,
  place: PicturePlace,
  { say, language }: Session,
): [string, string] {
  switch (advice.kind) {
    case "mend": {
      // Under a viewfinder there is room for a few words; what has none of its own says all.
      const key = `hints.${advice.reason.code}` as Key;
      const short = say(key);
      return ["mend", short === key ? advice.reason.what[language] : short];
    }
    case "closer":
    case "back":
    case "centre":
      return ["mend", say(`hints.${advice.kind}`)];
    case "looking":
      return ["looking", say(place === "front" || place === "back" ? "hints.looking" : `hints.${place}`)];
    case "ready":
      // That the document is beside the face is for the person to see.
      return place === "held" ? ["looking", say("hints.held")] : ["ready", say("hints.ready")];
    default:
      return [advice.kind, say(`hints.${advice.kind}`)];
  }
}
