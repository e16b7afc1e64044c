// The error of a difference quotient against its step, for a method, a precision and a cost that the reader chooses. state: none needed
import {bet, choice, make, redrawn, scientific, slider, tenTo, voice} from "./controls.js";
import {drawScatter} from "./lines.js";

// The cost of one sigmoid unit as a function of its weight, times a scale, on top of a level: ½(σ(1.5 w − 0.2) − 1)².
const X = 1.5, B = -0.2, Y = 1, W = 0.8;
const sigmoid = (z, round) => round(1 / round(1 + round(Math.exp(-z))));
export function costAt(w, {scale, level, round}) {
  const a = sigmoid(round(round(w * X) + B), round);
  return round(round(level) + round(scale * round(round((a - Y) ** 2) / 2)));
}
export function slopeAt(w, scale) {
  const a = 1 / (1 + Math.exp(-(w * X + B)));
  return scale * (a - Y) * a * (1 - a) * X;
}
// Im C(w + ih)/h, with the few complex operations that it takes.
function complexStep(w, h, {scale, round}) {
  const re = round(round(w * X) + B), im = round(h * X), size = round(Math.exp(-re));
  const below = [round(1 + round(size * Math.cos(im))), round(-round(size * Math.sin(im)))];
  const norm = round(round(below[0] ** 2) + round(below[1] ** 2)), a = [round(below[0] / norm), round(-below[1] / norm)];
  return round(round(scale * round(round(a[0] - Y) * a[1])) / h);
}
const exact = value => value;
export function quotient(method, h, settings) {
  const {round} = settings, f = w => costAt(round(w), settings);
  if (method === "complex") return complexStep(W, round(h), settings);
  if (method === "forward") return round(round(f(W + h) - f(W)) / round(h));
  return round(round(f(W + h) - f(W - h)) / round(2 * h));
}
export function errorAt(method, h, settings) {
  const right = slopeAt(W, settings.scale);
  return Math.abs(quotient(method, h, settings) - right) / Math.abs(right);
}

const POWERS = Array.from({length: 121}, (_, k) => -16 + k / 8);

export default {
  render({model, el}) {
    const settings = {method: "central", precision: "double", level: "0"}, speech = voice();
    let power = model.get("power") ?? -3;
    const canvas = make("canvas", {role: "img", class: "x-chart"}), line = make("p", {class: "x-words"});
    const now = () => ({scale: 1, level: Number(settings.level), round: settings.precision === "single" ? Math.fround : exact});
    const show = () => {
      const errors = POWERS.map(p => errorAt(settings.method, 10 ** p, now())), here = errorAt(settings.method, 10 ** power, now());
      const best = errors.reduce((at, error, k) => (error < errors[at] ? k : at), 0);
      drawScatter(canvas, POWERS, errors.map(error => Math.log10(Math.max(error, 1e-17))), power, "step h", "relative error");
      const verdict = settings.method === "complex" ? "Every small step is as good: nothing is subtracted."
        : errors[best] > 0.5 ? "No step of this curve is any good."
        : `The best step of this curve is near ${scientific(10 ** POWERS[best], 1)}, with ${scientific(errors[best], 1)}.`;
      line.textContent = `With h = ${scientific(10 ** power)} the relative error is ${scientific(here)}. ${verdict}`;
      canvas.setAttribute("aria-label", `The relative error against the step, on logarithmic axes. ${line.textContent}`);
    };
    const change = name => value => { settings[name] = value; show(); if (!line.hidden) speech.say(line.textContent); };
    const step = slider({label: "step h", min: -16, max: -1, step: 0.125, value: power, text: v => scientific(10 ** v), change: v => { power = v; model.set("power", v); model.save_changes(); show(); if (!line.hidden) speech.say(line.textContent); }});
    const method = choice({label: "method", options: [["forward", "forward"], ["central", "central"], ["complex", "complex step"]], value: "central", change: change("method")});
    const precision = choice({label: "precision", options: [["double", "double"], ["single", "single (float32)"]], value: "double", change: change("precision")});
    const level = choice({label: "added to the cost", options: ["0", "1", "1000", "1000000"].map(text => [text, text]), value: "0", change: change("level")});
    el.style.setProperty("--x-names", "9rem");
    el.querySelector(".x-still")?.remove();
    (el.querySelector(".x-controls") ?? el).append(...bet({
      question: "Central differences in double precision: where is the best step?", answers: [-2, -5, -8, -12].map(each => `near ${tenTo(each)}`),
      right: () => 1, said: text => { show(); speech.say(`${text} ${line.textContent}`); }, reveal: [line, canvas],
    }), method.element, precision.element, level.element, step.element, line, canvas, speech.element);
    return redrawn(canvas, show);
  },
};
