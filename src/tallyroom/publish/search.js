// Finds areas, stations and candidates by name, in files that lie in "search/": see searchindex.py.
// Without it the page is a list from A to Z. What is typed stays here: a server sees which file is asked for.
"use strict";
(() => {
  const top = new URL(".", document.currentScript.src);
  const home = document.getElementById("_search");
  if (!home) return;
  const said = home.dataset;
  const number = new Intl.NumberFormat(document.documentElement.lang || "en");
  const collator = new Intl.Collator(document.documentElement.lang || "en", { numeric: true });
  const MOST = 50;
  const FILES = 6;
  const ENGLISH = 2; // from this kind on, pages are in English alone
  const STATION = 3;

  const letters = new Map(Object.entries({
    "ı": "i", "ə": "e", "ø": "o", "ł": "l", "đ": "d", "ħ": "h", "ŧ": "t", "ŋ": "n", "ð": "d", "þ": "th",
    "ß": "ss", "æ": "ae", "œ": "oe", "ς": "σ", "ى": "ي", "ة": "ه", "ک": "ك", "ی": "ي",
  }));
  for (const digits of ["٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹"]) [...digits].forEach((digit, value) => letters.set(digit, `${value}`));

  // As folding.py does it.
  const words = (text) => {
    const plain = text.replaceAll("№", " ").normalize("NFKD").toLowerCase().replace(/[\p{M}\p{Cf}'’ʼʻ`ـ]/gu, "");
    const folded = [...plain].map((letter) => letters.get(letter) ?? letter).join("");
    const found = folded.split(/[^\p{L}\p{N}]+/u).filter(Boolean).map((word) => [...word].slice(0, 40).join(""));
    return [...new Set(found)].slice(0, 24);
  };

  // Files are scripts that call this, so that they load from a disk too.
  const files = new Map();
  const waiting = new Map();
  globalThis.tallyroomFound = (name, content) => files.set(name, content);
  const load = (name, path) => {
    if (!waiting.has(path)) {
      waiting.set(path, new Promise((resolve, reject) => {
        const script = document.createElement("script");
        script.src = new URL(path, top);
        script.onload = () => resolve(files.get(name));
        script.onerror = reject;
        document.head.append(script);
      }));
    }
    return waiting.get(path);
  };
  const path = (name) => `search/n-${name}.js`;

  // The files that hold the words that begin with a typed one; of too many the first, where the word itself is.
  // first: how the words of each file begin, in their order.
  const wanted = (word, first) => {
    const from = first.findLastIndex((begin) => begin <= word);
    const to = first.findLastIndex((begin) => begin <= `${word}\uffff`);
    const names = first.map((_, name) => name).slice(from, to + 1);
    return { names: names.slice(0, FILES), more: names.length > FILES };
  };

  const matches = (typed, texts) => {
    const here = texts.flatMap(words);
    return typed.every((word) => here.some((one) => one.startsWith(word)));
  };

  const found = async (typed) => {
    const { first } = await load(null, "search/index.js");
    let more = false;
    const names = new Set(typed.flatMap((word) => {
      const one = wanted(word, first);
      more ||= one.more;
      return one.names;
    }));
    const parts = await Promise.all([...names].map((name) => load(name, path(name))));
    const places = new Map();
    const cut = [];
    for (const { pages, rows, cut: common } of parts) {
      typed.filter((word) => word in common).forEach((word) => cut.push([word, common[word]]));
      for (const [kind, at, anchor, ...texts] of rows) {
        const [address, beside] = pages[at];
        if (!texts.length) texts.push(anchor); // a station without a name is called by its id
        const hit = texts.find((text) => matches(typed, [text]));
        if (hit === undefined && !matches(typed, [...texts, anchor, kind === STATION ? beside : ""])) continue;
        const href = `${kind < ENGLISH ? said.folder : ""}${address}${anchor && `#${anchor}`}`;
        places.set(href, { kind, href, beside, name: texts[0], other: hit && hit !== texts[0] ? hit : "" });
      }
    }
    const order = [...places.values()].sort((a, b) => a.kind - b.kind || collator.compare(a.name, b.name));
    return { order, more, cut: order.length ? [] : cut };
  };

  const status = document.createElement("p");
  status.setAttribute("role", "status");
  status.className = "small";
  const list = document.createElement("ul");
  list.className = "names found";
  const label = document.createElement("label");
  const field = document.createElement("input");
  field.type = "search";
  field.autocomplete = "off";
  field.spellcheck = false;
  label.append(said.label, field);
  home.setAttribute("role", "search");
  home.append(label, status, list);

  const line = ({ kind, href, beside, name, other }) => {
    const item = document.createElement("li");
    const link = document.createElement("a");
    link.href = new URL(href, top);
    link.dir = "auto";
    link.textContent = name;
    const note = document.createElement("small");
    const what = kind === STATION ? said.station : kind === 0 ? said.candidate : "";
    note.textContent = [other, beside, what].filter(Boolean).join(" · ");
    item.append(link, " ", note);
    return item;
  };

  const say = ({ order, more, cut }) => {
    const parts = [];
    if (order.length) parts.push(said.found.replace("{n}", number.format(order.length)));
    if (order.length > MOST) parts.push(said.first.replace("{n}", number.format(MOST)));
    if (!order.length && !more && !cut.length) parts.push(said.none);
    if (more) parts.push(said.more);
    cut.forEach(([word, n]) => parts.push(said.cut.replace("{n}", number.format(n)).replace("{word}", word)));
    return parts.join(" ");
  };

  let last = 0;
  const search = async () => {
    const turn = ++last;
    const typed = words(field.value);
    if (!typed.length) {
      list.replaceChildren();
      status.textContent = "";
      return;
    }
    const answer = await found(typed);
    if (turn !== last) return; // something else has been typed since
    list.replaceChildren(...answer.order.slice(0, MOST).map(line));
    status.textContent = say(answer);
  };

  let pause;
  field.addEventListener("input", () => {
    clearTimeout(pause);
    pause = setTimeout(search, 150);
  });
  // The arrows go from the field through what was found, and back.
  home.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    const stops = [field, ...list.querySelectorAll("a")];
    const to = stops[stops.indexOf(document.activeElement) + step];
    if (!to) return;
    event.preventDefault();
    to.focus();
  });
})();
