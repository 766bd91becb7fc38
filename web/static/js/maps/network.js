// A network on the site: vis-network over the server's picture of the same places. Choosing asks the server for the words
// of what is chosen; the slider hides lines; nodes moved by hand go into the address. On a phone the picture stays.
import { address, go, remember } from "./view.js";
import { litBy, paint } from "./painter.js";

let live = null;
let host = null;

const read = (page) => JSON.parse(page.querySelector("#net-data").textContent);
const frame = () => document.querySelector(".net-frame");
const small = () => matchMedia("(max-width: 48rem)").matches;

export async function draw(view) {
  if (!view.querySelector(".net-frame")) return;
  controls(view);
  if (small()) return;
  const data = read(view);
  await import(frame().dataset.network);
  const place = view.querySelector(".net-canvas");
  if (!place?.isConnected) return;
  view.querySelector(".net-frame").classList.add("net-live");
  const kept = live && host.dataset.kind === view.dataset.view;
  if (kept) {
    place.replaceWith(host);
  } else {
    live?.stop();
    host = place;
    host.dataset.kind = view.dataset.view;
    host.hidden = false;
    live = paint(host, { pick, moved, said, turn });
  }
  live.show(data, kept);
  view.querySelector(".net-zoom").hidden = false;
  tell();
}

// What the server says is chosen, after the words of it came.
export function follow(page) {
  if (!live || !page.querySelector("#net-data")) return;
  const { lit } = read(page);
  live.light(lit.ends.length ? { ends: new Set(lit.ends), nodes: new Set(lit.nodes), ties: new Set(lit.ties) } : null);
}

const chosen = () => (new URL(location.href).searchParams.get("m-sel") ?? "").split(".").filter(Boolean);

// On the web of relations a click opens what hangs on a node; with another chosen first, and Shift or the request for
// it, it asks for the way between both.
function opens(node, before) {
  const web = host.dataset.kind === "net" && live.node(node);
  if (!web || web.ring === "open" || web.ring === "") return false;
  const url = new URL(location.href);
  const query = url.searchParams;
  if (web.kind === "rest") query.set("m-more", add(query.get("m-more"), node.slice(1)));
  else query.set("m-ring", add(query.get("m-ring"), node));
  if (web.kind !== "rest") query.set("m-sel", `.${node}`);
  if (before.length === 1 && query.has("m-with")) return false;
  go(url);
  return true;
}

const add = (list, key) => [...new Set([...(list ?? "").split(","), key])].filter(Boolean).join(",");

function pick(node, edge, both) {
  const before = chosen();
  const web = host.dataset.kind === "net";
  const query = new URL(location.href).searchParams;
  if (node && !both && opens(node, before)) return;
  if (web && edge && live.node(edge.split(".")[1])?.kind === "rest") return;
  const pair = before.length === 1 && node && before[0] !== node && (!web || both || query.has("m-with"));
  const keys = edge ? edge.split(".") : !node ? [] : pair ? [before[0], node] : before.length === 1 && before[0] === node ? [] : [node];
  if (!keys.length && !before.length) return;
  const url = new URL(location.href);
  for (const name of ["m-sel", "m-task", "m-unit", "m-with"]) url.searchParams.delete(name);
  if (keys.length) url.searchParams.set("m-sel", keys.length > 1 ? keys.join(".") : `.${keys[0]}`);
  const lit = litBy(live, keys);
  live.light(lit);
  // A way between two may lead over what is not drawn yet.
  go(url, { only: web && keys.length > 1 && !lit.ties.size ? "" : "strip" });
}

// Places of nodes that were moved by hand, in the address and in what the form sends.
function moved(places) {
  const query = new URL(location.href).searchParams;
  const known = new Map((query.get("m-at") ?? "").split(",").filter(Boolean).map((each) => [each.split(":")[0], each]));
  for (const [key, { x, y }] of Object.entries(places)) known.set(key, `${key}:${Math.round(x)}:${Math.round(y)}`);
  const said = [...known.values()].join(",");
  remember((now) => now.set("m-at", said));
  const form = document.getElementById("map-form");
  let field = form.querySelector(":scope > [name=m-at]");
  if (!field) {
    field = Object.assign(document.createElement("input"), { type: "hidden", name: "m-at" });
    form.append(field);
  }
  field.value = said;
}

// Plus opens what hangs on the node that the arrows went to, minus folds it.
function turn(node, open) {
  const known = node && host.dataset.kind === "net" && live.node(node);
  if (!known || (known.ring === "open") === open || known.ring === "") return false;
  const url = new URL(location.href);
  const left = open ? add(url.searchParams.get("m-ring"), node)
    : (url.searchParams.get("m-ring") ?? "").split(",").filter((each) => each !== node).join(",");
  if (left) url.searchParams.set("m-ring", left); else url.searchParams.delete("m-ring");
  go(url);
  return true;
}

function said(node) {
  document.getElementById("net-said").textContent = node.words;
}

function controls(view) {
  const slider = view.querySelector("#net-slider");
  if (slider) {
    view.querySelector("[data-select]").hidden = true;
    slider.addEventListener("input", () => slide(slider));
    slider.addEventListener("change", () => {
      const step = slide(slider);
      if (!live) go(address());
      else remember((query) => { if (step) query.set("m-least", step); else query.delete("m-least"); });
    });
  }
  view.querySelector("#net-find")?.addEventListener("change", ({ target }) => find(target.value.trim()));
  for (const button of view.querySelectorAll("[data-zoom]")) {
    button.addEventListener("click", () => (Number(button.dataset.zoom) ? live.zoom(Number(button.dataset.zoom)) : live.fit(true)));
  }
}

function slide(slider) {
  const option = slider.form.querySelector("[name=m-least]").options[slider.value];
  option.selected = true;
  slider.form.querySelector("#net-least").textContent = option.dataset.step;
  live?.bound(Number(option.dataset.step));
  tell();
  return option.value;
}

function tell() {
  const shown = document.getElementById("map-shown");
  if (!live || !shown?.dataset.of) return;
  shown.textContent = shown.dataset.said.replace("{shown}", live.nodes().length).replace("{all}", shown.dataset.all)
    .replace("{lines}", live.shown()).replace("{of}", shown.dataset.of);
}

function find(words) {
  const found = live?.nodes().find((node) => `${node.text} ${node.place}`.trim() === words)
    ?? live?.nodes().find((node) => words && node.words.includes(words));
  if (!found) return;
  live.go(found.id);
  if (chosen().join() !== found.id) pick(found.id, "");
}
