import { both, house } from "./house.mjs";

const here = house();

/** What a drawn document has on it, by its country and type: its own labels, and names in its order. */
const DOCUMENTS = [
  ["UTO", "passport", ["ERIKSSON", "ANNA MARIA", "P<UTOERIKSSON<<ANNA<MARIA"]],
  ["CHN", "passport", ["ZHANG", "XIAOMING", "P<CHNZHANG<<XIAOMING<"]],
  ["CHN", "id_card", ["公民身份号码", "姓名", "张小明"]],
  ["CHN", "driving_licence", ["证号", "姓名", "张小明"]],
  ["CHN", "travel_permit", ["证件号码", "姓名", "张小明"]],
];

/** What the number is called, where it is not as elsewhere. */
const LABELS = {
  "CHN id_card": "details.national_id_number",
  "CHN driving_licence": "details.licence_number",
};

both("the example is the document that was chosen", async (language) => {
  const { person, way } = await here.arrive({}, { filled: {}, language, shots: true });
  for (const [nationality, document_type, printed] of DOCUMENTS) {
    await way.choose({ nationality, document_type });
    await way.on("details.title", `04-details-${nationality}-${document_type}`);
    const drawn = person.page.getByRole("img", { name: way.say("details.example") });
    for (const text of printed) await drawn.getByText(text).first().waitFor();
    const label = LABELS[`${nationality} ${document_type}`] ?? "details.document_number";
    await person.page.getByLabel(way.say(label), { exact: true }).waitFor();
    await way.press("details.other_document");
  }
  await way.on("choose.title");
  await person.leave();
});
