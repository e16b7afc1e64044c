// Mounts the explorables of a page from what is stored in it, each when it comes near the window.
(() => {
  const folder = new URL("explorables/", document.currentScript.src);

  // What a notebook's widget offers to a module, without a kernel.
  const modelOf = state => {
    const heard = {};
    return {
      get: name => state[name],
      set(name, value) {
        if (state[name] === value) return;
        state[name] = value;
        heard[`change:${name}`]?.forEach(hear => hear());
      },
      save_changes() {},
      on: (event, hear) => (heard[event] ??= new Set()).add(hear),
      off: (event, hear) => heard[event]?.delete(hear),
    };
  };

  // From file:// a browser loads no module: a classic script brings its text, which an address of its own then holds.
  const fromText = async name => {
    await new Promise((loaded, failed) => {
      const script = document.createElement("script");
      Object.assign(script, {src: new URL(`${name}.classic.js`, folder), onload: loaded, onerror: failed});
      document.head.append(script);
    });
    return import(`data:text/javascript;charset=utf-8,${encodeURIComponent(window.explorables[name])}`);
  };
  const load = name => location.protocol === "file:" ? fromText(name) : import(new URL(`${name}.js`, folder));

  const mount = async el => {
    try {
      const {default: face} = await load(el.dataset.explorable);
      const end = face.render({model: modelOf(JSON.parse(el.querySelector("script").textContent)), el});
      el.endExplorable = () => end?.();  // for JupyterLite, which takes outputs away
      el.dataset.ready = "";
    } catch (error) {
      if (!el.querySelector(".x-lost")) el.prepend(Object.assign(document.createElement("p"), {className: "x-lost", role: "status"}));
      el.querySelector(".x-lost").textContent = "What one can play with here did not arrive; its picture is below. Loading the page again may help.";
      console.error(error);
    }
  };
  window.mountExplorable = mount; // for JupyterLite, whose outputs come later
  const near = new IntersectionObserver(entries => {
    for (const {target, isIntersecting} of entries) {
      if (!isIntersecting) continue;
      near.unobserve(target);
      mount(target);
    }
  }, {rootMargin: "800px"});
  for (const el of document.querySelectorAll("[data-explorable]")) near.observe(el);
})();
