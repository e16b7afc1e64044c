// What a penalty does on moons that can be shifted, with the biases under it or not, and when a check notices. state: none needed
import {planted} from "./bugs.js";
import {bet, choice, errorText, make, redrawn, shown, slider, voice} from "./controls.js";
import {dataset} from "./data.js";
import {adamRule, backward, blocks, cost, generator, matrix, network, numericalGradient, relativeError, start} from "./numerics.js";
import {drawSurface, rightOnes} from "./surface.js";

const NET = network({sizes: [2, 6, 1], hidden: "tanh", output: "sigmoid", loss: "binary_cross_entropy"});
const STEPS = 600;
const ROUNDING = 1e-9;  // near a minimum nothing but rounding is left of a difference of costs

// The moons moved to the side: what lies at 0 is a matter of units, and a penalty on biases takes it for a fact.
export function shiftedMoons(shift) {
  const {X, Y} = dataset("moons", 100, 3, 0.15), moved = matrix(X.rows, 2, X.v.map((value, i) => (i % 2 ? value : value + shift)));
  return {X: moved, Y, seen: {X, Y}};
}

// Training with the penalty on the weights, or on the biases too: the gradient with this bug descends just that cost.
export function fit({shift, lam, biases}) {
  const data = shiftedMoons(shift), bugs = biases ? [planted("bias-regularised", NET)] : [];
  const theta = start(NET, generator(1), "glorot"), update = adamRule(NET.count);
  for (let step = 0; step < STEPS; step++) update(theta, backward(NET, theta, data.X, data.Y, {lam, bugs}).gradient, 0.05);
  return {data, bugs, theta};
}
export function check({data, bugs, theta}, lam) {
  const mine = backward(NET, theta, data.X, data.Y, {lam, bugs}).gradient, slow = numericalGradient(NET, theta, data.X, data.Y, lam);
  const error = relativeError(mine, slow), apart = Math.hypot(...mine.map((value, i) => value - slow[i]));
  return {error, lost: error >= 1e-5 && apart < ROUNDING};
}
export const checkError = (trained, lam) => check(trained, lam).error;
// The same network seen from the moons where they were: x + shift enters, so b grows by W times the shift.
function moved(theta, shift) {
  const made = theta.slice(), first = blocks(NET, made)[1];
  for (let j = 0; j < first.rows; j++) first.v[j * first.cols] += shift * first.v[j * first.cols + 1];
  return made;
}

export default {
  render({model, el}) {
    const settings = {shift: 0, lam: 0.1, biases: false}, speech = voice();
    const canvas = make("canvas", {role: "img", class: "x-plane"}), line = make("p", {class: "x-words"}), verdict = make("p", {class: "x-words"});
    let trained;
    const draw = () => drawSurface(canvas, NET, moved(trained.theta, settings.shift), trained.data.seen);
    const told = lam => {
      const {error, lost} = check(trained, lam);
      return lost ? `not measurable at λ = ${lam}, where the gradient is nearly zero` : `${errorText(error)} at λ = ${lam} ${error < 1e-5 ? "✓" : "✗"}`;
    };
    const show = () => {
      trained = fit(settings);
      const {data, theta} = trained;
      draw();
      line.textContent = `Mean loss without the penalty ${shown(cost(NET, theta, data.X, data.Y), 3)}, ${rightOnes(NET, theta, data)} of 100 right.`;
      verdict.textContent = `Is this the gradient of the cost with its penalty on the weights alone? Relative error ${told(settings.lam)}${settings.lam ? `, and ${told(0)}` : ""}.`;
      canvas.setAttribute("aria-label", `What the network says over the plane. ${line.textContent}`);
    };
    const change = name => value => { settings[name] = value; show(); speech.say(`${line.textContent} ${verdict.hidden ? "" : verdict.textContent}`); };
    const shift = slider({label: "shift of the moons", min: 0, max: 6, step: 1, value: 0, text: v => `${v}`, change: change("shift")});
    const lam = choice({label: "penalty λ", options: ["0", "0.1", "0.3", "1", "10"].map(text => [text, text]), value: "0.1", change: value => change("lam")(Number(value))});
    const biases = make("input", {type: "checkbox"});
    biases.addEventListener("change", () => change("biases")(biases.checked));
    el.style.setProperty("--x-names", "9.5rem");
    el.querySelector(".x-still")?.remove();
    (el.querySelector(".x-controls") ?? el).append(...bet({
      question: "With the biases under the penalty, at which λ does a check not see it?", answers: ["at λ = 0", "at small λ", "at no λ"], right: () => 0, said: text => speech.say(`${text} ${verdict.textContent}`), reveal: [verdict],
    }), shift.element, lam.element, make("label", {class: "x-choice"}, biases, " the biases are penalised too"), line, verdict, make("div", {class: "x-one"}, canvas, make("p", {class: "x-words"}, "The picture moves with the moons, so that they stay in its middle.")), speech.element);
    show();
    return redrawn(canvas.parentElement, draw);
  },
};
