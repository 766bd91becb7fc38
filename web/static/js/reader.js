// In the reader, the left and right arrows walk from fact to fact and Esc selects none. Walking leaves one entry in the
// history. Where there is little room the outline is folded, and the card stays as folded as the reader left it.
const narrow = window.matchMedia("(max-width: 60rem)").matches;
const outline = document.querySelector(".outline-side");
if (outline && narrow) outline.open = false;

const body = document.querySelector(".card-body");
if (body && narrow) {
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
