// Draws a network with vis-network: nodes, lines and places come from the server, nothing moves by itself. Needs nothing
// but vis-network and the colours of the page, so that a file for offline use can hold it.
const COLOURS = [
  "ground", "paper", "ink", "quiet", "line", "line-strong", "accent", "link", "selected", "tone-1", "tone-2", "tone-3", "tone-4",
  "tone-5", "tone-ink", "tone-ink-5", "unit", "document", "task-edge", "header",
];
const OWN = ["lead", "responsible", "support"];

export function paint(host, told) {
  const { vis } = globalThis;
  let data = { nodes: [], edges: [], boxes: [], w: 1, h: 1, x: 0, y: 0 };
  let look;
  let sans;
  let lit = null;
  let least = 0;
  let focus = "";
  let hot = "";
  const nodes = new vis.DataSet();
  const edges = new vis.DataSet();
  const seen = new vis.DataView(edges, { filter: (edge) => edge.weight >= least || edge.kept });
  let network = null;
  // The size that the view was fitted to: where a window hardly changes (a scroll bar comes), one goes on looking.
  let sized = [0, 0];
  const differs = () => host.clientWidth && sized.some((was, n) => Math.abs(was - [host.clientWidth, host.clientHeight][n]) > 40);

  function colours() {
    const styles = getComputedStyle(host);
    look = Object.fromEntries(COLOURS.map((name) => [name, styles.getPropertyValue(`--${name}`).trim() || "#777"]));
    sans = styles.getPropertyValue("--sans").trim() || "sans-serif";
  }

  function edgeOf(edge) {
    const on = lit?.ties.has(edge.id);
    const colour = on ? look.link : OWN.includes(edge.kind) ? look.accent : look["line-strong"];
    const back = edge.led > edge.leads;
    return {
      ...edge,
      width: edge.wide,
      dashes: edge.kind === "support" ? [5, 3] : edge.guess ? [2, 3] : false,
      color: { color: colour, hover: look.link, highlight: look.link, opacity: on ? 1 : lit ? 0.15 : 0.75 },
      arrows: data.arrows ? { to: { enabled: !back, scaleFactor: 0.45 }, from: { enabled: back, scaleFactor: 0.45 } } : "",
    };
  }

  const dimmed = (id) => lit && !lit.nodes.has(id);
  const chosen = (id) => lit?.ends.has(id);

  function drawn(node) {
    return ({ ctx, x, y, state: { hover } }) => ({
      drawNode() {
        const [left, top] = [x - node.w / 2, y - node.h / 2];
        const unit = node.kind === "unit";
        const on = chosen(node.id);
        ctx.save();
        ctx.beginPath();
        ctx.roundRect(left, top, node.w, node.h, unit || node.kind === "rest" ? node.h / 2 : 2);
        ctx.fillStyle = look.paper;
        ctx.fill();
        ctx.globalAlpha = dimmed(node.id) ? 0.22 : 1;
        ctx.fillStyle = on ? look.selected : unit ? look[`tone-${node.tone || 1}`] : look.paper;
        ctx.fill();
        ctx.lineWidth = on || hover || node.main || node.id === focus ? 2.5 : 1;
        ctx.strokeStyle = on || hover || node.id === focus ? look.link : edgeColour(node);
        if (node.vague || node.kind === "document") ctx.setLineDash([4, 3]);
        ctx.stroke();
        ctx.setLineDash([]);
        // Words that nobody could read are not written: with three thousand nodes they are what takes the time.
        if (node.text && network.getScale() > (data.nodes.length > 300 ? 0.5 : 0.3)) words(ctx, node, on);
        if (node.led) {
          ctx.fillStyle = look.accent;
          ctx.fillRect(left + 12, y + node.h / 2 - 4, (node.w - 24) * node.led, 2.5);
        }
        ctx.restore();
      },
      nodeDimensions: { width: node.w, height: node.h },
    });
  }

  function edgeColour(node) {
    if (node.main) return look.unit;
    return { task: look["task-edge"], document: look.document, plan: look.header }[node.kind] ?? look["line-strong"];
  }

  function words(ctx, node, on) {
    const { x, y } = network.body.nodes[node.id] ?? node;
    ctx.textBaseline = "alphabetic";
    ctx.textAlign = "left";
    ctx.font = `12px ${sans}`;
    const beside = node.place ? ctx.measureText(node.place).width + 5 : 0;
    ctx.font = `13px ${sans}`;
    const wide = ctx.measureText(node.text).width + beside;
    ctx.fillStyle = node.kind !== "unit" || on ? look.ink : node.tone === 5 ? look["tone-ink-5"] : look["tone-ink"];
    ctx.fillText(node.text, x - wide / 2, y + 4.5);
    if (node.place) {
      ctx.font = `12px ${sans}`;
      ctx.fillText(node.place, x + wide / 2 - beside + 5, y + 4.5);
    }
  }

  function beneath(ctx) {
    for (const box of data.boxes) {
      ctx.beginPath();
      ctx.roundRect(box.x, box.y, box.w, box.h, 6);
      ctx.fillStyle = look.ground;
      ctx.fill();
      ctx.lineWidth = 1;
      ctx.strokeStyle = look.line;
      ctx.stroke();
    }
  }

  // Titles and numbers lie over the lines, each on a ground of its own.
  function above(ctx) {
    ctx.textBaseline = "alphabetic";
    ctx.textAlign = "left";
    ctx.font = `12px ${sans}`;
    for (const box of data.boxes) {
      ctx.fillStyle = look.ground;
      ctx.fillRect(box.x + 8, box.y + 6, ctx.measureText(box.title).width + 8, 20);
      ctx.fillStyle = look.quiet;
      ctx.fillText(box.title, box.x + 12, box.y + 20);
    }
    if (network.getScale() < 0.6) return;
    ctx.font = `12px ${sans}`;
    ctx.textAlign = "center";
    for (const edge of numbered()) {
      const [one, other] = [network.body.nodes[edge.from], network.body.nodes[edge.to]];
      if (!one || !other) continue;
      const share = edge.at >= 0 ? edge.at : 0.5;
      const [x, y] = [one.x + (other.x - one.x) * share, one.y + (other.y - one.y) * share];
      ctx.globalAlpha = lit && !lit.ties.has(edge.id) && edge.id !== hot ? 0.25 : 1;
      ctx.beginPath();
      ctx.roundRect(x - 11, y - 8, 22, 16, 3);
      ctx.fillStyle = look.paper;
      ctx.fill();
      ctx.lineWidth = 1;
      ctx.strokeStyle = edge.id === hot ? look.link : look.line;
      ctx.stroke();
      ctx.fillStyle = look.ink;
      ctx.fillText(edge.weight, x, y + 4);
      ctx.globalAlpha = 1;
    }
  }

  const numbered = () => seen.get({ filter: (edge) => edge.at >= 0 || edge.id === hot || (lit?.ties.has(edge.id) && edge.weight > 1) });

  // All of it, or as much as can be read around what is chosen: words are never smaller than 11 pixels at first.
  function fit(whole = false) {
    if (!host.clientWidth) return;
    sized = [host.clientWidth, host.clientHeight];
    const scale = Math.min(host.clientWidth / data.w, host.clientHeight / data.h, 1.6);
    const names = data.nodes.every((node) => node.text);
    const least = whole || !names || data.boxes.length ? scale : Math.max(scale, 0.86);
    const [chosenId] = lit?.ends ?? [];
    const about = least > scale && (data.nodes.find((node) => node.id === chosenId) ?? data.nodes.find((node) => node.main));
    network.moveTo({ position: about || { x: data.x + data.w / 2, y: data.y + data.h / 2 }, scale: least, animation: false });
  }

  // What came is brought into sight, no further than it needs: where one looks stays where it is if it can.
  function bring(added) {
    const [lefts, rights] = [-1, 1].map((side) => added.map((node) => node.x + (side * node.w) / 2));
    const [tops, bottoms] = [-1, 1].map((side) => added.map((node) => node.y + (side * node.h) / 2));
    const one = network.canvasToDOM({ x: Math.min(...lefts) - 12, y: Math.min(...tops) - 12 });
    const other = network.canvasToDOM({ x: Math.max(...rights) + 12, y: Math.max(...bottoms) + 12 });
    const short = (low, high, room) => (high > room ? Math.min(high - room, low) : Math.min(0, low));
    const [dx, dy] = [short(one.x, other.x, host.clientWidth), short(one.y, other.y, host.clientHeight)];
    if (!dx && !dy) return;
    const { x, y } = network.getViewPosition();
    const scale = network.getScale();
    network.moveTo({ position: { x: x + dx / scale, y: y + dy / scale }, scale, animation: false });
  }

  function zoom(by, at) {
    const [scale, centre] = [network.getScale(), network.getViewPosition()];
    const next = Math.min(4, Math.max(0.05, scale * by));
    const point = at ? network.DOMtoCanvas(at) : centre;
    const position = { x: point.x + ((centre.x - point.x) * scale) / next, y: point.y + ((centre.y - point.y) * scale) / next };
    network.moveTo({ position, scale: next, animation: false });
  }

  // A network in the place of another: what stays keeps its place, and the view keeps its own.
  function show(next, keep = false) {
    data = next;
    least = data.least;
    lit = data.lit?.ends?.length ? { ends: new Set(data.lit.ends), nodes: new Set(data.lit.nodes), ties: new Set(data.lit.ties) } : null;
    colours();
    const ids = new Set(data.nodes.map((node) => node.id));
    const ties = new Set(data.edges.map((edge) => edge.id));
    const added = data.nodes.filter((node) => !nodes.get(node.id));
    edges.remove(edges.getIds().filter((id) => !ties.has(id)));
    nodes.remove(nodes.getIds().filter((id) => !ids.has(id)));
    nodes.update(data.nodes.map((node) => ({ ...node, ctxRenderer: drawn(node) })));
    edges.update(data.edges.map(edgeOf));
    if (!network) make();
    if (!keep) fit();
    else if (added.length) bring(added);
    network.redraw();
  }

  function make() {
    network = new vis.Network(host, { nodes, edges: seen }, data.options);
    network.on("beforeDrawing", beneath);
    network.on("afterDrawing", above);
    network.once("afterDrawing", () => { host.dataset.drawn = "yes"; });
    const cursor = () => { host.style.cursor = hot || host.dataset.over ? "pointer" : ""; };
    network.on("hoverNode", ({ node }) => { host.dataset.over = node; cursor(); });
    network.on("blurNode", () => { delete host.dataset.over; cursor(); });
    network.on("hoverEdge", ({ edge }) => { hot = edge; cursor(); network.redraw(); });
    network.on("blurEdge", () => { hot = ""; cursor(); network.redraw(); });
    network.on("click", ({ pointer, event }) => {
      const node = network.getNodeAt(pointer.DOM) ?? "";
      told.pick(node, node ? "" : network.getEdgeAt(pointer.DOM) ?? "", event.srcEvent?.shiftKey);
    });
    network.on("dragEnd", ({ nodes: moved }) => { if (moved.length) told.moved?.(network.getPositions(moved)); });
    network.on("resize", () => { if (differs()) fit(); });
    host.addEventListener("wheel", (event) => {
      if (!event.ctrlKey) return;
      event.preventDefault();
      const box = host.getBoundingClientRect();
      zoom(event.deltaY < 0 ? 1.15 : 1 / 1.15, { x: event.clientX - box.left, y: event.clientY - box.top });
    }, { passive: false, capture: true });
    host.addEventListener("keydown", keys);
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => { colours(); light(lit); });
  }

  const WAYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

  function keys(event) {
    if (event.altKey || event.metaKey || event.ctrlKey) return;
    const way = WAYS[event.key];
    if (way) go(nearest(way));
    else if (event.key === "Enter" && focus) told.pick(focus, "");
    else if (event.key === "Escape") told.pick("", "");
    else if (event.key === "+" || event.key === "=") told.turn?.(focus, true) || zoom(1.25);
    else if (event.key === "-") told.turn?.(focus, false) || zoom(0.8);
    else return;
    event.preventDefault();
  }

  function nearest(way) {
    const places = network.getPositions();
    const from = places[focus] ?? Object.values(places)[0];
    if (!focus) return Object.keys(places)[0];
    let [best, cheapest] = [focus, Infinity];
    for (const [id, { x, y }] of Object.entries(places)) {
      const along = (x - from.x) * way[0] + (y - from.y) * way[1];
      const cost = along + 2.5 * Math.abs((x - from.x) * way[1] + (y - from.y) * way[0]);
      if (id !== focus && along > 4 && cost < cheapest) [best, cheapest] = [id, cost];
    }
    return best;
  }

  function go(id) {
    focus = id;
    const { x, y } = network.getPosition(id);
    const at = network.canvasToDOM({ x, y });
    if (at.x < 0 || at.y < 0 || at.x > host.clientWidth || at.y > host.clientHeight) {
      network.moveTo({ position: { x, y }, animation: false });
    }
    told.said?.(nodes.get(id));
    network.redraw();
  }

  function light(next) {
    lit = next;
    edges.update(data.edges.map(edgeOf));
    network.redraw();
  }

  return {
    show, fit, zoom, light, go,
    bound(step) { least = step; seen.refresh(); },
    shown: () => seen.length,
    ties: (id) => seen.get({ filter: (edge) => edge.from === id || edge.to === id }),
    nodes: () => data.nodes,
    node: (id) => nodes.get(id),
    stop() { network?.destroy(); },
  };
}

// What stands out where a node or a line is chosen, as long as nobody knows better.
export function litBy(painter, keys) {
  if (!keys.length) return null;
  const ties = painter.ties(keys[0]).filter((edge) => keys.length === 1 || keys.includes(edge.from) && keys.includes(edge.to));
  const near = ties.flatMap((edge) => [edge.from, edge.to]);
  return { ends: new Set(keys), nodes: new Set([...keys, ...near]), ties: new Set(ties.map((edge) => edge.id)) };
}
