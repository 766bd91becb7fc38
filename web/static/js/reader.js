// In the reader, the left and right arrows walk from fact to fact; the outline is folded where there is little room.
const outline = document.querySelector(".outline-side");
if (outline && window.matchMedia("(max-width: 60rem)").matches) outline.open = false;

document.addEventListener("keydown", (event) => {
  if (event.target instanceof HTMLInputElement || event.ctrlKey || event.metaKey || event.altKey) return;
  const id = { ArrowRight: "next-fact", ArrowLeft: "previous-fact" }[event.key];
  const link = id && document.getElementById(id);
  if (link) {
    event.preventDefault();
    link.click();
  }
});
