// Draws a map: nodes, edges and places come from the server; here they are only shown, filtered and walked.
const frame = document.getElementById("map");
const panel = { words: document.getElementById("map-words"), open: document.getElementById("map-open") };
const find = document.getElementById("map-find");
const hidden = new Set();

const answer = await fetch(frame.dataset.network, { headers: { Accept: "application/json" } });
if (answer.ok) draw(await answer.json());

function draw(data) {
  const nodes = new vis.DataSet(data.nodes);
  const edges = new vis.DataSet(data.edges);
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

  find.addEventListener("change", () => {
    const sought = find.value.trim();
    const hit = sought && nodes.get({ filter: (node) => node.words.includes(sought) })[0];
    if (hit) go(hit);
  });

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

  // The first picture is never too small to read: a large map begins at what it is about, near the left edge.
  function begin() {
    network.fit({ animation: false });
    const scale = Math.max(network.getScale(), 0.62);
    const main = data.nodes.find((node) => node.main) ?? data.nodes[0];
    if (main && scale > network.getScale()) {
      const x = main.x + (frame.clientWidth / 2 - 130) / scale;
      network.moveTo({ position: { x, y: main.y }, scale, animation: false });
    }
  }

  function go(node) {
    network.selectNodes([node.id]);
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

function calm() {
  return window.matchMedia("(prefers-reduced-motion: reduce)").matches ? false : { duration: 250 };
}
