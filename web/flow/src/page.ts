// The hosted page: the element with the token of the address.
import "./flow";
import { arrived, forget, keep } from "./token";

function show(): void {
  const flow = document.createElement("bonafide-flow");
  const { token, handoff, came } = arrived();
  if (token) flow.setAttribute("token", token);
  if (handoff) flow.setAttribute("handoff", handoff);
  if (came) flow.setAttribute("arrived", "");
  flow.addEventListener("bonafide-token", (event) => keep((event as CustomEvent<string>).detail, true));
  flow.addEventListener("bonafide-forget", forget);
  flow.addEventListener("bonafide-words", (event) => {
    const { language, title } = (event as CustomEvent<{ language: string; title: string }>).detail;
    document.documentElement.lang = language;
    document.title = title;
  });
  document.querySelector("#flow")?.replaceChildren(flow);
}

show();
// A new link in a page that is open already.
addEventListener("hashchange", () => location.hash && show());
