// Loaded before require.js on pages with widgets: where their files are, their maths, and names for their sliders.

var require = {baseUrl: new URL("widgets/", document.currentScript.src).href};

window.addEventListener("load", () => {
  // The widget manager calls MathJax 2; the site has MathJax 3.
  if (window.MathJax && !MathJax.Hub) {
    MathJax.Hub = {
      Queue: ([, , element]) => MathJax.startup.promise.then(() => MathJax.typesetPromise([element])),
    };
  }
});

// A slider's handle is what screen readers stop at: it takes the text that stands before the slider.
new MutationObserver(() => {
  for (const handle of document.querySelectorAll(".noUi-handle:not([aria-label])")) {
    const label = handle.closest(".jupyter-widgets")?.querySelector(".widget-label");
    handle.setAttribute("aria-label", label?.textContent.trim() || "value");
  }
}).observe(document, {childList: true, subtree: true});
