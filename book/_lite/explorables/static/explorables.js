// A prebuilt extension of JupyterLab, written by hand: what a bundler would add to it is the first and the last line.
(globalThis._JUPYTERLAB ??= {})["every-gradient-checked"] = (() => {
  const MIME = "application/vnd.every-gradient-checked+json";
  const site = new URL("../../../../", document.currentScript.src);
  let shared; // the libraries that JupyterLab shares with its extensions

  const fetched = (tag, attributes) => new Promise((loaded, failed) => {
    const element = document.createElement(tag);
    Object.assign(element, attributes, {onload: loaded, onerror: failed});
    document.head.append(element);
  });
  // The style and the loader of the site's own pages, the same files.
  let loader;
  const loaded = () => loader ??= Promise.all([
    fetched("link", {rel: "stylesheet", href: new URL("_static/explorables/explorables.css", site).href}),
    fetched("script", {src: new URL("_static/explorables.js", site).href}),
  ]);

  const render = async (widget, {data, metadata}) => {
    const {node} = widget;
    const {module, state, words} = data[MIME];
    const address = png => `data:image/png;base64,${png}`;
    const pages = (metadata?.[MIME]?.pages ?? []).map(page => address(page || data["image/png"]));
    const inputs = document.createElement("script");
    Object.assign(inputs, {type: "application/json", textContent: JSON.stringify({...state, ...(pages.length > 1 ? {pages} : {})})});
    const controls = document.createElement("div");
    controls.className = "x-controls";
    const still = document.createElement(data["image/png"] ? "img" : "p");
    still.className = "x-still";
    if (data["image/png"]) Object.assign(still, {src: address(data["image/png"]), alt: state.words?.[state.at] ?? words});
    else still.textContent = words;
    // A place of its own each time: JupyterLab may ask again before the module is there, and then the first place is gone.
    const place = document.createElement("div");
    place.className = "explorable";
    place.append(inputs, controls, still);
    node.firstChild?.endExplorable?.();
    node.replaceChildren(place);
    await loaded();
    const gone = () => node.firstChild !== place || widget.isDisposed;
    if (gone()) return;
    place.dataset.explorable = module; // not before, or the loader takes it for one of a page's own
    await globalThis.mountExplorable(place);
    if (gone()) place.endExplorable?.();
  };

  const plugin = Widget => ({
    id: "every-gradient-checked:explorables",
    dataType: "json",
    rendererFactory: {
      safe: true, // a stored output is shown before its notebook is trusted: it names a module of the site, and brings no code
      mimeTypes: [MIME],
      defaultRank: 0, // before the picture
      createRenderer: () => {
        const widget = new Widget();
        // JupyterLab would take arrows, Enter and letters for itself, unless what has the focus says no
        widget.node.addEventListener("focusin", ({target}) => { target.dataset.lmSuppressShortcuts = "true"; });
        widget.renderModel = model => render(widget, model);
        widget.disposed.connect(() => widget.node.firstChild?.endExplorable?.());  // observers, and a network that trains
        return widget;
      },
    },
  });

  return {
    init: scope => { shared = scope; },
    get: async () => {
      const {Widget} = (await Object.values(shared["@lumino/widgets"])[0].get())();
      return () => ({__esModule: true, default: plugin(Widget)});
    },
  };
})();
