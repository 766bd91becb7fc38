// The matrix: folds rows that are here, lights the column under the pointer, walks with arrows, shows the whole in small.
import { remember } from "./view.js";

let grid;
let rows;
let heads;
let frame;

export function begin(view) {
  grid = view.querySelector("#grid");
  if (!grid) return;
  rows = [...grid.tBodies[0].rows];
  heads = [...grid.tHead.rows[grid.tHead.rows.length - 1].cells].slice(2);
  frame = view.querySelector(".grid-frame");
  grid.addEventListener("click", turned);
  grid.addEventListener("pointerover", (event) => light(columnOf(event.target)));
  grid.addEventListener("pointerleave", () => light(-1));
  grid.addEventListener("focusin", (event) => light(columnOf(event.target)));
  grid.addEventListener("keydown", walk);
  let due = 0;
  frame.addEventListener("scroll", () => { cancelAnimationFrame(due); due = requestAnimationFrame(watch); });
  view.querySelector(".whole").addEventListener("click", leap);
  view.querySelector("#map-find")?.addEventListener("input", find);
  for (const each of stops()) each.tabIndex = -1;
  const first = grid.querySelector(".on") ?? rows.find((row) => !row.hidden && row.querySelector("button"))?.querySelector("button");
  if (first) first.tabIndex = 0;
  watch();
}
addEventListener("resize", () => grid && watch());
// The parts for paper fold as the matrix does.
addEventListener("beforeprint", () => {
  for (const part of document.querySelectorAll("table.part")) {
    for (const each of part.tBodies[0].rows) {
      const own = grid.querySelector(`tr[data-k="${CSS.escape(each.dataset.k)}"]`);
      each.hidden = !own || own.hidden;
    }
  }
});

// The column of a cell, counted from 0: empty cells that stand together are one.
function columnOf(thing) {
  const cell = thing.closest("td, thead th");
  if (!cell || cell.cellIndex < 2) return -1;
  if (cell.closest("thead")) return heads.indexOf(cell);
  let at = -2;
  for (let each = cell.previousElementSibling; each; each = each.previousElementSibling) at += each.colSpan;
  return cell.colSpan > 1 ? -1 : at;
}

function light(column) {
  const beam = frame.querySelector(".beam");
  for (const head of heads) head.classList.toggle("hot", head === heads[column]);
  beam.hidden = column < 0;
  if (column >= 0) beam.style.setProperty("left", `${heads[column].offsetLeft}px`);
}

// A row that is here opens and folds at once; of a large matrix the server is asked for it.
function turned(event) {
  const fold = event.target.closest(".fold");
  if (!fold || grid.hasAttribute("data-partial")) return;
  event.preventDefault();
  const top = fold.getBoundingClientRect().top;
  set(fold, fold.getAttribute("aria-expanded") !== "true");
  show();
  frame.scrollTop += fold.getBoundingClientRect().top - top;
  tell();
}

function set(fold, open) {
  fold.setAttribute("aria-expanded", String(open));
}

function show() {
  let hide = Infinity;
  for (const row of rows) {
    const depth = Number(row.dataset.d);
    if (depth <= hide) hide = Infinity;
    row.hidden = depth > hide;
    const fold = row.querySelector(".fold");
    if (fold && fold.getAttribute("aria-expanded") !== "true" && depth < hide) hide = depth;
  }
  watch();
}

function tell() {
  const folds = [...grid.querySelectorAll(".fold")];
  const open = folds.filter((fold) => fold.getAttribute("aria-expanded") === "true").map((fold) => fold.value);
  const shut = folds.filter((fold) => fold.getAttribute("aria-expanded") !== "true").map((fold) => fold.value);
  const [all, some] = shut.length < open.length ? ["1", shut.join(",")] : ["0", open.join(",")];
  remember((said) => {
    said.delete("m-fold");
    for (const [name, value] of [["m-all", all], ["m-open", some]]) {
      grid.closest("form").querySelector(`:scope > [name="${name}"]`).value = value;
      if (value) said.set(name, value); else said.delete(name);
    }
  });
}

// One tab stop for the matrix: arrows go to the nearest button in their direction, + and − fold, Esc lets go.
function stops() {
  return [...grid.querySelectorAll("button")];
}

function walk(event) {
  const here = event.target.closest("button");
  if (!here) return;
  const row = here.closest("tr");
  if (event.key === "Escape") {
    grid.closest("form").querySelector(".strip-close")?.click();
    return;
  }
  const fold = row.querySelector(".fold");
  if (["+", "=", "-"].includes(event.key) && fold) {
    if ((fold.getAttribute("aria-expanded") === "true") === (event.key === "-")) fold.click();
    return;
  }
  const step = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step) return;
  event.preventDefault();
  const next = event.key === "ArrowRight" || event.key === "ArrowLeft" ? along(here, row, step) : across(here, row, step);
  if (!next) return;
  here.tabIndex = -1;
  next.tabIndex = 0;
  next.focus({ preventScroll: true });
  next.scrollIntoView({ block: "nearest", inline: columnOf(next) < 0 ? "start" : "nearest" });
}

function along(here, row, step) {
  const all = [...row.querySelectorAll("button")];
  return all[all.indexOf(here) + step];
}

function across(here, row, step) {
  const all = [heads[0].parentElement, ...rows.filter((each) => !each.hidden)];
  const column = columnOf(here);
  for (let at = all.indexOf(row) + step; at >= 0 && at < all.length; at += step) {
    const buttons = [...all[at].querySelectorAll("button")];
    const exact = buttons.find((each) => columnOf(each) === column);
    if (exact) return exact;
    // A row that has nothing here is passed; where no row has, its nearest is taken.
    if (column < 0 && buttons.length) return buttons[0];
  }
  const last = all[all.indexOf(row) + step];
  return last && [...last.querySelectorAll("button")].sort((a, b) => Math.abs(columnOf(a) - column) - Math.abs(columnOf(b) - column))[0];
}

function find({ target }) {
  const sought = target.value.trim();
  const named = heads.filter((head) => head.classList.toggle("hit", Boolean(sought) && head.textContent.includes(sought)));
  const told = rows.filter((row) => row.classList.toggle("hit", sought.length > 1 && row.querySelector("th").textContent.includes(sought)));
  const row = told.find((each) => !each.hidden);
  if (named[0]) frame.scrollTo({ left: named[0].offsetLeft - fixed() - 40 });
  else if (row) row.scrollIntoView({ block: "nearest" });
}

const fixed = () => grid.querySelector(".c-lead-head").getBoundingClientRect().right - frame.getBoundingClientRect().left;

// Which tasks, by their place among all, a row stands for.
function spans() {
  const found = new Map();
  const above = [];
  let at = 0;
  for (const row of rows) {
    while (above.length && Number(above.at(-1).dataset.d) >= Number(row.dataset.d)) above.pop();
    found.set(row, [at, at]);
    if (row.classList.contains("t")) {
      at += 1;
      for (const each of [...above, row]) found.get(each)[1] = at;
    }
    above.push(row);
  }
  return found;
}

function watch() {
  const shown = document.getElementById("map-shown");
  const list = getComputedStyle(grid.tHead).display === "none";
  const box = frame.getBoundingClientRect();
  const [left, top] = list ? [0, 0] : [box.left + fixed(), grid.tHead.getBoundingClientRect().bottom];
  const inSight = list ? heads : heads.filter((head) => {
    const place = head.getBoundingClientRect();
    return place.left >= left - 4 && place.right <= box.right + 4;
  });
  const seen = rows.filter((row) => !row.hidden);
  const win = grid.querySelector(".win");
  if (!list && inSight.length && !grid.hasAttribute("data-partial")) {
    const among = spans();
    const near = seen.filter((row) => {
      const place = row.getBoundingClientRect();
      return place.bottom > top + 4 && place.top < box.bottom - 4 && row.querySelector(".fold")?.getAttribute("aria-expanded") !== "true";
    }).map((row) => among.get(row));
    win.setAttribute("x", heads.indexOf(inSight[0]));
    win.setAttribute("width", inSight.length);
    if (near.length) {
      win.setAttribute("y", near[0][0]);
      win.setAttribute("height", near.at(-1)[1] - near[0][0]);
    }
  }
  shown.textContent = shown.dataset.said.replace("{rows}", seen.length).replace("{all}", shown.dataset.all)
    .replace("{columns}", inSight.length).replace("{units}", shown.dataset.units);
}

// A click in the whole in small goes to that task and unit, and opens what stands above it.
function leap(event) {
  const box = event.currentTarget.getBoundingClientRect();
  const tasks = rows.filter((row) => row.classList.contains("t"));
  if (!tasks.length || grid.hasAttribute("data-partial")) return;
  const row = tasks[Math.min(tasks.length - 1, Math.floor(((event.clientY - box.top) / box.height) * tasks.length))];
  const column = Math.min(heads.length - 1, Math.max(0, Math.floor(((event.clientX - box.left) / box.width) * heads.length)));
  let depth = Number(row.dataset.d);
  for (let above = row.previousElementSibling; above; above = above.previousElementSibling) {
    if (Number(above.dataset.d) < depth) {
      depth = Number(above.dataset.d);
      set(above.querySelector(".fold"), true);
    }
  }
  show();
  tell();
  frame.scrollTo({ top: row.offsetTop - grid.tHead.offsetHeight - 60, left: heads[column].offsetLeft - fixed() - 120 });
}
