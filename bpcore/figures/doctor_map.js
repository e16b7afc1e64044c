// Read a gradient check block by block, name the mistake, then see what it was. state: seed
import {BUGS, planted} from "./bugs.js";
import {button, errorText, make, marked, voice} from "./controls.js";
import {backward, generator, matrix, network, normal, numericalGradient, shuffled, start} from "./numerics.js";

const SIZES = [3, 5, 4, 2], NET = network({sizes: SIZES, hidden: "sigmoid", output: "sigmoid", loss: "half_squared"}), LAM = 0.7;
// One bug in one layer each: where it is made decides which blocks are wrong.
const CASES = [["slope-missing", 2], ["slope-of-a", 1], ["output-slope-forgotten", 3], ["mean-missing", 2], ["bias-missing", 1], ["bias-mean-missing", 3], ["penalty-missing", 2], ["from-above-missing", 2], ["input-before-activation", 3], ["bias-from-weights", 2], ["samples-overwritten", 1], ["error-for-delta", 2]];

// The relative error of each block, [l].W and [l].b, for a bug in one layer.
export function blockErrors([name, layer], seed = 0) {
  const random = generator(40 + seed), theta = start(NET, random, 1), X = matrix(6, 3), Y = matrix(6, 2);
  for (let i = 0; i < theta.length; i++) theta[i] += 0.3 * normal(random);  // biases that are not zero
  for (let i = 0; i < X.v.length; i++) X.v[i] = normal(random);
  for (let i = 0; i < Y.v.length; i++) Y.v[i] = +(random() < 0.5);
  const mine = backward(NET, theta, X, Y, {lam: LAM, bugs: [planted(name, NET, [layer])]}).gradient, slow = numericalGradient(NET, theta, X, Y, LAM);
  return SIZES.slice(1).map((rows, i) => {
    const l = i + 1, columns = 1 + SIZES[i], gaps = {W: [0, 0, 0], b: [0, 0, 0]};
    for (let at = NET.places[i]; at < NET.places[l]; at++) {
      const sums = gaps[(at - NET.places[i]) % columns ? "W" : "b"];
      [(mine[at] - slow[at]) ** 2, mine[at] ** 2, slow[at] ** 2].forEach((square, k) => { sums[k] += square; });
    }
    const error = ([gap, x, y]) => Math.sqrt(gap / Math.max(x, y, 1e-300));
    return {W: error(gaps.W), b: error(gaps.b)};
  });
}

// Which blocks a bug makes wrong: two bugs that make the same ones wrong cannot be told apart.
const patternOf = errors => errors.map(({W, b}) => [W >= 1e-5, b >= 1e-5]).join();

export default {
  render({model, el}) {
    let seed = model.get("seed") ?? 0, order, at = -1;
    const errorsOf = CASES.map(each => blockErrors(each)), patterns = errorsOf.map(patternOf);
    const speech = voice(), table = make("table", {class: "x-heat"}), options = make("div", {class: "x-row", role: "group", "aria-label": "Which mistake?"}), line = make("p", {class: "x-words"});
    const text = ([name, layer]) => `${BUGS[name].title}, layer ${layer}`;
    const ask = () => {
      if (at < 0 || at + 1 >= CASES.length) { order = shuffled(CASES.length, generator(seed += 1)); at = -1; }
      at += 1;
      const own = order[at], patient = CASES[own], random = generator(seed * 100 + at), errors = errorsOf[own];
      const others = shuffled(CASES.length, random).filter(i => patterns[i] !== patterns[own]).slice(0, 3).map(i => CASES[i]), four = shuffled(4, random).map(i => [patient, ...others][i]);
      const cell = error => { const each = make("td", {}, `${errorText(error)} ${error < 1e-5 ? "✓" : "✗"}`); each.dataset.wrong = String(error >= 1e-5); return each; };
      table.replaceChildren(make("caption", {}, "Relative error of each block, from the output backwards"), make("tr", {}, make("td", {class: "x-corner"}), ...["W", "b"].map(name => make("th", {scope: "col"}, name))),
        ...[3, 2, 1].map(l => make("tr", {}, make("th", {scope: "row"}, `layer ${l}`), cell(errors[l - 1].W), cell(errors[l - 1].b))));
      line.textContent = "Which mistake is it?";
      next.hidden = true;
      options.replaceChildren(...four.map(offered => button(text(offered), () => {
        const yes = offered === patient;
        line.textContent = `${yes ? "Yes" : "No"}: ${text(patient)}.`;
        marked([...options.children], four.indexOf(offered), four.indexOf(patient));
        next.hidden = false;
        next.focus();
        speech.say(line.textContent);
      })));
    };
    const next = button("Next patient", () => { ask(); speech.say("A new patient."); options.firstChild.focus(); });
    el.querySelector(".x-still")?.remove();
    (el.querySelector(".x-controls") ?? el).append(table, line, options, make("div", {class: "x-row"}, next), speech.element);
    ask();
  },
};
