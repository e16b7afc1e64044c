// One sigmoid unit, forward and backward, after a bet on the sign. state: w, b, x, y
import {asking, button, make, shown, slider, voice} from "./controls.js";

export function unit({w, b, x, y}) {
  const z = w * x + b, a = 1 / (1 + Math.exp(-z)), error = a - y, slope = a * (1 - a), delta = error * slope;
  return {z, a, loss: error ** 2 / 2, byA: error, slope, delta, byW: delta * x, byB: delta, byX: delta * w};
}

const STEP = 0.1;
const FORWARD = [["z", "z = wx + b"], ["a", "a = σ(z)"], ["loss", "ℓ = ½(a − y)²"]];
const BACKWARD = [["byA", "∂ℓ/∂a = a − y"], ["slope", "σ′(z) = a(1 − a)"], ["delta", "δ = ∂ℓ/∂z"], ["byW", "∂ℓ/∂w = δx"], ["byB", "∂ℓ/∂b = δ"], ["byX", "∂ℓ/∂x = δw"]];

export default {
  render({model, el}) {
    el.style.setProperty("--x-names", "1rem");
    const names = ["w", "b", "x", "y"], speech = voice(), cells = {};
    let bet = null;
    const state = () => Object.fromEntries(names.map(name => [name, model.get(name)]));
    const rows = list => list.map(([key, formula]) => make("tr", {}, make("th", {scope: "row"}, formula), cells[key] = make("td", {class: "x-number"})));
    const table = (caption, list) => make("table", {class: "x-numbers"}, make("caption", {}, caption), ...rows(list));
    const backward = table("Backward", BACKWARD), promise = make("p", {class: "x-words"});
    const question = asking(`If w grows by ${STEP}, the loss will`, button("rise", () => choose(1)), button("fall", () => choose(-1)));
    const after = make("div", {hidden: true}, backward, promise);
    const draw = () => {
      const numbers = unit(state());
      for (const [key, cell] of Object.entries(cells)) cell.textContent = shown(numbers[key]);
      const moved = unit({...state(), w: model.get("w") + STEP}).loss - numbers.loss;
      promise.textContent = `Promised for w + ${STEP}: ${STEP} · ∂ℓ/∂w = ${shown(STEP * numbers.byW, 5)}. Found: ${shown(moved, 5)}.`;
      return numbers;
    };
    const choose = sign => {
      bet = sign;
      const numbers = draw(), moved = Math.sign(unit({...state(), w: model.get("w") + STEP}).loss - numbers.loss);
      const verdict = moved === 0 ? "Neither: the loss stays as it is" : moved === sign ? "Your bet was right" : "Your bet was wrong";
      question.hidden = true;
      after.hidden = false;
      speech.say(`${verdict}: the derivative with respect to w is ${shown(numbers.byW)}. ${promise.textContent}`);
      promise.prepend(make("strong", {}, `${verdict}. `));
      promise.tabIndex = -1;  // the button that had the focus is gone
      promise.focus();
    };
    const sliders = names.map(name => slider({
      label: name, min: name === "y" ? 0 : -4, max: name === "y" ? 1 : 4, step: 0.1, value: model.get(name), text: v => shown(v, 1),
      change: value => {
        model.set(name, value);
        model.save_changes();
        const {a, loss, byW} = draw();
        speech.say(`a is ${shown(a)}, the loss ${shown(loss)}${bet === null ? "" : `, the derivative with respect to w ${shown(byW)}`}`);
      },
    }));
    el.querySelector(".x-still")?.remove();
    (el.querySelector(".x-controls") ?? el).append(make("div", {class: "x-play"},
      make("div", {}, ...sliders.map(each => each.element)), make("div", {}, table("Forward", FORWARD), question, after)), speech.element);
    const again = () => { sliders.forEach((each, i) => each.set(model.get(names[i]))); draw(); };
    for (const name of names) model.on(`change:${name}`, again);
    draw();
    return () => { for (const name of names) model.off(`change:${name}`, again); };
  },
};
