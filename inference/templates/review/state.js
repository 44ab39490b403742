// What was decided so far: kept in the browser, exported to a file, taken over from a file.

const data = JSON.parse(byId("data").textContent);
const codes = new Map(data.codes.map((code) => [code.code, code]));
const outcomes = new Map(data.outcomes.map((outcome) => [outcome.key, outcome]));
const STORE = `bylostalo-review:${data.store}`;
const ACTIONS = { accept: "принято", edit: "исправлено", reject: "отклонено" };

const decisions = new Map(); // key → { decision, text only for edit }
const answers = new Map(); // [key, question] as JSON → answer
const drafts = new Map(); // key → text that is being edited
const history = []; // groups of [key, decision before]

const slot = (key, question) => JSON.stringify([key, question]);
const actionOf = (key) => decisions.get(key)?.decision;
const textOf = (outcome) => decisions.get(outcome.key)?.text ?? outcome.after;

/** Sets decisions ([key, decision] pairs) as one step that can be undone. */
function change(group) {
  history.push(group.map(([key]) => [key, decisions.get(key)]));
  assign(group);
}

/** The keys that the last step had changed. */
function undo() {
  const group = history.pop() ?? [];
  assign(group);
  return group.map(([key]) => key);
}

function assign(group) {
  for (const [key, decision] of group) decision ? decisions.set(key, decision) : decisions.delete(key);
  remember();
}

function answer(key, question, text) {
  answers.set(slot(key, question), text);
  remember();
}

function remember() {
  let stored = true;
  try {
    localStorage.setItem(STORE, JSON.stringify({ decisions: [...decisions], answers: [...answers] }));
  } catch {
    stored = false;
  }
  byId("not-stored").hidden = stored;
}

function recall() {
  try {
    const kept = JSON.parse(localStorage.getItem(STORE));
    for (const map of [decisions, answers]) map.clear();
    for (const [key, decision] of kept.decisions) if (outcomes.has(key)) decisions.set(key, decision);
    for (const [place, text] of kept.answers) answers.set(place, text);
  } catch {
    // Nothing was kept, or the browser refuses to keep anything: start anew.
  }
}

function exported() {
  const decided = data.outcomes.filter((outcome) => decisions.has(outcome.key));
  return { format: data.format, job: data.job, decisions: decided.map(exportedDecision) };
}

function exportedDecision({ key, missing }) {
  const given = missing.map((question) => [question, answers.get(slot(key, question))?.trim()]);
  return { key, ...decisions.get(key), answers: Object.fromEntries(given.filter(([, text]) => text)) };
}

function download() {
  const file = new Blob([JSON.stringify(exported(), null, 2), "\n"], { type: "application/json" });
  const address = URL.createObjectURL(file);
  element("a", { href: address, download: "decisions.json" }).click();
  setTimeout(() => URL.revokeObjectURL(address), 1000);
}

/** Takes over the decisions of a file, which win over those made here; an Error says what is wrong with the file. */
function take(text) {
  const taken = decisionsOf(text);
  for (const { key, answers: given } of taken)
    for (const [question, text] of Object.entries(given)) answers.set(slot(key, question), text);
  const group = taken.map(({ key, decision, text }) => [key, { decision, text }]);
  const replaced = group.filter(([key, { decision, text }]) => {
    const own = decisions.get(key);
    return own && (own.decision !== decision || own.text !== text);
  });
  change(group);
  return { taken: group.length, replaced: replaced.length };
}

function decisionsOf(text) {
  let file;
  try {
    file = JSON.parse(text);
  } catch {
    throw new Error("это не JSON");
  }
  if (file?.format !== data.format) throw new Error("это не файл с решениями");
  if (canonical(file.job) !== canonical(data.job)) throw new Error("решения от другой библиотеки или другого запуска");
  if (!Array.isArray(file.decisions) || !file.decisions.every(isDecision)) throw new Error("файл повреждён");
  return file.decisions;
}

const canonical = (job) => JSON.stringify(Object.entries(job ?? {}).sort());
const isObject = (value) => value instanceof Object && !Array.isArray(value);
const isText = (value) => typeof value === "string";

function isDecision(entry) {
  return (
    outcomes.has(entry?.key) &&
    Object.hasOwn(ACTIONS, entry.decision) &&
    (entry.decision === "edit" ? isText(entry.text) && entry.text.trim() !== "" : entry.text === undefined) &&
    isObject(entry.answers) &&
    Object.values(entry.answers).every(isText)
  );
}
