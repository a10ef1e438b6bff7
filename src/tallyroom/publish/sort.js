// Makes tables of class "sortable" sortable: a button in each head, by pointer and by keyboard.
// Without it every table stands in the order of the record. A station's two rows are one tbody and move together.
"use strict";
(() => {
  const collator = new Intl.Collator(document.documentElement.lang || "en", { numeric: true });

  // How the page writes numbers: ten digits, what stands at every thousand, what stands before the decimals.
  const numerals = [...(document.documentElement.dataset.numerals || "0123456789,.")];
  const latin = (letter) => {
    const at = numerals.indexOf(letter);
    return at < 0 ? letter : at < 10 ? String(at) : at === 10 ? "" : ".";
  };

  // The figure of a cell; null where none is stated, which sorts last either way.
  const number = (cell) => {
    const said = [...(cell.dataset.value ?? text(cell)).replace("−", "-")].map(latin).join("");
    const found = said.match(/-?\d+(\.\d+)?/);
    return found ? Number(found[0]) : null;
  };

  const text = (cell) => {
    const copy = cell.cloneNode(true);
    copy.querySelectorAll(".note, [aria-hidden]").forEach((one) => one.remove());
    return copy.textContent.trim();
  };

  const compare = (isNumber, sign) => (a, b) => {
    if (isNumber && (a.key === null || b.key === null)) return (a.key === null) - (b.key === null);
    return sign * (isNumber ? a.key - b.key : collator.compare(a.key, b.key));
  };

  const enhance = (table) => {
    const heads = [...table.tHead.rows[0].cells];
    const bodies = [...table.tBodies];
    const units = bodies.length > 1 ? bodies : [...bodies[0].rows];
    if (units.length < 2) return;
    const home = bodies.length > 1 ? table : bodies[0];
    heads.forEach((head, column) => {
      const isNumber = head.classList.contains("number");
      const button = document.createElement("button");
      button.type = "button";
      button.append(...head.childNodes);
      head.append(button);
      button.addEventListener("click", () => {
        // Figures begin with the largest, names with A; the third time brings the record's own order back.
        const order = isNumber ? ["descending", "ascending"] : ["ascending", "descending"];
        const to = order[order.indexOf(head.getAttribute("aria-sort")) + 1];
        heads.forEach((other) => other.removeAttribute("aria-sort"));
        if (to) head.setAttribute("aria-sort", to);
        const keyed = units.map((unit) => {
          const cell = (unit.rows ? unit.rows[0] : unit).cells[column];
          return { unit, key: to ? (isNumber ? number(cell) : text(cell)) : null };
        });
        if (to) keyed.sort(compare(isNumber, to === "ascending" ? 1 : -1));
        home.append(...keyed.map((one) => one.unit));
      });
    });
  };

  // A link to a station opens what stands behind its row.
  const open = () => {
    const behind = document.querySelector("tr:target + tr.more > td > details");
    if (behind) behind.open = true;
  };

  document.querySelectorAll("table.sortable").forEach(enhance);
  addEventListener("hashchange", open);
  open();
})();
