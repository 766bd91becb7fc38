// "/" goes to the search box from anywhere on a page; filters are unfolded where there is room beside the hits.
document.addEventListener("keydown", (event) => {
  const typing = event.target instanceof HTMLInputElement || event.target instanceof HTMLTextAreaElement;
  if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
    event.preventDefault();
    document.getElementById("q")?.focus();
  }
  if (event.key === "Escape" && typing) event.target.blur();
});

const filters = document.querySelector(".facets");
if (filters && window.matchMedia("(min-width: 60.01rem)").matches) filters.open = true;
