"use strict";
// The page is whole without this: it follows the language switch, opens what is linked or printed
// (but explanations of rules, and records where they are many, stay folded on paper), and filters lists. It stores nothing and asks nobody.
(() => {
  const root = document.documentElement;
  root.classList.add("js");
  const titles = document.title.split(" | ");
  const setLanguage = () => {
    const english = document.getElementById("lang-en").checked;
    root.lang = english ? "en" : "ja";
    document.title = titles[english ? titles.length - 1 : 0];
  };
  document.querySelectorAll("input[name=lang]").forEach((box) => box.addEventListener("change", setLanguage));
  setLanguage();

  const openTarget = () => {
    const target = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const details = target && target.closest("details");
    if (details) {
      details.open = true;
      details.scrollIntoView();
    }
  };
  addEventListener("hashchange", openTarget);
  openTarget();

  let closed = [];
  addEventListener("beforeprint", () => {
    closed = [...document.querySelectorAll("details:not([open], .rule, .record), .on-paper .record:not([open])")];
    closed.forEach((details) => { details.open = true; });
  });
  addEventListener("afterprint", () => closed.forEach((details) => { details.open = false; }));

  document.querySelectorAll("button[data-fold]").forEach((button) => {
    button.addEventListener("click", () => {
      document.querySelectorAll(`[data-list="${button.dataset.of}"] > details:not([hidden])`).forEach((details) => {
        details.open = button.dataset.fold === "open";
      });
    });
  });

  document.querySelectorAll(".find input").forEach((box) => {
    const items = [...document.querySelectorAll(`[data-list="${box.dataset.filters}"] > *`)];
    const texts = items.map((item) => item.textContent.normalize("NFKC").toLowerCase());
    const count = box.parentElement.querySelector("output");
    box.addEventListener("input", () => {
      const words = box.value.normalize("NFKC").toLowerCase().split(/\s+/).filter(Boolean);
      let shown = 0;
      items.forEach((item, at) => {
        item.hidden = !words.every((word) => texts[at].includes(word));
        shown += !item.hidden;
      });
      count.value = words.length ? `${shown} / ${items.length}` : "";
    });
  });
})();
