// How far a signal gets through many layers, forwards and backwards, for an activation, a depth and a scale of the weights.
import {bet, button, choice, make, scientific, shown, slider, voice} from "./controls.js";
import {backward, generator, matrix, network, normal, start} from "./numerics.js";

const WIDTH = 24, SAMPLES = 40;

// Per layer: the spread of the activations over the samples, the share of units that are saturated or dead, the mean size of the deltas.
export function signal({depth, hidden, scale, seed}) {
  const random = generator(seed), net = network({sizes: [WIDTH, ...Array(depth).fill(WIDTH)], hidden, output: hidden, loss: "half_squared"});
  const theta = start(net, random, scale / Math.sqrt(WIDTH)), X = matrix(SAMPLES, WIDTH), Y = matrix(SAMPLES, WIDTH);
  for (const values of [X.v, Y.v]) for (let i = 0; i < values.length; i++) values[i] = normal(random);
  const {z, a, delta} = backward(net, theta, X, Y);
  return Array.from({length: depth}, (_, i) => {
    const l = i + 1, values = a[l].v;
    let squares = 0;  // over the samples, unit by unit: a constant in which units differ is no signal
    for (let unit = 0; unit < WIDTH; unit++) {
      const own = Array.from({length: SAMPLES}, (_, i) => values[i * WIDTH + unit]), mean = own.reduce((sum, v) => sum + v, 0) / SAMPLES;
      squares += own.reduce((sum, v) => sum + (v - mean) ** 2, 0);
    }
    const spread = Math.sqrt(squares / values.length);
    const flat = values.filter((v, k) => Math.abs(net.f[l].df(z[l].v[k], v)) < 0.01).length / values.length;
    const bins = Array(15).fill(0), reach = hidden === "tanh" ? 1 : hidden === "sigmoid" ? 1 : 3, low = hidden === "sigmoid" ? 0 : hidden === "relu" ? 0 : -reach;
    for (const v of values) bins[Math.min(Math.max(Math.floor(((v - low) / (reach - low)) * 15), 0), 14)] += 1 / values.length;
    return {l, spread, flat, bins, delta: delta[l].v.reduce((sum, v) => sum + Math.abs(v), 0) / delta[l].v.length};
  });
}

export default {
  render({model, el}) {
    const settings = {depth: 10, hidden: "tanh", scale: 1, seed: 1, ...(model.get("settings") ?? {})}, speech = voice();
    const table = make("table", {class: "x-numbers"}), line = make("p", {class: "x-words"});
    const bar = bins => {
      const most = Math.max(...bins);
      return make("span", {class: "x-histogram", "aria-hidden": "true"}, ...bins.map(share => make("span", {style: `height: ${Math.max((26 * share) / most, 1)}px`})));
    };
    const show = () => {
      const layers = signal(settings), [first, last] = [layers[0], layers.at(-1)];
      const forwards = last.spread / first.spread, backwards = first.delta / last.delta;
      const word = ratio => (ratio < 0.1 ? "dies out" : ratio > 10 ? "blows up" : "survives");
      line.textContent = `Forwards the signal ${word(forwards)}: the spread in layer ${settings.depth} is ${scientific(forwards)} times that in layer 1. Backwards it ${word(backwards)}: the deltas of layer 1 are ${scientific(backwards)} times those of layer ${settings.depth}.`;
      table.replaceChildren(make("caption", {}, "24 units a layer, 40 samples; normal weights times scale/√24; spread over the samples"),
        make("tr", {}, ...["layer", "activations", "spread", "flat", "mean |δ|"].map(text => make("th", {scope: "col"}, text))),
        ...layers.map(({l, spread, flat, bins, delta}) => make("tr", {}, make("th", {scope: "row"}, `${l}`), make("td", {}, bar(bins)), make("td", {}, scientific(spread)),
          make("td", {}, `${Math.round(100 * flat)}\u00a0%`), make("td", {}, scientific(delta)))));
    };
    const change = name => value => { settings[name] = value; show(); if (!line.hidden) speech.say(line.textContent); };
    const scale = slider({label: "scale of the weights", min: 0.1, max: 4, step: 0.1, value: settings.scale, text: v => shown(v, 1), change: change("scale")});
    const depth = slider({label: "layers", min: 2, max: 20, step: 1, value: settings.depth, text: v => `${v}`, change: change("depth")});
    const hidden = choice({label: "activation", options: ["sigmoid", "tanh", "relu", "identity"].map(name => [name, name]), value: settings.hidden, change: change("hidden")});
    const other = button("Other random numbers", () => { settings.seed += 1; show(); if (!line.hidden) speech.say(line.textContent); });
    const view = make("div", {class: "x-scroll", tabIndex: 0, role: "region", "aria-label": "Layers"}, table);
    const ratio = () => { const layers = signal(settings); return layers.at(-1).spread / layers[0].spread; };
    el.style.setProperty("--x-names", "10rem");
    el.querySelector(".x-still")?.remove();
    (el.querySelector(".x-controls") ?? el).append(...bet({
      question: "With these settings, what becomes of the signal on its way up?", answers: ["it dies out", "it survives", "it blows up"],
      right: () => (ratio() < 0.1 ? 0 : ratio() > 10 ? 2 : 1), said: text => speech.say(`${text} ${line.textContent}`), reveal: [line, view],
      note: () => ` (${settings.hidden}, ${settings.depth} layers, scale ${shown(settings.scale, 1)})`,
    }), hidden.element, depth.element, scale.element, make("div", {class: "x-row"}, other), line, view, speech.element);
    show();
  },
};
