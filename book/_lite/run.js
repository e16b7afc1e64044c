// Starts Python for one chapter: says what it costs, loads it with progress, opens the notebook, and says what goes wrong.
"use strict";
{
  const {python, chapters, storage, jupyterlite, interface_size: programSize} = self.EDITION;
  const $ = id => document.getElementById(id);
  const say = text => { if ($("status").textContent !== text) $("status").textContent = text; };
  const make = (tag, attributes = {}, ...children) => {
    const element = Object.assign(document.createElement(tag), attributes);
    element.append(...children);
    return element;
  };
  const megabytes = bytes => `${(bytes / 1e6).toFixed(bytes < 9.95e6 ? 1 : 0)} MB`;
  const weightOf = names => names.reduce((sum, name) => sum + python.files[name][0], 0);
  const day = date => date.toLocaleDateString("en-GB", {day: "numeric", month: "long", year: "numeric"});

  let theme = "auto";
  try { theme = localStorage.getItem("theme") ?? localStorage.getItem("mode") ?? "auto"; } catch { /* no storage: the system's */ }
  if (theme === "auto") theme = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
  document.documentElement.dataset.theme = theme;

  // Words of a fault, where the reader looks, read out at once; the page stays as it is below.
  const fault = (...parts) => {
    $("fault")?.remove();
    $("words").prepend(make("div", {id: "fault", className: "fault", role: "alert"}, ...parts.map(part => typeof part === "string" ? make("p", {}, part) : part)));
  };

  // Why Python cannot start here at all, or "".
  const obstacle = () => {
    if (location.protocol === "file:") return "This page was opened from a file, and from a file a browser starts no Python. The rest of the book works from here. To run chapters, serve the book's folder: go to it in a terminal, type “python -m http.server”, and open http://localhost:8000 in this browser.";
    const empty = Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0); // the shortest module that there is
    if (typeof WebAssembly !== "object" || !WebAssembly.validate(empty)) return "This browser runs no WebAssembly, in which Python comes. It may be switched off by a setting, or the browser may be older than 2018. The download arrow of a chapter gives its notebook, which runs in any Jupyter.";
    if (typeof Worker !== "function" || !self.indexedDB) return "This browser lacks workers or a database for pages, both of which JupyterLite needs. A private window may be the cause. The download arrow of a chapter gives its notebook, which runs in any Jupyter.";
    return "";
  };

  // The reader's copies: JupyterLite keeps a chapter that was changed in the browser's database, and shows it from then on.

  const request = asked => new Promise((done, failed) => {
    asked.onsuccess = () => done(asked.result);
    asked.onerror = () => failed(asked.error);
  });
  const withFiles = async work => {
    const known = await indexedDB.databases?.() ?? [];
    if (!known.some(({name}) => name === storage)) return null; // opening it would make an empty one
    const database = await request(indexedDB.open(storage));
    try {
      if (!database.objectStoreNames.contains("files")) return null;
      return await work(database.transaction("files", "readwrite").objectStore("files"));
    } finally {
      database.close();
    }
  };
  const savedCopy = path => withFiles(files => request(files.get(path))).catch(() => null);
  const setAside = (path, copy) => withFiles(async files => {
    const name = `${path.replace(".ipynb", "")}, my copy of ${copy.last_modified.slice(0, 16).replace("T", " ").replace(":", ".")}.ipynb`;
    await request(files.put({...copy, name, path: name}, name));
    await request(files.delete(path));
    return name;
  });

  // Loading

  // Our service worker, which keeps what was loaded; where there is none (plain http), Python runs all the same.
  const keeper = async () => {
    if (!navigator.serviceWorker) return false;
    try {
      const address = new URL("service-worker.js?enableCache=false", location.href).href; // as JupyterLite registers it
      try { localStorage.setItem(`${address}-version`, jupyterlite); } catch { /* then JupyterLite registers it anew */ }
      await navigator.serviceWorker.register(address);
      await navigator.serviceWorker.ready;
      if (!navigator.serviceWorker.controller) await Promise.race([
        new Promise(done => navigator.serviceWorker.addEventListener("controllerchange", done, {once: true})),
        new Promise(done => setTimeout(done, 3000)),
      ]);
      return Boolean(navigator.serviceWorker.controller);
    } catch {
      return false;
    }
  };

  let anew = false; // after a fault
  const load = async names => {
    const all = weightOf(names), left = [...names], bar = $("progress");
    let loaded = 0, unkept = 0;
    Object.assign(bar, {max: all, value: 0, hidden: false});
    const heard = bytes => {
      const before = Math.floor(10 * loaded / all);
      loaded += bytes;
      bar.value = loaded;
      if (Math.floor(10 * loaded / all) > before) say(`${megabytes(loaded)} of ${megabytes(all)} loaded`); // ten times, not a thousand
    };
    const loader = async () => {
      for (let name = left.shift(); name; name = left.shift()) {
        const {kept} = await pythonFile(name, heard, anew);
        unkept += !kept;
      }
    };
    try {
      await Promise.all([loader(), loader(), loader(), loader()]);
    } finally {
      bar.hidden = true;
      left.length = 0;
    }
    return unkept;
  };

  // The notebook

  // JupyterLab unfolds the output of each cell that runs; a solution stays folded until the reader wants it.
  let runsAll = false;
  const runAll = async app => {
    runsAll = true;
    const folded = app.shell.currentWidget.content.widgets.filter(cell => cell.outputHidden);
    say("All cells run, one after the other.");
    try { await app.commands.execute("notebook:run-all-cells"); } finally { runsAll = false; }
    for (const cell of folded) cell.outputHidden = true;
    say("All cells have run, or one of them said what went wrong.");
  };

  const READY = "Python is ready. Shift + Enter runs a cell.";
  const open = (path, remarks) => {
    const frame = make("iframe", {title: `Notebook: ${$("title").textContent}`, src: `notebooks/index.html?path=${encodeURIComponent(path)}`, allow: "clipboard-read; clipboard-write"});
    document.querySelector("main").replaceChildren(frame);
    const began = Date.now();
    let ready = false, themed = false, busy = 0, warned = false; // busy: since when
    const tell = text => say([text, ...remarks].join(" "));
    tell("The notebook opens.");
    const look = setInterval(() => {
      const app = frame.contentWindow?.jupyterapp, session = app?.shell?.currentWidget?.sessionContext;
      if (app && !themed) {
        themed = true; // JupyterLite begins in light, or as the reader left it
        if (theme === "dark") app.restored.then(() => app.commands.execute("apputils:change-theme", {theme: "JupyterLab Dark"}));
      }
      const state = session?.kernelDisplayStatus;
      if (!ready && state === "idle") {
        ready = true;
        tell(READY);
        Object.assign($("run-all"), {hidden: false, onclick: () => runAll(app)});
      } else if (["dead", "terminated"].includes(state)) {
        clearInterval(look);
        say("Python has stopped. The menu Kernel starts it again; what the notebook says is not lost.");
      } else if (ready) {
        busy = state === "busy" && !runsAll ? busy || Date.now() : 0;
        if (busy && Date.now() - busy > 30e3) {
          warned = true;
          say("A cell has been running for half a minute. If it has no end, choose Restart Kernel in the menu Kernel, and run the notebook's first code cell again. Interrupt stops nothing in a browser.");
        } else if (warned && state === "idle") {
          warned = false;
          tell(READY);
        }
      } else if (session && Date.now() - began < 90e3) {
        tell("Python starts. You can read already.");
      } else if (Date.now() - began > 90e3) {
        say("Python has not started after a minute and a half. On a slow machine it may still come; otherwise load this page again, or take the notebook from the chapter's page.");
      }
    }, 500);
  };

  const start = async (chapter, path, aside) => {
    for (const button of document.querySelectorAll("main button")) button.disabled = true;
    $("fault")?.remove();
    say("Loading begins.");
    const remarks = [];
    try {
      const keeps = await keeper();
      const unkept = await load(chapter.files);
      if (keeps && unkept) remarks.push("The browser's storage is full, so Python will be loaded again at the next visit.");
      if (aside) remarks.push(`Your own copy is in the file list as “${await setAside(path, aside)}”.`);
      open(path, remarks);
    } catch (error) {
      anew = true;
      say("Python was not loaded.");
      const from = python.host ? `The files come from ${python.host}; perhaps it cannot be reached from here. ` : "";
      fault(error.message, `${from}The rest of the book is not affected.${self.isSecureContext ? " What has arrived need not come again." : ""}`);
      for (const button of document.querySelectorAll("main button")) button.disabled = false;
      document.querySelector("main button").textContent = "Try again";
      document.querySelector("main button").focus();
    }
  };

  // What is said before anything is loaded

  const offer = async (name, chapter) => {
    document.title = `Run: ${chapter.title}`;
    $("title").textContent = `Run: ${chapter.title}`;
    Object.assign($("back"), {href: `../${chapter.page}`, textContent: "Back to the chapter's page"});
    const path = `${name}.ipynb`, all = weightOf(chapter.files), words = $("words");
    const paragraph = text => words.append(make("p", {}, text));
    words.replaceChildren();
    const why = obstacle();
    if (why) return fault(why);
    const kept = await Promise.all(chapter.files.map(file => isKept(file)));
    const here = weightOf(chapter.files.filter((_, place) => kept[place]));
    paragraph("The chapter opens as a notebook, and Python runs in this page: every cell can be changed and run. No account and no server are needed, and nothing that you type leaves this browser.");
    paragraph(here === all
      ? `Python with all that this chapter needs, ${megabytes(all)}, is in this browser already.`
      : `Python with all that this chapter needs is ${megabytes(all)}${here ? `, of which ${megabytes(here)} are in this browser already` : ""}; JupyterLite, the program around the notebook, is another ${megabytes(programSize)}. Where the server compresses, both are less. ${self.isSecureContext ? "The browser keeps them for the next visit." : "This address is plain http, so the browser may load them again at the next visit."}`);
    if (python.host && here < all) paragraph(`When you press the button, your browser asks ${python.host} for the official release of Pyodide ${python.version}, which is Python for browsers, and holds each file against its sha256. No other host is asked.`);
    const copy = await savedCopy(path);
    const press = (text, work, first) => make("button", {type: "button", className: first ? "first" : "", onclick: work}, text);
    if (copy) {
      const older = copy.content?.metadata?.edition !== chapter.edition, when = day(new Date(copy.last_modified));
      paragraph(`This browser has a copy of the chapter in which something was changed or run, of ${when}. ${older ? "The book has a newer edition of the chapter since then." : "The book's chapter is still the same edition."}`);
      const mine = press("Start with my copy", () => start(chapter, path), !older);
      const fresh = press(older ? "Start with the newer edition, and keep my copy beside it" : "Start with the book's chapter, and keep my copy beside it", () => start(chapter, path, copy), older);
      words.append(make("p", {}, ...(older ? [fresh, mine] : [mine, fresh])));
    } else {
      words.append(make("p", {}, press("Start Python", () => start(chapter, path), true)));
    }
  };

  const choose = () => {
    const rows = Object.entries(chapters).map(([name, chapter]) => make("tr", {},
      make("td", {}, make("a", {href: `#${name}`}, chapter.title)), make("td", {className: "size"}, megabytes(weightOf(chapter.files)))));
    const head = make("tr", {}, make("th", {scope: "col"}, "Chapter"), make("th", {scope: "col", className: "size"}, "Python for it"));
    $("words").replaceChildren(make("p", {}, "Which chapter? The size is what a first visit loads; chapters share most of it."), make("table", {}, make("thead", {}, head), make("tbody", {}, ...rows)));
    const why = obstacle();
    if (why) fault(why);
  };

  const show = () => {
    const name = location.hash.slice(1);
    if (Object.hasOwn(chapters, name)) offer(name, chapters[name]);
    else choose();
  };
  addEventListener("hashchange", () => location.reload());
  show();
}
