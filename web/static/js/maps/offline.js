// A network in a file of its own: what is chosen lists its tasks, each a link to its sentence in the same file. Stands
// behind painter.js in one script.
/* global paint, litBy */
const given = JSON.parse(document.getElementById("net-data").textContent);
const host = document.querySelector(".net-canvas");
const list = document.getElementById("net-told");
const byId = new Map([...given.nodes, ...given.edges].map((each) => [each.id, each]));
let chosen = [];

function pick(node, edge) {
  if (edge) chosen = edge.split(".");
  else if (!node || (chosen.length === 1 && chosen[0] === node)) chosen = [];
  else chosen = chosen.length === 1 ? [chosen[0], node] : [node];
  painter.light(litBy(painter, chosen));
  const said = chosen.length > 1 ? byId.get(chosen.join(".")) ?? byId.get([...chosen].reverse().join(".")) : byId.get(chosen[0]);
  const title = document.createElement("p");
  title.textContent = chosen.map((id) => byId.get(id)?.words ?? "").join(" — ");
  const lines = document.createElement("ul");
  for (const [key, words] of said?.tasks ?? []) {
    const link = Object.assign(document.createElement("a"), { href: `#t-${key}`, textContent: words });
    lines.append(Object.assign(document.createElement("li"), {}));
    lines.lastChild.append(link);
  }
  list.replaceChildren(title, lines);
}

host.hidden = false;
host.parentElement.classList.add("net-live");
const painter = paint(host, { pick });
painter.show(given);
