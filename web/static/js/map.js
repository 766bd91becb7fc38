// Draws a map: nodes, edges and places come from the server; here they are only shown, filtered and walked.
const frame = document.getElementById("map");
const panel = { words: document.getElementById("map-words"), open: document.getElementById("map-open") };
const find = document.getElementById("map-find");
const found = document.getElementById("map-found");
const hidden = new Set();

// On a phone: characters and lines of what a map is about, and pixels of the map from its centre to the edge of the picture
// at the left and to the next column, and of both columns together.
const PHONE = { line: 5, lines: 8, left: 52, column: 212, width: 396 };
const dark = window.matchMedia("(prefers-color-scheme: dark)");
const isNight = () => {
  const { classList } = document.documentElement;
  return classList.contains("dark") || (dark.matches && !classList.contains("light"));
};

const answer = await fetch(frame.dataset.network, { headers: { Accept: "application/json" } });
if (answer.ok) draw(await answer.json());

function draw(data) {
  const main = data.nodes.find((node) => node.main) ?? data.nodes[0];
  const narrow = frame.clientWidth < 600;
  if (narrow) bringCloser(data.nodes, main);
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

  // The first picture is never too small to read (12 pixels, more in large type): a large map begins at what it is about,
  // near the left edge; on a phone its nearest neighbours stand beside it.
  function begin() {
    network.fit({ animation: false });
    const type = parseFloat(getComputedStyle(document.documentElement).fontSize) / 16;
    const scale = Math.max(network.getScale(), narrow ? Math.min(1, frame.clientWidth / PHONE.width) : 0.86 * type);
    if (scale > network.getScale()) {
      const x = main.x + frame.clientWidth / 2 / scale - (narrow ? PHONE.left : 130 / scale);
      network.moveTo({ position: { x, y: main.y }, scale, animation: false });
    }
  }

  function go(node, marked = [node.id]) {
    network.selectNodes(marked, marked.length === 1);
    network.focus(node.id, { scale: 1, animation: calm() });
    tell(node);
  }
}

// On a phone, what the map is about takes short lines and the other columns stand close to it.
function bringCloser(nodes, main) {
  const lines = main.words.match(new RegExp(`.{1,${PHONE.line}}`, "gsu"));
  main.label = lines.length > PHONE.lines ? `${lines.slice(0, PHONE.lines).join("\n")}……` : lines.join("\n");
  const next = Math.min(...nodes.filter((node) => node.x > main.x).map((node) => node.x));
  const closer = next - main.x - PHONE.column;
  for (const node of nodes) if (node.x > main.x) node.x -= closer;
}

function tell(node) {
  panel.words.textContent = node.words;
  panel.words.hidden = false;
  panel.open.href = node.url;
  panel.open.hidden = false;
}

// A node or edge in the colours of the page; in the dark those of css/night.css, where there are any.
function tinted(thing) {
  const styles = getComputedStyle(frame);
  const own = isNight() && styles.getPropertyValue(`--map-${thing.kind}`).trim();
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
