// Suggestions while somebody types: a combobox over every input with data-suggest. Without scripts it is a plain input.
// data-suggest: where they come from; data-pick: "go" opens what is chosen, else its words are put into the input.
const WAIT = 90;
let boxes = 0;

for (const input of document.querySelectorAll("input[data-suggest]")) combobox(input);

function combobox(input) {
  const list = document.createElement("ul");
  list.id = `suggested-${(boxes += 1)}`;
  list.className = "suggested";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", input.dataset.title || "");
  list.hidden = true;
  input.after(list);
  input.removeAttribute("list");
  for (const [name, value] of [["role", "combobox"], ["aria-autocomplete", "list"], ["aria-expanded", "false"],
    ["aria-controls", list.id]]) input.setAttribute(name, value);

  let things = [], at = -1, timer = 0, asking = null, typing = false;

  const shut = () => {
    clearTimeout(timer);
    asking?.abort();
    list.hidden = true;
    at = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };

  const show = (found) => {
    things = found;
    at = -1;
    input.removeAttribute("aria-activedescendant");
    list.replaceChildren(...found.map((thing, nth) => option(thing, `${list.id}-${nth}`, input.dataset)));
    list.hidden = !found.length;
    input.setAttribute("aria-expanded", String(!list.hidden));
  };

  const move = (to) => {
    list.children[at]?.setAttribute("aria-selected", "false");
    at = to;
    const chosen = list.children[at];
    if (!chosen) return input.removeAttribute("aria-activedescendant");
    chosen.setAttribute("aria-selected", "true");
    chosen.scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", chosen.id);
  };

  const pick = (thing) => {
    shut();
    if (input.dataset.pick === "go") return location.assign(thing.url);
    input.value = thing.said;
    input.focus();
  };

  const ask = async () => {
    const typed = input.value.trim();
    if (!typed) return shut();
    asking?.abort();
    asking = new AbortController();
    const from = new URL(input.dataset.suggest, location.href);
    from.searchParams.set("q", typed);
    try {
      const answer = await fetch(from, { signal: asking.signal });
      if (!answer.ok) return shut();
      const found = await answer.json();
      if (document.activeElement === input && input.value.trim() === typed) show(found.suggestions);
    } catch {
      // Left off because more was typed, or the site is away: what was typed can be searched all the same.
    }
  };

  input.addEventListener("input", () => {
    if (typing) return;
    clearTimeout(timer);
    timer = setTimeout(ask, WAIT);
  });
  // While an input method composes, what stands in the box are letters of a sound, and Enter and arrows are its own.
  input.addEventListener("compositionstart", () => (typing = true));
  input.addEventListener("compositionend", () => {
    typing = false;
    ask();
  });
  input.addEventListener("blur", shut);
  input.addEventListener("keydown", (event) => {
    if (typing || event.isComposing) return;
    const open = !list.hidden;
    if (event.key === "ArrowDown" && !open && input.value.trim()) ask();
    if (!open) return;
    const last = things.length - 1;
    const to = { ArrowDown: at >= last ? -1 : at + 1, ArrowUp: at < 0 ? last : at - 1 }[event.key];
    if (to !== undefined) {
      event.preventDefault();
      move(to);
    } else if (event.key === "Enter" && at >= 0) {
      event.preventDefault();
      pick(things[at]);
    } else if (event.key === "Escape") {
      event.preventDefault();
      event.stopPropagation();
      shut();
    } else if (event.key === "Tab") shut();
  });
  // The box keeps the focus, so that the list is still there when it is clicked.
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const nth = [...list.children].indexOf(event.target.closest("[role=option]"));
    if (nth >= 0) pick(things[nth]);
  });
}

function option(thing, id, words) {
  const made = document.createElement("li");
  made.id = id;
  made.setAttribute("role", "option");
  made.setAttribute("aria-selected", "false");
  const parts = [["kind", words[thing.kind] || ""], ["label", thing.label], ["quiet", thing.detail], ["n", thing.count || ""]];
  for (const [name, text] of parts) {
    if (!text) continue;
    const part = document.createElement("span");
    part.className = name;
    part.textContent = text;
    made.append(part, " ");
  }
  return made;
}
