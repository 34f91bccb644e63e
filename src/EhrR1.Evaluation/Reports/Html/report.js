"use strict";
// A click on a heading sorts its table by the first number, or else the text, of the cells below.
for (const table of document.querySelectorAll("table.sortable")) {
  const body = table.tBodies[0];
  [...table.tHead.rows[0].cells].forEach((head, column) => {
    if (head.classList.contains("plot")) return;
    head.tabIndex = 0;
    head.setAttribute("aria-sort", "none");
    const sort = () => {
      const up = head.getAttribute("aria-sort") !== "descending";
      const value = row => {
        const text = row.cells[column].innerText.trim();
        const number = parseFloat(text.replaceAll(",", "").replace("−", "-"));
        return head.classList.contains("number") ? (isNaN(number) ? -Infinity : number) : text;
      };
      for (const other of head.parentNode.cells) if (other.hasAttribute("aria-sort")) other.setAttribute("aria-sort", "none");
      head.setAttribute("aria-sort", up ? "descending" : "ascending");
      [...body.rows].map(row => [value(row), row])
        .sort(([a], [b]) => (typeof a === "number" ? b - a : a.localeCompare(b)) * (up ? 1 : -1))
        .forEach(([, row]) => body.append(row));
    };
    head.addEventListener("click", sort);
    head.addEventListener("keydown", event => { if (event.key === "Enter" || event.key === " ") { event.preventDefault(); sort(); } });
  });
}
