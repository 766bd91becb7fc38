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
  live.show(data, kept && data.x === host.seenX && data.w === host.seenW);
  [host.seenX, host.seenW] = [data.x, data.w];
  view.querySelector(".net-zoom").hidden = false;
  view.querySelector(".net-frame").classList.add("net-live");
  tell();
}

// What the server says is chosen, after the words of it came.
export function follow(page) {
  if (!live || !page.querySelector("#net-data")) return;
  const { lit } = read(page);
  live.light(lit.ends.length ? { ends: new Set(lit.ends), nodes: new Set(lit.nodes), ties: new Set(lit.ties) } : null);
}

const chosen = () => (new URL(location.href).searchParams.get("m-sel") ?? "").split(".").filter(Boolean);

function pick(node, edge) {
  const before = chosen();
  const pair = before.length === 1 && node && before[0] !== node;
  const keys = edge ? edge.split(".") : !node ? [] : pair ? [before[0], node] : before.length === 1 ? [] : [node];
  if (!keys.length && !before.length) return;
  const url = new URL(location.href);
  for (const name of ["m-sel", "m-task", "m-unit", "m-with"]) url.searchParams.delete(name);
  if (keys.length) url.searchParams.set("m-sel", keys.length > 1 ? keys.join(".") : `.${keys[0]}`);
  live.light(litBy(live, keys));
  go(url, { only: "strip" });
}

function moved() {}

function turn() { return false; }

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
    button.addEventListener("click", () => (Number(button.dataset.zoom) ? live.zoom(Number(button.dataset.zoom)) : live.fit()));
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
