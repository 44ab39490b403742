// The advice on a problem: shown on hover, focus and tap.

const explanations = new WeakMap(); // node → problems

/** A node that tells of its problems ([{ code, score, advice }]) when it is asked. */
function explained(name, problems, ...children) {
  const severity = Math.max(...problems.map(({ code }) => codes.get(code).severity));
  const node = element(name, { class: `severity-${severity}`, tabindex: 0 }, ...children);
  explanations.set(node, problems);
  return node;
}

function showTip(node) {
  const lines = explanations.get(node).map((problem) => {
    const { code, score } = problem;
    const { title, advice } = { ...codes.get(code), ...problem };
    const sure = score === undefined ? "" : ` ${Math.round(100 * score)} %`;
    return element("p", {}, element("b", {}, title), element("span", {}, sure), element("br", {}), advice);
  });
  hideTip();
  byId("tip").replaceChildren(...lines);
  byId("tip").hidden = false;
  node.setAttribute("aria-describedby", "tip");
  followTip();
}

/** Keeps the tip at its node when the page moves. */
function followTip() {
  const tip = byId("tip");
  if (tip.hidden) return;
  const target = document.querySelector("[aria-describedby=tip]").getClientRects()[0];
  const left = Math.min(target.left, document.documentElement.clientWidth - tip.offsetWidth - 8);
  const below = target.bottom + 8;
  const fits = below + tip.offsetHeight < window.innerHeight;
  tip.style.left = `${Math.max(8, left)}px`;
  tip.style.top = `${fits ? below : Math.max(8, target.top - tip.offsetHeight - 8)}px`;
}

function hideTip() {
  byId("tip").hidden = true;
  document.querySelector("[aria-describedby=tip]")?.removeAttribute("aria-describedby");
}

function listenForTips() {
  const toggle = (event) => {
    const node = event.target.closest("[tabindex]");
    explanations.has(node) ? showTip(node) : hideTip();
  };
  for (const kind of ["pointerover", "focusin", "click"]) document.addEventListener(kind, toggle);
  document.addEventListener("focusout", hideTip);
  document.addEventListener("scroll", followTip, { passive: true });
}
