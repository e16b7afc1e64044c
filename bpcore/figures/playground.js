// A network that learns, whose backward pass can be broken, beside a gradient check that notices. state: settings, see DEFAULTS
import {BUGS, planted} from "./bugs.js";
import {apart, button, choice, errorText, make, redrawn, scientific, shown, voice} from "./controls.js";
import {dataset, KINDS, sine} from "./data.js";
import {drawCurves, drawLines} from "./lines.js";
import {adamRule, backward, cost, generator, momentumRule, network, numericalGradient, relativeError, rowsOf, shuffled, start} from "./numerics.js";
import {drawSurface, rightOnes} from "./surface.js";

export const DEFAULTS = {
  data: "moons", layers: "6-4", hidden: "tanh", start: "glorot", rule: "sgd", rate: "0.3", batch: "10", lam: "0", bug: "none", layer: "all", seed: 0,
};
const CHOICES = {
  data: [...KINDS.map(kind => [kind, kind === "xor" ? "XOR" : kind]), ["sine", "sine curve"]],
  layers: ["3", "6-4", "8-8", "6-6-6", "4-4-4-4-4"].map(text => [text, text.replaceAll("-", ", ")]),
  hidden: ["sigmoid", "tanh", "relu", "leaky_relu", "identity"].map(name => [name, name.replace("_", " ")]),
  start: [["glorot", "Glorot"], ["he", "He"], ["1", "standard normal"], ["0.01", "tiny"], ["0", "zeros"]],
  rule: [["sgd", "gradient descent"], ["momentum", "momentum 0.9"], ["adam", "Adam"]],
  rate: ["0.001", "0.01", "0.03", "0.1", "0.3", "1", "3", "10"].map(text => [text, text]),
  batch: [["1", "1"], ["10", "10"], ["all", "all"]],
  lam: ["0", "0.01", "0.1", "1", "10"].map(text => [text, text]),
};
const NAMES = {data: "data", layers: "hidden layers", hidden: "activation", start: "start", rule: "rule", rate: "learning rate", batch: "batch", lam: "penalty λ", bug: "bug", layer: "in layer"};
const KEPT = 600;  // costs that the curve shows
const ROUNDING = 1e-9;  // of a cost of 1: the difference of two costs, over twice the step, has lost the digits below

// All that one run is: network, data, parameters and its history.
export class Run {
  constructor(settings) {
    this.settings = settings;
    this.data = settings.data === "sine" ? sine() : dataset(settings.data, 100, settings.seed);
    const hidden = settings.layers.split("-").map(Number), flat = settings.data === "sine";
    this.net = network({sizes: [this.data.X.cols, ...hidden, 1], hidden: settings.hidden, output: flat ? "identity" : "sigmoid", loss: flat ? "half_squared" : "binary_cross_entropy"});
    this.random = generator(settings.seed + 1);
    const scale = ["glorot", "he"].includes(settings.start) ? settings.start : Number(settings.start);
    this.theta = start(this.net, this.random, scale);
    this.update = settings.rule === "adam" ? adamRule(this.net.count) : momentumRule(this.net.count, settings.rule === "momentum" ? 0.9 : 0);
    this.epoch = 0;
    this.costs = [this.cost()];
    this.failed = null;
    this.order = null;  // what is left of the epoch
  }

  // What may change while it runs, without a new start.
  change(settings) { this.settings = settings; }
  get lam() { return Number(this.settings.lam); }
  get bugs() {
    const {bug, layer} = this.settings;
    return bug === "none" ? [] : [planted(bug, this.net, layer === "all" ? null : [Number(layer)])];
  }
  cost() { return cost(this.net, this.theta, this.data.X, this.data.Y, this.lam); }

  // Mini-batches until the epoch ends or the time is up; whether the epoch has ended.
  advance(milliseconds = Infinity) {
    if (this.failed) return true;
    const m = this.data.X.rows, size = this.settings.batch === "all" ? m : Number(this.settings.batch), rate = Number(this.settings.rate);
    const until = performance.now() + milliseconds;
    if (!this.order) [this.order, this.before] = [shuffled(m, this.random), this.theta.slice()];
    do {
      const batch = this.order.splice(0, size), lam = (this.lam * batch.length) / m;
      const {gradient} = backward(this.net, this.theta, rowsOf(this.data.X, batch), rowsOf(this.data.Y, batch), {lam, lr: rate, bugs: this.bugs});
      this.update(this.theta, gradient, rate);
      if (!this.order.length) { this.end(); return true; }
    } while (performance.now() < until);
    return false;
  }

  // A cost that is no number ends the run, and the last good parameters stay.
  end() {
    this.order = null;
    this.epoch += 1;
    const now = this.cost();
    if (Number.isFinite(now) && now < 1e6) { this.costs.push(now); return; }
    this.failed = this.epoch;
    this.theta = this.before;
  }

  // Per layer: the relative error of weights and biases together, the mean size of its deltas; and the worst entry of all.
  check() {
    const {X, Y} = this.data, net = this.net, made = backward(net, this.theta, X, Y, {lam: this.lam, lr: Number(this.settings.rate), bugs: this.bugs});
    const slow = numericalGradient(net, this.theta, X, Y, this.lam), layers = [];
    let worst = {gap: 0, name: "an entry that is no number", mine: NaN, slow: NaN};
    for (let l = 1; l <= net.L; l++) {
      const [from, to] = [net.places[l - 1], net.places[l]], columns = 1 + net.sizes[l - 1];
      const error = relativeError(made.gradient.subarray(from, to), slow.subarray(from, to)), deltas = made.delta[l].v;
      let apart = 0;
      for (let i = from; i < to; i++) {
        const gap = Math.abs(made.gradient[i] - slow[i]);
        apart = Math.hypot(apart, gap);
        if (gap > worst.gap) {
          const [j, k] = [Math.floor((i - from) / columns), (i - from) % columns];
          worst = {gap, name: k ? `W[${l}][${j}, ${k - 1}]` : `b[${l}][${j}]`, mine: made.gradient[i], slow: slow[i]};
        }
      }
      const lost = error >= 1e-5 && apart < ROUNDING * Math.max(1, this.costs.at(-1));
      layers.push({l, error, lost, fine: error < 1e-5 || lost, delta: deltas.reduce((total, d) => total + Math.abs(d), 0) / deltas.length});
    }
    return {layers, worst, passed: layers.every(({fine}) => fine), lost: layers.some(({lost}) => lost)};
  }
}

const costText = (cost, digits) => (cost < 10 ** (1 - digits) ? scientific(cost) : shown(cost, digits));
const inLink = () => new URLSearchParams(globalThis.location?.hash.slice(1) ?? "");
const fromLink = wanted => Object.fromEntries(Object.entries(DEFAULTS).map(([name, usual]) => {
  const value = wanted.get(name), known = name === "bug" ? ["none", ...Object.keys(BUGS)] : CHOICES[name]?.map(([key]) => key);
  if (value === null || (known && !known.includes(value))) return [name, usual];
  return [name, name !== "seed" ? value : /^\d{1,9}$/.test(value) ? Number(value) : usual];
}));

export default {
  render({model, el}) {
    const wanted = model.get("settings") ? new URLSearchParams() : inLink();
    let settings = {...fromLink(wanted), ...(model.get("settings") ?? {})}, run = new Run(settings), frame = null, checked = 0, took = 0, report = run.check();
    const speech = voice(), calm = globalThis.matchMedia?.("(prefers-reduced-motion: reduce)").matches;
    const canvas = make("canvas", {role: "img", class: "x-plane"}), curve = make("canvas", {role: "img", class: "x-strip"});
    const status = make("p", {class: "x-words"}), meter = make("div", {class: "x-meter"});

    const changed = name => value => {
      settings = {...settings, [name]: value};
      if (["data", "layers", "hidden", "start", "rule"].includes(name)) begin();
      else run.change(settings);
      offerBugs();
      link();
      show();
      speech.say(said());
    };
    const controls = Object.fromEntries(Object.keys(CHOICES).map(name =>
      [name, choice({label: NAMES[name], options: CHOICES[name], value: settings[name], change: changed(name)})]));
    controls.bug = choice({label: NAMES.bug, options: [["none", "none: the right gradient"]], value: "none", change: changed("bug")});
    controls.layer = choice({label: NAMES.layer, options: [["all", "every layer"]], value: "all", change: changed("layer")});
    controls.bug.element.classList.add("x-long");
    const offerBugs = () => {
      const able = Object.entries(BUGS).filter(([, bug]) => bug.layers(run.net).length);
      const [named, exchanges] = [false, true].map(any => able.filter(([name]) => name.includes(":") === any).map(([name, bug]) => [name, bug.title]));
      controls.bug.offer([["none", "none: the right gradient"], ["of the museum", named], ["any step, any exchange", exchanges]]);
      controls.bug.set(settings.bug);
      if (controls.bug.input.value !== settings.bug) { controls.bug.set("none"); settings.bug = "none"; }
      const layers = settings.bug === "none" ? [] : BUGS[settings.bug].layers(run.net);
      controls.layer.offer([["all", "every layer"], ...layers.map(l => [`${l}`, `${l}`])]);
      controls.layer.set(settings.layer);
      if (controls.layer.input.value !== settings.layer) { controls.layer.set("all"); settings.layer = "all"; }
      run.change(settings);
    };
    const begin = () => { pause(); run = new Run(settings); };
    const link = () => {
      const differing = Object.entries(settings).filter(([name, value]) => String(value) !== String(DEFAULTS[name]));
      const hash = new URLSearchParams(differing).toString();
      try { history.replaceState(null, "", hash ? `#${hash}` : location.pathname + location.search); } catch { /* a page that may not */ }
    };

    const numbers = () => {
      const right = settings.data === "sine" ? "" : `, ${rightOnes(run.net, run.theta, run.data)} of 100 right`;
      return run.failed ? `Diverged in epoch ${run.failed}: the cost is above a million, or no number. Take a smaller learning rate and start again`
        : `epoch ${run.epoch}, cost ${costText(run.costs.at(-1), 4)}${right}`;
    };
    const told = ({mine, slow}) => apart(mine, slow).join(", differences of the cost ");
    const verdict = () => (report.passed ? `The gradient check passes${report.lost ? ", as far as differences can tell" : ""}.` : `The gradient check fails; worst at ${report.worst.name}: the backward pass says ${told(report.worst)}.`);
    const said = () => `${numbers()}. ${verdict()}`;
    const first = () => Math.max(run.costs.length - KEPT, 0);
    const picture = () => (settings.data === "sine" ? drawCurves : drawSurface)(canvas, run.net, run.theta, run.data);
    const show = () => {
      picture();
      drawLines(curve, run.costs.slice(-KEPT), first(), run.costs.length - 1);
      canvas.setAttribute("aria-label", `What the network says, ${numbers()}`);
      curve.setAttribute("aria-label", `The cost, from ${costText(run.costs[first()], 3)} ${first() ? `at epoch ${first()}` : "at the start"} to ${costText(run.costs.at(-1), 3)} now`);
      status.textContent = numbers();
      report = run.check();
      meter.dataset.passed = report.passed;
      const largest = Math.max(...report.layers.map(({delta}) => delta), 1e-300);
      meter.replaceChildren(
        make("p", {class: "x-verdict"}, `${report.passed ? "✓" : "✗"} ${verdict()}`),
        make("table", {class: "x-numbers"}, make("caption", {}, "From the output backwards"),
          make("tr", {}, ...["layer", "relative error of its gradient", "mean size of its deltas"].map(text => make("th", {scope: "col"}, text))),
          ...[...report.layers].reverse().map(({l, error, lost, fine, delta}) => make("tr", {}, make("th", {scope: "row"}, `${l}`),
            make("td", {}, lost ? "too small for differences" : `${errorText(error)} ${fine ? "✓" : "✗"}`),
            make("td", {class: "x-delta-size"}, make("span", {class: "x-bar", style: `width: ${Math.max(40 * delta / largest, 1)}px`}), ` ${scientific(delta)}`)))));
    };

    const tick = time => {
      frame = requestAnimationFrame(tick);
      run.advance(8);
      if (run.failed) { pause(); show(); speech.say(numbers()); return; }
      // on a slow machine the check may take a fifth of the time, and not all of it
      if (time - checked > Math.max(calm ? 1000 : 250, 5 * took)) {
        const from = performance.now();
        checked = time;
        show();
        took = performance.now() - from;
      }
      else if (!calm) {
        picture();
        status.textContent = numbers();
      }
    };
    const pause = () => {
      if (frame !== null) cancelAnimationFrame(frame);
      frame = null;
      train.textContent = "Train";
    };
    const train = button("Train", () => {
      if (frame !== null) { pause(); show(); speech.say(said()); return; }
      if (run.failed) { speech.say(numbers()); return; }
      speech.say("Training.");
      train.textContent = "Pause";
      frame = requestAnimationFrame(tick);
    });
    const one = button("One epoch", () => { pause(); run.advance(); show(); speech.say(said()); });
    const again = button("Start again", () => { begin(); show(); speech.say(`A new start. ${said()}`); });
    const other = button("Other random numbers", () => { settings = {...settings, seed: settings.seed + 1}; begin(); link(); show(); speech.say(`Other random numbers. ${said()}`); });

    el.querySelector(".x-still")?.remove();
    const group = (name, ...parts) => make("fieldset", {class: "x-group"}, make("legend", {}, name), ...parts);
    (el.querySelector(".x-controls") ?? el).append(
      make("div", {class: "x-row", role: "group", "aria-label": "Training"}, train, one, again, other), status,
      make("div", {class: "x-play"},
        make("div", {class: "x-watch"}, canvas, curve, group("Break the backward pass", controls.bug.element, controls.layer.element)),
        make("div", {}, meter,
          group("Network and data", ...["data", "layers", "hidden", "start"].map(name => controls[name].element)),
          group("Training", ...["rule", "rate", "batch", "lam"].map(name => controls[name].element)))),
      speech.element);
    offerBugs();
    for (const [name, {element, input}] of Object.entries(controls)) {  // what the link asks for and is not offered is said beside its list
      const value = wanted.get(name);
      if (value === null || value === settings[name]) continue;
      const fault = make("span", {class: "x-fault"}, `not “${value.slice(0, 24)}”, which the link asks for`);
      element.append(fault);
      input.addEventListener("change", () => fault.remove(), {once: true});
    }
    show();
    const end = redrawn(canvas.parentElement, show);
    // a link that is opened on the open page
    const follow = () => {
      const asked = inLink(), names = Object.keys(DEFAULTS), other = name => (asked.get(name) ?? `${DEFAULTS[name]}`) !== `${settings[name]}`;
      if (names.some(name => asked.has(name)) && names.some(other)) location.reload();  // not when one comes back to the state as it is
    };
    if (!model.get("settings")) globalThis.addEventListener?.("hashchange", follow);
    return () => { pause(); end(); globalThis.removeEventListener?.("hashchange", follow); };
  },
};
