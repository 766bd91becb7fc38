// In the reader, the left and right arrows walk from fact to fact and Esc selects none. Walking leaves one entry in the
// history. Beside the text the outline stands open; where the card lies over the text, it stays as folded as the reader left it.
const outline = document.querySelector(".outline-side");
if (getComputedStyle(outline).position === "sticky") outline.open = true;

const body = document.querySelector(".card-body");
if (body && getComputedStyle(body.querySelector("summary")).display !== "none") {
  body.open = sessionStorage.getItem("card") !== "folded";
  body.addEventListener("toggle", () => sessionStorage.setItem("card", body.open ? "open" : "folded"));
}

const walks = { ArrowRight: "next-fact", ArrowLeft: "previous-fact", Escape: "close-card" };

document.addEventListener("keydown", (event) => {
  if (event.target instanceof HTMLInputElement || event.ctrlKey || event.metaKey || event.altKey) return;
  const link = walks[event.key] && document.getElementById(walks[event.key]);
  if (link) {
    event.preventDefault();
    location.replace(link.href);
  }
});

for (const id of Object.values(walks)) {
  document.getElementById(id)?.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    location.replace(event.currentTarget.href);
  });
}
