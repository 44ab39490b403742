// The summary in SVG: widths in per cent, so that it fits every window.

const STATUSES = {
  rewritten: ["переписано", "tone-accept"],
  unchanged: ["хорошо, не тронуто", "tone-edit"],
  kept: ["оставлено как было", "tone-warn"],
  failed: ["не получилось", "tone-reject"],
};
const statusTitle = (status) => STATUSES[status]?.[0] ?? status;

/** How many there are of each name. */
function tally(names) {
  const counts = new Map();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
}

/** One bar cut into parts [title, tone, count], with a legend. */
function shares(parts) {
  const present = parts.filter(([, , count]) => count);
  const total = present.reduce((sum, [, , count]) => sum + count, 0);
  const label = present.map(([title, , count]) => `${title}: ${count}`).join(", ");
  let left = 0;
  const bars = present.map(([, tone, count]) => {
    const bar = drawing("rect", { class: tone, x: `${left}%`, width: `${(100 * count) / total}%`, height: 14 });
    left += (100 * count) / total;
    return bar;
  });
  const legend = present.map(([title, tone, count]) =>
    element("span", { class: tone }, `${title} `, element("b", {}, numbers.format(count))),
  );
  return [
    drawing("svg", { class: "share", width: "100%", height: 14, role: "img", "aria-label": label }, ...bars),
    element("p", { class: "legend" }, ...legend),
  ];
}

function drawDecisions() {
  const counts = tally([...decisions.values()].map(({ decision }) => decision));
  const parts = Object.entries(ACTIONS).map(([action, title]) => [title, `tone-${action}`, counts.get(action) ?? 0]);
  const waiting = ["ещё не решено", "tone-none", data.outcomes.length - decisions.size];
  byId("chart-decisions").replaceChildren(...shares([...parts, waiting]));
}

/** [[status, count]] of the statuses that there are, those of STATUSES first. */
function statusCounts() {
  const counts = tally(data.outcomes.map(({ status }) => status));
  const order = new Set([...Object.keys(STATUSES), ...counts.keys()]);
  return [...order].filter((status) => counts.has(status)).map((status) => [status, counts.get(status)]);
}

function drawStatuses() {
  const tone = (status) => STATUSES[status]?.[1] ?? "tone-none";
  const parts = statusCounts().map(([status, count]) => [statusTitle(status), tone(status), count]);
  byId("chart-statuses").replaceChildren(...shares(parts));
}

function drawProblems() {
  const before = tally(data.outcomes.flatMap((outcome) => outcome.problems.map(({ code }) => code)));
  const after = tally(data.outcomes.flatMap((outcome) => outcome.left));
  const sum = (counts) => numbers.format([...counts.values()].reduce((total, count) => total + count, 0));
  const rows = data.codes
    .map(({ code, title }) => [title, before.get(code) ?? 0, after.get(code) ?? 0])
    .filter(([, was, now]) => was || now)
    .sort(([, first], [, second]) => second - first);
  const largest = Math.max(...rows.flatMap(([, was, now]) => [was, now]));
  byId("problems-total").textContent = `${sum(before)} → ${sum(after)}`;
  byId("chart-problems").replaceChildren(...rows.map((row) => problemBars(row, largest)));
}

function problemBars([title, was, now], largest) {
  const bar = (tone, y, count) =>
    drawing("rect", { class: tone, y, width: `${(100 * count) / largest}%`, height: 6, rx: 2 });
  return drawing(
    "svg",
    { width: "100%", height: 38, role: "img", "aria-label": `${title}: было ${was}, стало ${now}` },
    drawing("text", { y: 14 }, title),
    drawing("text", { y: 14, x: "100%", "text-anchor": "end" }, `${numbers.format(was)} → ${numbers.format(now)}`),
    bar("tone-before", 22, was),
    bar("tone-after", 30, now),
  );
}
