const byId = (id) => document.getElementById(id);
const element = (name, attributes, ...children) => filled(document.createElement(name), attributes, children);
const drawing = (name, attributes, ...children) =>
  filled(document.createElementNS("http://www.w3.org/2000/svg", name), attributes, children);

function filled(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") node.addEventListener(name, value);
    else if (value !== false) node.setAttribute(name, value);
  }
  node.append(...children.flat().filter((child) => child !== null && child !== ""));
  return node;
}

const plurals = new Intl.PluralRules("ru");
const numbers = new Intl.NumberFormat("ru");

function counted(count, one, few, many) {
  const forms = { one, few, many };
  return `${numbers.format(count)} ${forms[plurals.select(count)]}`;
}

const templates = (count) => counted(count, "шаблон", "шаблона", "шаблонов");

function say(text) {
  byId("message").textContent = text;
  byId("message").classList.add("shown");
  clearTimeout(say.timer);
  say.timer = setTimeout(() => byId("message").classList.remove("shown"), 5000);
}
