// Draws a map: nodes, edges and places come from the server; here they are only shown, filtered and walked.
const frame = document.getElementById("map");
const panel = { words: document.getElementById("map-words"), open: document.getElementById("map-open") };
const find = document.getElementById("map-find");
const found = document.getElementById("map-found");
const hidden = new Set();
const dark = window.matchMedia("(prefers-color-scheme: dark)");

const answer = await fetch(frame.dataset.network, { headers: { Accept: "application/json" } });
if (answer.ok) draw(await answer.json());

function draw(data) {
  const nodes = new vis.DataSet(data.nodes.map(tinted));
  const edges = new vis.DataSet(data.edges.map(tinted));
  const shown = new vis.DataView(edges, { filter: (edge) => !hidden.has(edge.kind) });
  frame.querySelector(".loading")?.remove();
  const network = new vis.Network(frame, { nodes, edges: shown }, data.options);
  network.once("afterDrawing", begin);
  network.once("afterDrawing", () => { frame.dataset.drawn = "yes"; });
  network.on("selectNode", ({ nodes: [id] }) => tell(nodes.get(id)));
  network.on("doubleClick", ({ nodes: [id] }) => { if (id) location.assign(nodes.get(id).url); });
  document.getElementById("map-fit").addEventListener("click", () => network.fit({ animation: calm() }));

  for (const box of document.querySelectorAll(".legend input")) {
    box.addEventListener("change", () => {
      if (box.checked) hidden.delete(box.value); else hidden.add(box.value);
      shown.refresh();
    });
  }

  dark.addEventListener("change", () => {
    nodes.update(data.nodes.map(tinted));
    edges.update(data.edges.map(tinted));
  });

  // All nodes that match are marked while the words are typed; Enter goes from one to the next.
  let hits = [];
  let at = 0;
  find.addEventListener("input", () => {
    const sought = find.value.trim();
    hits = sought ? nodes.get({ filter: (node) => node.words.includes(sought) }) : [];
    at = 0;
    show(sought);
  });
  find.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !hits.length) return;
    event.preventDefault();
    at = (at + 1) % hits.length;
    show(find.value.trim());
  });

  function show(sought) {
    found.textContent = hits.length
      ? found.dataset.some.replace("{at}", at + 1).replace("{count}", hits.length)
      : sought && found.dataset.none;
    if (hits.length) go(hits[at], hits.map((node) => node.id));
    else network.unselectAll();
  }

  // Enter opens what is selected; the brackets walk from node to node in the order of the table.
  frame.addEventListener("keydown", (event) => {
    const [selected] = network.getSelectedNodes();
    if (event.key === "Enter" && selected) location.assign(nodes.get(selected).url);
    const step = { "]": 1, "[": -1 }[event.key];
    if (step) {
      const ids = nodes.getIds();
      go(nodes.get(ids[(ids.indexOf(selected) + step + ids.length) % ids.length]));
    }
    if (event.key === "Escape") network.unselectAll();
  });

  // The first picture is never too small to read (12 pixels): a large map begins at what it is about, near the left edge.
  function begin() {
    network.fit({ animation: false });
    const scale = Math.max(network.getScale(), frame.clientWidth < 600 ? 1 : 0.86);
    const main = data.nodes.find((node) => node.main) ?? data.nodes[0];
    if (main && scale > network.getScale()) {
      const x = main.x + (frame.clientWidth / 2 - 130) / scale;
      network.moveTo({ position: { x, y: main.y }, scale, animation: false });
    }
  }

  function go(node, marked = [node.id]) {
    network.selectNodes(marked, marked.length === 1);
    network.focus(node.id, { scale: 1, animation: calm() });
    tell(node);
  }
}

function tell(node) {
  panel.words.textContent = node.words;
  panel.words.hidden = false;
  panel.open.href = node.url;
  panel.open.hidden = false;
}

// A node or edge in the colours of the page; in the dark those of css/map.css, where there are any.
function tinted(thing) {
  const styles = getComputedStyle(frame);
  const own = dark.matches && styles.getPropertyValue(`--map-${thing.kind}`).trim();
  if (!own) return thing;
  if (thing.from) return { ...thing, color: { color: own, opacity: 0.85, highlight: own } };
  const [paper, selected] = ["--map-paper", "--selected"].map((name) => styles.getPropertyValue(name).trim());
  const background = thing.main ? own : paper;
  return {
    ...thing,
    color: { border: own, background, highlight: { border: own, background: selected } },
    font: { ...thing.font, color: thing.main ? paper : own },
  };
}

function calm() {
  return window.matchMedia("(prefers-reduced-motion: reduce)").matches ? false : { duration: 250 };
}
