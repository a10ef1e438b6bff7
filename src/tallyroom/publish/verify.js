// The form of verify.html: asks `prove.js` for one row, and shows what it proved.
(() => {
  "use strict";
  const place = document.getElementById("_prove");
  const said = place.dataset;

  const made = (tag, text, more = {}) => Object.assign(document.createElement(tag), { textContent: text }, more);

  const field = (label, name) => {
    const input = made("input", "", { name, autocomplete: "off", spellcheck: false, dir: "ltr" });
    const wrap = made("label", label);
    wrap.append(input);
    return [wrap, input];
  };
  const [rowLabel, row] = field(said.row, "row");
  const [keyLabel, key] = field(said.key, "vkey");
  row.required = true;
  const form = made("form", "");
  const answer = made("div", "");
  answer.setAttribute("role", "status");
  form.append(rowLabel, keyLabel, made("button", said.prove));
  place.append(form, answer);

  const filled = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);

  const cells = (entry) => {
    const table = made("table", "");
    const head = table.createTHead().insertRow();
    for (const text of [said.column, said.cell]) head.append(made("th", text, { scope: "col" }));
    const body = table.createTBody();
    for (const [column, cell] of Object.entries(entry.row ?? {})) {
      const line = body.insertRow();
      line.append(made("th", column, { scope: "row" }), made("td", String(cell)));
    }
    return table;
  };

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    answer.replaceChildren();
    try {
      const proved = await window.tallyroomProve(row.value.trim(), key.value.trim());
      const signed = proved.signed === null ? said.unknown : proved.signed ? said.signed : said.unsigned;
      answer.append(made("p", filled(said.proved, proved)), made("p", signed));
      if (!key.value.trim()) answer.append(made("p", said.own));
      answer.append(cells(proved.entry));
      const file = URL.createObjectURL(new Blob([proved.proof], { type: "text/plain" }));
      const keep = made("p", "");
      keep.append(made("a", said.keep, { href: file, download: `${row.value.trim()}.tlog-proof` }));
      answer.append(keep);
    } catch (error) {
      answer.append(made("p", filled(said.failed, { reason: error.message })));
    }
  });
})();
