// Decisions by mouse and keyboard, filters, files.

const LATIN = { KeyJ: "j", KeyK: "k", KeyA: "a", KeyR: "r", KeyE: "e", KeyU: "u", Slash: "/" };
const SHORTCUTS = {
  j: () => move(1),
  k: () => move(-1),
  ArrowDown: () => move(1),
  ArrowUp: () => move(-1),
  a: () => decideAndMove("accept"),
  r: () => decideAndMove("reject"),
  e: () => current !== null && startEdit(current),
  u: undoLast,
  "/": () => byId("search").focus(),
  "?": () => byId("help").showModal(),
};

function decide(key, decision) {
  drafts.delete(key);
  change([[key, { decision }]]);
  refresh([key]);
}

/** A second click on the same button takes the decision back. */
function toggle(key, decision) {
  if (actionOf(key) !== decision) return decide(key, decision);
  change([[key, undefined]]);
  refresh([key]);
}

function decideAndMove(decision) {
  if (current === null) return;
  decide(current, decision);
  move(1);
}

function undoLast() {
  const keys = undo();
  if (!keys.length) return say("Отменять нечего.");
  refresh(keys);
  goTo(keys[0]);
  say(keys.length === 1 ? "Решение отменено." : `Решения отменены: ${templates(keys.length)}.`);
}

function startEdit(key) {
  if (!drafts.has(key)) drafts.set(key, textOf(outcomes.get(key)));
  redraw(key);
  cards.get(key).querySelector("textarea").focus();
}

function leaveEdit(key) {
  drafts.delete(key);
  redraw(key);
}

function saveEdit(key) {
  const { before, after } = outcomes.get(key);
  const typed = drafts.get(key);
  if (!typed.trim()) return say("Пустой текст не сохранить. Чтобы оставить как было, отклоните шаблон.");
  const text = before.includes("\r\n") ? typed.replace(/\r?\n/g, "\r\n") : typed;
  drafts.delete(key);
  change([[key, text === after ? { decision: "accept" } : { decision: "edit", text }]]);
  refresh([key]);
}

function refresh(keys) {
  keys.forEach(redraw);
  drawDecisions();
}

function acceptAll() {
  const waiting = visible.filter(({ key }) => !decisions.has(key));
  if (!waiting.length) return say("Здесь всё уже решено.");
  byId("confirm-text").textContent = `Принять ${templates(waiting.length)}?`;
  byId("confirm-yes").onclick = () => {
    byId("confirm").close();
    change(waiting.map(({ key }) => [key, { decision: "accept" }]));
    refresh(waiting.map(({ key }) => key));
    say(`Принято: ${templates(waiting.length)}.`);
  };
  byId("confirm").showModal();
}

async function importFile(event) {
  const [file] = event.target.files;
  try {
    const { taken, replaced } = take(await file.text());
    drawDecisions();
    showList();
    say(`Загружено: ${templates(taken)}. Ваших решений заменено: ${replaced}.`);
  } catch (error) {
    say(`${file.name} не загрузился: ${error.message}.`);
  }
  event.target.value = "";
}

function onKey(event) {
  if (event.ctrlKey || event.altKey || event.metaKey || document.querySelector("dialog[open]")) return;
  if (event.key === "Escape") return leave(event);
  if (event.target.closest("input, textarea, select")) return;
  const shifted = event.shiftKey && event.code === "Slash" ? "?" : LATIN[event.code];
  const run = SHORTCUTS[event.key.toLowerCase()] ?? SHORTCUTS[event.key] ?? SHORTCUTS[shifted];
  if (!run) return;
  event.preventDefault();
  run();
}

function leave(event) {
  hideTip();
  if (!event.target.closest("input, select")) return;
  event.preventDefault();
  event.target.blur();
  if (current !== null) goTo(current);
}

function fillSelect(id, options) {
  byId(id).append(...options.map(([value, title]) => element("option", { value }, title)));
}

function fillFilters() {
  const present = new Set(data.outcomes.flatMap(codesOf));
  const found = data.codes.filter(({ code }) => present.has(code));
  fillSelect("filter-decision", [["", "все решения"], ["none", "ещё не решено"], ...Object.entries(ACTIONS)]);
  fillSelect("filter-status", [["", "все статусы"], ...statusCounts().map(([name]) => [name, statusTitle(name)])]);
  fillSelect("filter-problem", [["", "все проблемы"], ...found.map(({ code, title }) => [code, title])]);
}

function listen() {
  byId("search").addEventListener("input", showList);
  for (const name of ["decision", "status", "problem", "questions"])
    byId(`filter-${name}`).addEventListener("change", showList);
  byId("accept-all").addEventListener("click", acceptAll);
  byId("undo").addEventListener("click", undoLast);
  byId("export").addEventListener("click", download);
  byId("import").addEventListener("click", () => byId("import-file").click());
  byId("import-file").addEventListener("change", importFile);
  byId("help-open").addEventListener("click", () => byId("help").showModal());
  byId("help-close").addEventListener("click", () => byId("help").close());
  byId("confirm-no").addEventListener("click", () => byId("confirm").close());
  document.addEventListener("keydown", onKey);
  window.addEventListener("storage", ({ key }) => key === STORE && start());
  window.addEventListener("beforeunload", (event) => {
    if (drafts.size || (decisions.size && !byId("not-stored").hidden)) event.preventDefault();
  });
}

function start() {
  recall();
  drawDecisions();
  showList();
}

document.title = data.title;
byId("title").textContent = data.title;
byId("problems").open = matchMedia("(min-width: 800px)").matches;
fillFilters();
drawStatuses();
drawProblems();
start();
remember();
listen();
listenForTips();
listenForFocus();
