// The page's side of the doctor: fetches Python after the button, hands it to the frame, shows answers, ends what runs too long.
document.addEventListener("DOMContentLoaded", () => {
  const place = document.getElementById("doctor");
  if (!place) return;
  const part = name => document.getElementById(`doctor-${name}`), facts = JSON.parse(part("facts").textContent);
  const here = new URL(".", document.querySelector("script[src*='doctor/doctor.js']").src), MB = 1e6;
  const PATIENT = 20, LONGEST = 60, START = 90, STALL = 30, ROOMY = 256 * 2 ** 20;
  const WHY_SO_LONG = "Is there a loop that never ends, or a long training?";
  const [program, ask, stop, again, status, bar, answer] = ["program", "ask", "stop", "again", "status", "progress", "answer"].map(part);
  let frame, state = "cold", question = null, clock, begun, download, unheard;
  // What the reader has left in the field, by the example that it is made from; "" is a program of one's own.
  const written = {"": ""};
  let chosen = part("example").value;
  const madeFrom = (example, text) => {
    const lines = example.split("\n").filter(line => line.trim());
    return lines.filter(line => text.includes(line)).length > lines.length / 2;
  };
  const say = text => { status.textContent = text; };
  [ask.disabled, stop.disabled] = [false, true];  // Firefox keeps these over a reload

  // What this browser cannot do is said at once.
  const obstacle = () => {
    if (location.protocol === "file:") return "This page was opened as a file, and from there a browser lets no page fetch Python. Everything else works from here. To ask the doctor, serve the book's folder: go to it in a terminal, type “python -m http.server”, and open http://localhost:8000 in this browser.";
    if (typeof WebAssembly !== "object") return "This browser has no WebAssembly, or it is turned off, so Python cannot run here. Another browser will do, or bpcore on your own machine.";
    return null;
  };
  const refused = obstacle();
  if (refused) say(refused);

  // Fetching: every file is as long as it was when it was tested, and has its sha256 where the page can compute one.
  const bytes = async (url, file, signal, cache) => {
    const reply = await fetch(url, {signal, cache, credentials: "omit", referrerPolicy: "no-referrer"});
    if (!reply.ok) throw new Error(`${file.name} was refused (${reply.status})`);
    const parts = [];
    for (let reader = reply.body.getReader(), piece; !(piece = await reader.read()).done;) {
      parts.push(piece.value);
      download.got += piece.value.length;
      download.last = performance.now();
      bar.value = download.got / download.all;
      bar.textContent = `${(download.got / MB).toFixed(1)} of ${(download.all / MB).toFixed(1)} MB`;
    }
    const whole = await new Blob(parts).arrayBuffer();
    if (file.size && whole.byteLength !== file.size) throw new Error(`${file.name} arrived incomplete, with ${whole.byteLength} of ${file.size} bytes`);
    if (file.sha256 && crypto.subtle) {
      const digest = [...new Uint8Array(await crypto.subtle.digest("SHA-256", whole))].map(byte => byte.toString(16).padStart(2, "0")).join("");
      if (digest !== file.sha256) throw new Error(`${file.name} is not the file that was tested`);
    }
    return whole;
  };
  const one = async (file, signal) => {
    const url = new URL(file.own ? file.name : facts.from + file.name, file.own ? here : new URL(document.documentElement.dataset.content_root || "./", location.href));
    try { return await bytes(url, file, signal, "default"); } catch (error) {
      if (signal.aborted) throw error;
      return bytes(url, file, signal, "no-store");  // a full disk or a spoiled copy in the browser's cache: go past it
    }
  };
  const fetchAll = async () => {
    const control = new AbortController();
    download = {control, got: 0, all: facts.files.reduce((sum, file) => sum + file.size, 0), last: performance.now()};
    const watch = setInterval(() => {
      if (performance.now() - download.last > STALL * 1000) control.abort(new Error(`nothing has arrived for ${STALL} seconds`));
    }, 1000);
    bar.hidden = false;
    bar.value = 0;
    try {
      return Object.fromEntries(await Promise.all(facts.files.map(async file => [file.name, await one(file, control.signal)])));
    } catch (error) {
      control.abort(error);
      throw control.signal.reason;  // why it was given up first; some browsers have their own words for what follows from that
    } finally {
      clearInterval(watch);
      bar.hidden = true;
      download = null;
    }
  };

  // Starting: the files go into the frame, which starts a worker.
  const start = async () => {
    state = "loading";
    say(`Loading Python, ${facts.wire} MB …`);
    let files;
    try { files = await fetchAll(); } catch (error) {
      state = "cold";
      const why = error.message === "stopped" ? "" : `: ${error.message.replace(/^Failed to fetch$/, "there is no connection to it")}`;
      const then = /was refused|is not the file/.test(why) ? "later, or use bpcore on your own machine" : "when the connection is better";
      finish(why ? `Python could not be fetched from ${facts.host}${why}. Your program is still there; try again ${then}.` : "Stopped.");
      again.hidden = !why;
      return;
    }
    files["pyodide-lock.json"] = new TextEncoder().encode(facts.lock).buffer;
    say("Starting Python …");
    state = "starting";
    removeEventListener("message", unheard);
    frame?.remove();
    frame = document.createElement("iframe");
    Object.assign(frame, {title: "Where the program runs", hidden: true, src: new URL("frame.html", here)});
    frame.sandbox = "allow-scripts";
    unheard = ({data, source}) => {
      if (source !== frame.contentWindow) return;
      if (data.here) frame.contentWindow.postMessage({files}, "*", Object.values(files)), files = null;
      else heard(data);
    };
    addEventListener("message", unheard);
    clock = setTimeout(() => broken("it did not start in time"), START * 1000);
    place.append(frame);
  };
  const broken = why => {
    clearTimeout(clock);
    frame?.remove();
    frame = null;
    state = "cold";
    again.hidden = false;
    finish(`Python could not run in this browser: ${why}.`);
  };
  const anew = () => {
    state = "starting";
    clearTimeout(clock);
    clock = setTimeout(() => broken("it did not start in time"), START * 1000);
    frame?.contentWindow.postMessage({anew: true}, "*");
  };
  const send = () => {
    state = "busy";
    say("Asking the doctor …");
    begun = performance.now();
    frame.contentWindow.postMessage({question}, "*");
    question = null;
    clock = setTimeout(() => {
      say(`Still asking, after ${PATIENT} seconds. ${WHY_SO_LONG} Stop ends it.`);
      clock = setTimeout(() => {
        anew();
        finish(`Stopped after ${LONGEST} seconds. ${WHY_SO_LONG} Leave the training out, and take a small network and a few samples. A fresh Python is starting.`);
      }, (LONGEST - PATIENT) * 1000);
    }, PATIENT * 1000);
  };
  const heard = data => {
    if (data.ready) {
      clearTimeout(clock);
      state = "ready";
      if (question) send();
    } else if (data.failed && state === "starting") broken(data.failed);
    else if (data.failed) {
      anew();
      const last = data.failed.trim().split("\n").pop();
      finish(`That was too much for this Python, and a fresh one is starting${last && `: ${last}`}.`);
    } else if (state === "busy") {
      clearTimeout(clock);
      state = "ready";
      show(data.report);
      finish(data.report.error ? "The doctor could not be asked." : `The doctor has answered, after ${((performance.now() - begun) / 1000).toFixed(1)} seconds.`);
      if (data.memory > ROOMY) anew();  // memory never shrinks
    }
  };

  // Asking.
  const chosenNetwork = () => {
    const sizes = part("sizes").value.split(/[^0-9]+/).filter(Boolean).map(Number);
    return sizes.length < 2 ? null : {sizes, hidden: part("hidden").value, output: part("output").value, loss: part("loss").value};
  };
  const finish = text => {
    say(text);
    question = null;
    place.removeAttribute("aria-busy");
    const held = document.activeElement === stop;
    stop.disabled = true;
    ask.disabled = false;
    if (held) ask.focus();
  };
  const begin = () => {
    if (ask.disabled) return;
    const no = obstacle();
    if (no) { say(""); requestAnimationFrame(() => say(no)); return; }
    question = JSON.stringify({source: program.value, ask: place.querySelector("input[name=doctor-kind]:checked").value, network: chosenNetwork()});
    answer.replaceChildren();
    again.hidden = true;
    place.setAttribute("aria-busy", "true");
    stop.disabled = false;
    if (document.activeElement === ask || document.activeElement === again) stop.focus();
    ask.disabled = true;
    if (state === "ready") send();
    else if (state === "cold") start();
    else say("Starting Python …");
  };
  const end = () => {
    if (stop.disabled) return;
    if (state === "loading") download.control.abort(new Error("stopped"));
    else if (state === "busy") { anew(); finish("Stopped. A fresh Python is starting."); }
    else finish("Stopped.");
  };
  ask.addEventListener("click", begin);
  again.addEventListener("click", begin);
  stop.addEventListener("click", end);
  place.addEventListener("keydown", event => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) { event.preventDefault(); begin(); }
    if (event.key === "Escape") end();
  });
  part("example").addEventListener("change", ({target}) => {
    const before = facts.examples[chosen]?.text;
    const emptied = chosen && !program.value; // an example that is deleted is no program of the reader's
    if (program.value !== before && !emptied) written[before && madeFrom(before, program.value) ? chosen : ""] = program.value;
    chosen = target.value;
    const example = facts.examples[chosen] ?? {};
    program.value = written[chosen] ?? example.text;
    if (example.ask) place.querySelector(`input[name=doctor-kind][value=${example.ask}]`).checked = true;
    answer.replaceChildren();
    const from = part("source");
    from.hidden = !example.source;
    if (example.source) from.replaceChildren("From ", linked(example.thread, example.source), "; ", linked("the case in the collection", example.case), " tells its story.");
    say(refused ?? (!program.value ? "The field is empty." : !example.ask ? "Your own program is in the field again." : written[chosen] ? "The example is in the field, as you changed it." : "The example is in the field."));
  });

  // Showing: as text only, whatever the program did.
  const make = (tag, text, className) => {
    const element = document.createElement(tag);
    if (text !== undefined) element.textContent = text;
    if (className) element.className = className;
    return element;
  };
  const linked = (words, target) => Object.assign(make("a", words), {href: new URL(target, location.href)});
  const folded = (title, ...inside) => {
    const details = make("details");
    details.append(make("summary", title), ...inside);
    return details;
  };
  const show = report => {
    const parts = [];
    if (report.error) {
      parts.push(make("h2", "The doctor could not be asked"), make("p", report.error));
      if (report.lines.length) parts.push(make("pre", report.lines.join("\n")));
    } else {
      let list;
      for (const [label, words] of report.rows) {
        if (label) { if (!list) parts.push(list = make("dl")); list.append(make("dt", label), make("dd", words)); }
        else { parts.push(make(parts.length ? "h3" : "h2", words)); list = null; }
      }
      const links = report.names.filter(name => Object.hasOwn(facts.places, name)).map(name => facts.places[name]);
      for (const [words, target] of links.filter((each, k) => links.findIndex(other => other[1] === each[1]) === k)) {
        const line = make("p", "Read on: ");
        line.append(linked(words, target), ".");
        parts.push(line);
      }
      const read = make("ul");
      read.append(...report.read.map(text => make("li", text)));
      parts.push(folded("What was taken for what", read, make("p", "On your own machine, with functions of the parameters alone:"), make("pre", report.call)));
    }
    if (report.printed) parts.push(folded("What the program printed", make("pre", report.printed)));
    answer.replaceChildren(...parts);
    for (const wide of answer.querySelectorAll("pre")) if (wide.scrollWidth > wide.clientWidth) wide.tabIndex = 0;
  };
});
