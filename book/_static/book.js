// A formula in a line of text that is wider than the column scrolls on its own, so that the page never does.
window.addEventListener("load", () => {
  const mark = () => {
    for (const formula of document.querySelectorAll("span.math")) {
      formula.classList.remove("wide-math");
      const column = formula.parentElement.closest("p, li, td, dd, div");
      if (column && formula.getBoundingClientRect().width > column.clientWidth) formula.classList.add("wide-math");
    }
  };
  (window.MathJax?.startup?.promise ?? Promise.resolve()).then(mark);
  window.addEventListener("resize", mark);
});

// An anchor that an earlier edition of this page had leads to where it is now.
document.addEventListener("DOMContentLoaded", () => {
  const table = document.getElementById("moved-anchors");
  if (!table) return;
  const places = JSON.parse(table.textContent);
  const follow = () => {
    const anchor = decodeURIComponent(location.hash.slice(1));
    if (Object.hasOwn(places, anchor) && !document.getElementById(anchor)) location.replace(places[anchor]);
  };
  window.addEventListener("hashchange", follow);
  follow();
});
