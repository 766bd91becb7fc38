// 找: marks what a map shows of a name, and brings the first of it into sight. The matrix has a search of its own.
export function seek(view) {
  const input = view.querySelector("#map-find");
  const things = [...view.querySelectorAll("table.months tbody tr, svg.wings .box")];
  if (!input || !things.length) return;
  input.addEventListener("input", () => {
    const sought = input.value.trim();
    const found = things.filter((each) => {
      const said = each.querySelector("th, title")?.textContent ?? each.textContent;
      return each.classList.toggle("hit", Boolean(sought) && said.includes(sought));
    });
    found[0]?.scrollIntoView({ block: "center", inline: "nearest" });
  });
}
