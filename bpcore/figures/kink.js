// A right gradient beside a central difference, while a weight is dragged across the kink of a ReLU. state: w
import {bet, make, shown, slider, voice} from "./controls.js";

const X = 2, B = -1, Y = 1.5;
const relu = z => Math.max(z, 0);
export const lossAt = w => (relu(w * X + B) - Y) ** 2 / 2;
export const slopeAt = w => (w * X + B > 0 ? (w * X + B - Y) * X : 0);
export const centralAt = (w, h) => (lossAt(w + h) - lossAt(w - h)) / (2 * h);

export default {
  render({model, el}) {
    let w = model.get("w") ?? 0.42, h = 0.05;
    const speech = voice(), line = make("p", {class: "x-words"}), SVG = "http://www.w3.org/2000/svg";
    const svg = document.createElementNS(SVG, "svg");
    Object.entries({viewBox: "0 0 420 220", class: "x-drawing", role: "img"}).forEach(([name, value]) => svg.setAttribute(name, value));
    const x = value => 30 + 360 * value, y = value => 200 - 140 * value;
    const path = (points, kind) => {
      const element = document.createElementNS(SVG, "polyline");
      element.setAttribute("points", points.map(([a, b]) => `${x(a)},${y(b)}`).join(" "));
      element.setAttribute("class", kind);
      svg.append(element);
    };
    const show = () => {
      const right = slopeAt(w), found = centralAt(w, h), across = Math.abs(w - 0.5) < h - 1e-9;
      svg.replaceChildren();
      path([[-0.02, 1.15], [-0.02, 0], [1.02, 0]], "x-axis");
      path(Array.from({length: 101}, (_, k) => [k / 100, lossAt(k / 100)]), "x-curve");
      // A short secant would vanish below the dot: the line goes on to both sides, and its two points are marked.
      const at = v => [v, lossAt(w - h) + found * (v - (w - h))];
      path([at(Math.max(w - h - 0.12, 0)), at(Math.min(w + h + 0.12, 1))], "x-secant");
      for (const [v, r, kind] of [[w - h, 5, "x-end"], [w + h, 5, "x-end"], [w, 6, "x-dot"]]) {
        const dot = document.createElementNS(SVG, "circle");
        Object.entries({cx: x(v), cy: y(lossAt(v)), r, class: kind}).forEach(([name, value]) => dot.setAttribute(name, value));
        svg.append(dot);
      }
      for (const [text, left, bottom] of [["loss", 30, 22], ["w", 400, 214], ["kink at 0.5", 210, 30]]) {
        const label = document.createElementNS(SVG, "text");
        Object.entries({x: left, y: bottom, class: "x-tag"}).forEach(([name, value]) => label.setAttribute(name, value));
        label.textContent = text;
        svg.append(label);
      }
      const verdict = w * X + B === 0 ? `At the kink itself the loss has no derivative: its slope is ${shown((B + w * X - Y) * X, 0)} to the right and 0 to the left, the backward pass takes 0, and the central difference is their mean, −1.5, plus h.`
        : across ? "The step reaches over the kink at w = 0.5, and the two disagree: the gradient is right all the same." : "The step does not reach the kink at w = 0.5.";
      line.textContent = `w = ${shown(w, 3)}: the gradient is ${shown(right)}, the central difference ${shown(found)}. ${verdict}`;
      svg.setAttribute("aria-label", `The loss over w with a corner at one half.${line.hidden ? "" : ` ${line.textContent}`}`);  // and no answer before the bet
    };
    const change = set => value => { set(value); show(); if (!line.hidden) speech.say(line.textContent); };
    const weight = slider({label: "w", min: 0.1, max: 0.9, step: 0.01, value: w, text: v => shown(v, 2), change: change(v => { w = v; model.set("w", v); model.save_changes(); })});
    const step = slider({label: "step h", min: 0.005, max: 0.1, step: 0.005, value: h, text: v => shown(v, 3), change: change(v => { h = v; })});
    el.style.setProperty("--x-names", "3.5rem");
    el.querySelector(".x-still")?.remove();
    (el.querySelector(".x-controls") ?? el).append(...bet({
      question: "Where the two disagree beside the kink, which is right?", answers: ["the gradient", "the central difference", "neither"], right: () => 0, said: text => { show(); speech.say(`${text} ${line.textContent}`); }, reveal: [line],
    }), weight.element, step.element, svg, line, speech.element);
    show();
  },
};
