// A map's form carries its whole state. Each control is a button of it; here the page that a button means is fetched and
// its map put into the place of this one, node by node, without markup made from strings. The address says the state.
import { begin } from "./matrix.js";
import { picture } from "./export.js";
import { seek } from "./find.js";
import { draw, follow } from "./network.js";
import { walk } from "./wings.js";

const KEYS = ["m-all", "m-open", "m-fold", "m-order", "m-roles", "m-sel", "m-more", "m-least", "m-leads"];
const before = [];
let turn = 0;

const view = () => document.getElementById("view");
const form = () => document.getElementById("map-form");

// The address that the form means with a button pressed: the first value of each name, nothing that is said anyway.
export function address(button) {
  const url = new URL(form().action);
  url.hash = "";
  const roles = form().querySelectorAll("[name=m-roles]");
  const said = new FormData(form(), button ?? undefined);
  for (const [name, value] of said) {
    if (name === "m-roles" ? said.getAll(name).length < roles.length : !url.searchParams.has(name)) {
      url.searchParams.append(name, value);
    }
  }
  const now = new URL(location.href).searchParams;
  const folds = button?.name === "m-fold" || ["m-all", "m-open", "m-fold"].some((name) => now.has(name));
  if (!folds) for (const name of ["m-all", "m-open"]) url.searchParams.delete(name);
  for (const [name, value] of [...url.searchParams]) {
    if ((KEYS.includes(name) && !value) || value === "-" && name === "m-sel" || name === "m-order" && value === "load") url.searchParams.delete(name);
  }
  return url;
}

function fetched(url) {
  return new Promise((resolve, reject) => {
    const asked = new XMLHttpRequest();
    asked.open("GET", url);
    asked.responseType = "document";
    asked.onload = () => (asked.status === 200 && asked.response?.getElementById("view") ? resolve(asked.response) : reject());
    asked.onerror = reject;
    asked.send();
  });
}

// Goes to an address of this map: `only` names the part that changes, the whole map where it is empty.
export async function go(url, { only = "", undone = false } = {}) {
  const mine = ++turn;
  let page;
  try {
    page = await fetched(url);
  } catch {
    location.assign(url);
    return;
  }
  if (mine !== turn) return;
  if (!undone) before.push(location.href);
  if (only) {
    document.getElementById(only).replaceWith(document.adoptNode(page.getElementById(only)));
    const chosen = page.querySelector("#map-form > [name=m-sel]").value;
    form().querySelector(":scope > [name=m-sel]").value = chosen;
    mark(chosen);
    follow(page);
  } else {
    exchange(page);
  }
  history.replaceState(null, "", plain(url));
  ready();
}

// The new map in the place of the old one, scrolled as it was, with the focus where it was.
function exchange(page) {
  const old = view().querySelector(".grid-frame");
  const at = [old?.scrollLeft ?? 0, old?.scrollTop ?? 0];
  const { name, value, dataset } = document.activeElement ?? {};
  view().replaceWith(document.adoptNode(page.getElementById("view")));
  const frame = view().querySelector(".grid-frame");
  if (frame) [frame.scrollLeft, frame.scrollTop] = at;
  start();
  const box = dataset?.sel ?? dataset?.fold;
  if (box) view().querySelector(`[data-sel="${CSS.escape(box)}"], [data-sel="@${CSS.escape(box)}"]`)?.focus({ preventScroll: true });
  if (name) view().querySelector(`[name="${CSS.escape(name)}"][value="${CSS.escape(value ?? "")}"]`)?.focus({ preventScroll: true });
}

// What was turned is told by what is open now: the same address is written in the same way.
function plain(url) {
  const tidy = new URL(url, location.href);
  if (tidy.searchParams.has("m-fold")) {
    tidy.searchParams.delete("m-fold");
    for (const name of ["m-all", "m-open"]) {
      const { value } = form().querySelector(`:scope > [name="${name}"]`);
      if (value) tidy.searchParams.set(name, value); else tidy.searchParams.delete(name);
    }
  }
  return tidy;
}

function mark(chosen) {
  for (const each of view().querySelectorAll(".on[name=m-sel]")) each.classList.remove("on");
  const at = !chosen ? null : view().querySelector(`#grid [name=m-sel][value="${CSS.escape(chosen)}"]`);
  at?.classList.add("on");
  return at;
}

// Remembers a state that the browser made itself: rows folded away.
export function remember(change) {
  before.push(location.href);
  const url = new URL(location.href);
  change(url.searchParams);
  history.replaceState(null, "", url);
  ready();
}

function ready() {
  const undo = view().querySelector("[data-undo]");
  undo.hidden = !before.length;
}

function start() {
  for (const each of view().querySelectorAll("[data-scripted], [data-out], [data-full]")) each.hidden = false;
  if (!document.fullscreenEnabled) view().querySelector("[data-full]").hidden = true;
  ready();
  if (view().querySelector("table.grid")) begin(view());
  walk(view());
  seek(view());
  draw(view());
}

document.addEventListener("submit", (event) => {
  if (event.target !== form() || event.submitter?.hasAttribute("data-native")) return;
  event.preventDefault();
  const { submitter } = event;
  const selects = submitter?.name === "m-sel" && !view().querySelector("svg.wings, .net-frame");
  go(address(submitter), { only: selects ? "strip" : "" }).then(() => {
    if (selects) mark(new URL(location.href).searchParams.get("m-sel"))?.scrollIntoView({ block: "nearest", inline: "nearest" });
  });
});

document.addEventListener("change", ({ target }) => {
  if (target.form === form() && ["m-roles", "m-order", "m-least", "m-leads"].includes(target.name)) go(address());
});

document.addEventListener("click", (event) => {
  const { target } = event;
  const link = target.closest("#view a[data-go]");
  if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
    event.preventDefault();
    go(new URL(link.href.baseVal ?? link.href, location.href));
  }
  if (target.closest("[data-undo]") && before.length) go(before.pop(), { undone: true });
  if (target.closest("[data-full]")) view().requestFullscreen();
  const out = target.closest("[data-out]")?.dataset.out;
  if (out === "print") {
    document.documentElement.classList.add("only-map");
    window.print();
  }
  if (out === "png") picture(address(view().querySelector("[formaction$='.svg']")), view().querySelector("[formaction$='.svg']").formAction);
  if (!target.closest(".out > summary")) for (const each of view().querySelectorAll(".out[open]")) each.open = false;
});
addEventListener("afterprint", () => document.documentElement.classList.remove("only-map"));

start();
mark(form().querySelector(":scope > [name=m-sel]").value)?.scrollIntoView({ block: "nearest", inline: "nearest" });
