// The cards of the templates that pass the filters, made as they are scrolled to.

const CHUNK = 30;
const cards = new Map(); // key → card on the page
let visible = data.outcomes;
let current = null;
const watch = new IntersectionObserver(
  (entries) => entries.at(-1).isIntersecting && cards.size < visible.length && showMore(CHUNK),
  { rootMargin: "1500px" },
);

const folded = (text) => text.toLowerCase().replaceAll("ё", "е");
const codesOf = ({ problems, left }) => [...problems.map(({ code }) => code), ...left];

/** A test that a template must pass to be shown. */
function filter() {
  const [words, decision, status, problem] = ["search", "filter-decision", "filter-status", "filter-problem"].map(
    (id) => byId(id).value,
  );
  const sought = folded(words.trim());
  const asked = byId("filter-questions").checked;
  return (outcome) =>
    (!decision || (actionOf(outcome.key) ?? "none") === decision) &&
    (!status || outcome.status === status) &&
    (!problem || codesOf(outcome).includes(problem)) &&
    (!asked || outcome.missing.length > 0) &&
    (!sought || [outcome.key, outcome.before, textOf(outcome)].some((text) => folded(text).includes(sought)));
}

function showList() {
  visible = data.outcomes.filter(filter());
  hideTip();
  cards.clear();
  byId("list").replaceChildren();
  byId("found").textContent = `Показано ${numbers.format(visible.length)} из ${numbers.format(data.outcomes.length)}`;
  byId("empty").hidden = visible.length > 0;
  if (!visible.some(({ key }) => key === current)) current = null;
  showMore(CHUNK);
}

function showMore(count) {
  byId("list").append(...visible.slice(cards.size, cards.size + count).map(drawn));
  watch.unobserve(byId("more"));
  watch.observe(byId("more"));
}

function drawn(outcome) {
  const made = card(outcome);
  if (outcome.key === current) made.setAttribute("aria-current", "true");
  cards.set(outcome.key, made);
  return made;
}

/** Draws a card anew where it is on the page, and keeps the keyboard on it. */
function redraw(key) {
  const old = cards.get(key);
  if (!old) return;
  const focused = old.contains(document.activeElement);
  const made = drawn(outcomes.get(key));
  old.replaceWith(made);
  if (focused) made.focus({ preventScroll: true });
}

/** Moves the keyboard by that many cards. */
function move(step) {
  const place = visible.findIndex(({ key }) => key === current);
  const next = visible[Math.min(Math.max(place + step, 0), visible.length - 1)];
  if (next) goTo(next.key);
}

function goTo(key) {
  const place = visible.findIndex((outcome) => outcome.key === key);
  if (place < 0) return;
  if (place >= cards.size) showMore(place + CHUNK - cards.size);
  cards.get(key).focus({ preventScroll: true });
  cards.get(key).scrollIntoView({ block: "nearest" });
}

/** The card that has the keyboard is the current one. */
function listenForFocus() {
  byId("list").addEventListener("focusin", (event) => {
    const focused = event.target.closest("article");
    cards.get(current)?.removeAttribute("aria-current");
    focused.setAttribute("aria-current", "true");
    current = [...cards.keys()].find((key) => cards.get(key) === focused);
  });
}
