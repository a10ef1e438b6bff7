// Filters the claims of the page "what was said": by speaker, kind, stance and verdict, as the address says after "#".
// Without it every claim is there. An address such as "said.html#verdict=conflicts" can be passed on.
"use strict";
(() => {
  const form = document.getElementById("_filters");
  if (!form) return;
  const choices = [...form.querySelectorAll("select")];
  const shown = form.querySelector("output");
  const all = form.querySelector("button");
  // How the page writes numbers: ten digits, and what stands at every thousand.
  const numerals = [...(document.documentElement.dataset.numerals || "0123456789,")];
  const english = new Intl.NumberFormat("en");
  const number = (value) => [...english.format(value)].map((letter) => numerals["0123456789,".indexOf(letter)]).join("");
  const sections = [...document.querySelectorAll("section.said")].map((section) => ({
    section,
    items: [...section.querySelectorAll("li[data-speaker]")].map((item) => ({
      item,
      claims: [...item.querySelectorAll("li[data-kind]")],
    })),
  }));

  const filter = () => {
    const asked = choices.filter((choice) => choice.value).map((choice) => [choice.name, choice.value]);
    let left = 0;
    for (const { section, items } of sections) {
      for (const { item, claims } of items) {
        for (const claim of claims) {
          const said = { ...item.dataset, ...claim.dataset };
          claim.hidden = !asked.every(([name, value]) => said[name] === value);
          left += !claim.hidden;
        }
        item.hidden = claims.every((claim) => claim.hidden);
      }
      section.hidden = items.every(({ item }) => item.hidden);
    }
    all.hidden = !asked.length;
    shown.textContent = asked.length ? form.dataset.shown.replace("{n}", number(left)) : "";
    return new URLSearchParams(asked).toString();
  };

  // An address that names a claim leaves the choices as they are, unless they hide it.
  const read = () => {
    const said = location.hash.slice(1);
    if (said && !said.includes("=")) {
      const hidden = document.getElementById(said)?.closest("[hidden]");
      if (!hidden) return;
    }
    const asked = new URLSearchParams(said.includes("=") ? said : "");
    choices.forEach((choice) => {
      choice.value = asked.get(choice.name) ?? "";
      if (choice.selectedIndex < 0) choice.value = "";
    });
    filter();
    if (said && !said.includes("=")) document.getElementById(said).scrollIntoView();
  };

  form.addEventListener("change", () => {
    location.hash = filter();
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", (event) => {
    event.preventDefault();
    location.hash = "";
    choices.forEach((choice) => (choice.value = ""));
    filter();
  });
  addEventListener("hashchange", read);
  form.hidden = false;
  read();
})();
