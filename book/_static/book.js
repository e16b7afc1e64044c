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
