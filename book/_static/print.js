// A page on paper: light whatever the theme, its solutions at the end, its folded parts open; afterwards everything is where it was.
(() => {
  const places = new Map();  // solution → what stands in its place meanwhile
  let theme, end, folded;

  // A formula is as wide as its letters; a column of paper is some 47 of them.
  const fit = () => {
    const column = 47 * parseFloat(getComputedStyle(document.documentElement).fontSize);
    for (const box of document.querySelectorAll(".math-box")) {
      if (box.scrollWidth > column) box.style.setProperty("--fits", (column / box.scrollWidth).toFixed(3));
    }
  };

  // Pictures that nobody has come near are fetched as soon as a reader may be about to print: asked for as the page is
  // printed they would come too late.
  const fetchPictures = () => {
    for (const image of document.querySelectorAll("img[loading=lazy]")) image.loading = "eager";
  };
  addEventListener("keydown", event => { if (event.ctrlKey || event.metaKey) fetchPictures(); });
  addEventListener("contextmenu", fetchPictures);
  addEventListener("pointerdown", event => { if (event.target.closest?.(".dropdown-download-buttons")) fetchPictures(); });
  addEventListener("beforeprint", fetchPictures);

  addEventListener("beforeprint", () => {
    if (end) return;
    theme = document.documentElement.dataset.theme;
    document.documentElement.dataset.theme = "light";
    fit();
    folded = document.querySelectorAll("details.fold:not([open])");
    for (const part of folded) part.open = true;
    const solutions = document.querySelectorAll(".bd-article div.admonition.solution");
    end = Object.assign(document.createElement("section"), {innerHTML: "<h2>Solutions</h2>"});
    for (const solution of solutions) {
      const place = Object.assign(document.createElement("p"), {className: "solution-place", textContent: "Its solution stands at the end."});
      places.set(solution, place);
      solution.replaceWith(place);
      end.append(solution);
    }
    if (solutions.length) document.querySelector(".bd-article > section").append(end);
  });

  addEventListener("afterprint", () => {
    if (!end) return;
    for (const [solution, place] of places) place.replaceWith(solution);
    places.clear();
    end.remove();
    for (const part of folded) part.open = false;
    end = undefined;
    document.documentElement.dataset.theme = theme;
  });
})();
