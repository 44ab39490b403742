// One template: its two texts, its problems, its questions, and what to do with it.

const titleOf = (code) => codes.get(code).title;

function card(outcome) {
  const action = actionOf(outcome.key);
  const editing = drafts.has(outcome.key);
  return element(
    "article",
    { class: `card ${action ?? ""}`, tabindex: -1, "aria-label": `Шаблон ${outcome.key}` },
    heading(outcome, action),
    outcome.reason && element("p", { class: "reason" }, outcome.reason),
    editing ? editor(outcome) : texts(outcome, action),
    problemLines(outcome, action),
    action === "edit" ? null : brokenRules(outcome.broken),
    questions(outcome),
    editing ? null : buttons(outcome.key, action),
  );
}

function heading({ key, status }, action) {
  return element(
    "header",
    {},
    element("h3", {}, key),
    element("span", { class: `status ${status}` }, statusTitle(status)),
    action ? element("span", { class: "decided" }, ACTIONS[action]) : null,
  );
}

function texts(outcome, action) {
  const now = textOf(outcome);
  const { removed, added } = differences(outcome.before, now);
  const nodes = withProblems(outcome.before, outcome.problems, removed);
  if (now === outcome.before) return element("div", { class: "texts single" }, pane("Без изменений", nodes));
  const title = action === "edit" ? "Стало, с вашей правкой" : "Стало";
  return element("div", { class: "texts" }, pane("Было", nodes), pane(title, withChanges(now, added, "ins"), "after"));
}

function pane(title, nodes, name = "before") {
  return element("div", { class: name }, element("h4", {}, title), element("div", { class: "text" }, ...nodes));
}

/** What was found and what is left; of a text that a person wrote nothing is known. */
function problemLines({ problems, left, before, after }, action) {
  if (!problems.length && !left.length) return null;
  const found = problems.map((problem) => explained("span", [problem], titleOf(problem.code)));
  const remaining = left.map((code) => explained("span", [{ code }], titleOf(code)));
  return element(
    "div",
    { class: "problems" },
    found.length ? element("p", {}, element("b", {}, "Проблемы"), ...found) : null,
    after === before || action === "edit"
      ? null
      : element("p", {}, element("b", {}, "Осталось"), ...(remaining.length ? remaining : ["ничего"])),
  );
}

function brokenRules(rules) {
  if (!rules.length) return null;
  const lines = rules.map((rule) => element("li", {}, rule));
  return element("div", { class: "broken" }, element("b", {}, "Нарушены правила"), element("ul", {}, ...lines));
}

function questions({ key, missing }) {
  if (!missing.length) return null;
  const fields = missing.map((question) => {
    const field = element("input", { type: "text", input: (event) => answer(key, question, event.target.value) });
    field.value = answers.get(slot(key, question)) ?? "";
    return element("label", {}, question, field);
  });
  const hint = element("p", { class: "quiet" }, "Ответы уйдут в выгрузку вместе с решением.");
  return element("div", { class: "questions" }, ...fields, hint);
}

function buttons(key, action) {
  const button = (title, name, shortcut, click) =>
    element(
      "button",
      { type: "button", class: name, "aria-pressed": String(action === name), "aria-keyshortcuts": shortcut, click },
      `${title} `,
      element("kbd", {}, shortcut),
    );
  return element(
    "footer",
    { class: "actions" },
    button("Принять", "accept", "a", () => toggle(key, "accept")),
    button("Отклонить", "reject", "r", () => toggle(key, "reject")),
    button("Править", "edit", "e", () => startEdit(key)),
  );
}

function editor({ key, before, problems }) {
  const area = element("textarea", {
    "aria-label": `Текст шаблона ${key}`,
    rows: 8,
    input: (event) => drafts.set(key, event.target.value),
    keydown: (event) => {
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) saveEdit(key);
      else if (event.key === "Escape") leaveEdit(key);
    },
  });
  area.value = drafts.get(key);
  const save = element("button", { type: "button", class: "primary save", click: () => saveEdit(key) }, "Сохранить");
  const leave = element("button", { type: "button", class: "leave", click: () => leaveEdit(key) }, "Не менять");
  const actions = element("div", { class: "actions" }, save, leave);
  const after = element("div", { class: "after" }, element("h4", {}, "Ваша правка"), area, actions);
  return element("div", { class: "texts" }, pane("Было", withProblems(before, problems, [])), after);
}
