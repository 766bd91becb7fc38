// Keys on the picture of a unit: one stop for Tab; arrows go to the nearest box in their direction, + and - fold, Esc
// lets go. Each box is a link, so that Enter and the pointer need nothing from here.
const links = (picture) => [...picture.querySelectorAll("a[data-sel], a[data-more]")];

function middle(link) {
  const { left, top, width, height } = link.querySelector("rect").getBoundingClientRect();
  return [left + width / 2, top + height / 2];
}

const WAYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

// The box that a way leads to: what lies aside counts three times as far as what lies ahead.
function nearest(from, way, others) {
  const [x, y] = middle(from);
  let best = null;
  let least = Infinity;
  for (const other of others) {
    const [dx, dy] = [middle(other)[0] - x, middle(other)[1] - y];
    const ahead = dx * way[0] + dy * way[1];
    const aside = Math.abs(dx * way[1]) + Math.abs(dy * way[0]);
    if (other !== from && ahead > 4 && ahead + 3 * aside < least) [best, least] = [other, ahead + 3 * aside];
  }
  return best;
}

export function walk(view) {
  const picture = view.querySelector("svg.wings");
  if (!picture) return;
  const stop = (link) => {
    for (const each of picture.querySelectorAll("a")) each.tabIndex = each === link ? 0 : -1;
  };
  stop(picture.querySelector("a[aria-current]") ?? links(picture)[0]);
  picture.addEventListener("focusin", ({ target }) => stop(target.closest("a")));
  picture.addEventListener("keydown", (event) => {
    const link = event.target.closest("a");
    if (!link || event.ctrlKey || event.altKey || event.metaKey) return;
    const fold = link.parentNode.querySelector("[data-fold]");
    const isOpen = fold?.getAttribute("aria-expanded") === "true";
    if (WAYS[event.key]) nearest(link, WAYS[event.key], links(picture))?.focus();
    else if (fold && ((event.key === "+" && !isOpen) || (event.key === "-" && isOpen))) fold.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true }));
    else if (event.key === "Escape" && picture.querySelector("a[aria-current]")) view.querySelector(".strip-close").click();
    else return;
    event.preventDefault();
  });
}
