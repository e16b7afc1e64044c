// Two networks learn the same points; one has a planted bug. The reader bets before the check is shown. state: seed
import {BUGS, planted} from "./bugs.js";
import {button, errorText, make, marked, redrawn, shown, slider, voice} from "./controls.js";
import {dataset} from "./data.js";
import {backward, cost, generator, momentumRule, network, numericalGradient, relativeError, start} from "./numerics.js";
import {drawSurface, rightOnes} from "./surface.js";

const SIZES = [2, 6, 4, 1], EPOCHS = 400, EVERY = 10, RATE = 2;
const NET = network({sizes: SIZES, hidden: "sigmoid", output: "sigmoid", loss: "binary_cross_entropy"});
// Bugs with which a network learns, so that looking does not tell.
const LIVELY = ["slope-of-a", "bias-row-kept", "output-slope-twice", "slope-missing", "bias-from-weights", "slope-twice"];

// The parameters every few epochs of a run with these bugs.
export function run(data, from, bugs) {
  const theta = from.slice(), step = momentumRule(NET.count, 0.9), kept = [theta.slice()];
  for (let epoch = 1; epoch <= EPOCHS; epoch++) {
    step(theta, backward(NET, theta, data.X, data.Y, {bugs}).gradient, RATE / 10);
    if (epoch % EVERY === 0) kept.push(theta.slice());
  }
  return kept;
}

// A puzzle for a number: data, both runs, which of them has the bug, and which bug it is.
export function puzzle(seed) {
  const random = generator(1000 + seed), data = dataset("moons", 100, seed, 0.2);
  const name = LIVELY[Math.floor(random() * LIVELY.length)], wrong = random() < 0.5 ? 0 : 1;
  const from = start(NET, random, "glorot"), bug = planted(name, NET);
  const bugs = [0, 1].map(side => (side === wrong ? [bug] : []));
  return {data, name, wrong, bugs, runs: bugs.map(list => run(data, from, list))};
}

// Per layer the relative error of the gradient against differences of the cost.
export function check(theta, data, bugs) {
  const mine = backward(NET, theta, data.X, data.Y, {bugs}).gradient, slow = numericalGradient(NET, theta, data.X, data.Y);
  return SIZES.slice(1).map((_, i) => {
    const [from, to] = [NET.places[i], NET.places[i + 1]];
    return relativeError(mine.subarray(from, to), slow.subarray(from, to));
  });
}

export default {
  render({model, el}) {
    let seed = model.get("seed") ?? 0, now = puzzle(seed), at = EPOCHS / EVERY, bet = null;
    const speech = voice(), names = ["A", "B"];
    const canvases = names.map(name => make("canvas", {role: "img", class: "x-plane"}));
    const words = names.map(() => make("span", {class: "x-words"}));
    const planes = make("div", {class: "x-pair"}, ...names.map((name, side) =>
      make("figure", {class: "x-panel"}, make("figcaption", {}, make("strong", {}, `Network ${name}`), " ", words[side]), canvases[side])));
    const epoch = slider({label: "epoch", min: 0, max: EPOCHS / EVERY, step: 1, value: at, text: k => `${k * EVERY}`, change: k => { at = k; draw(); speech.say(`${said()}${bet === null ? "" : ` ${checked()}`}`); }});
    const buttons = names.map((name, side) => button(`${name} has the bug`, () => choose(side)));
    const answer = make("div", {class: "x-answer"});
    const again = button("Another pair", () => next());
    again.hidden = true;

    const numbers = side => {
      const theta = now.runs[side][at];
      return `cost ${shown(cost(NET, theta, now.data.X, now.data.Y), 3)}, ${rightOnes(NET, theta, now.data)} of 100 right`;
    };
    const said = () => `Epoch ${at * EVERY}. ${names.map((name, side) => `Network ${name}: ${numbers(side)}`).join(". ")}.`;
    const checked = () => [...answer.querySelectorAll("tr")].slice(1).map(row => `Layer ${[...row.cells].map(cell => cell.textContent).join(", ")}`).join("; ");
    const draw = () => {
      canvases.forEach((canvas, side) => {
        drawSurface(canvas, NET, now.runs[side][at], now.data);
        words[side].textContent = numbers(side);
        canvas.setAttribute("aria-label", `What network ${names[side]} says over the plane at epoch ${at * EVERY}: ${numbers(side)}`);
      });
      if (bet !== null) answer.replaceChildren(...meter());
    };
    const meter = () => {
      const errors = now.bugs.map(bugs => check(now.runs[now.bugs.indexOf(bugs)][at], now.data, bugs));
      const row = (side, l) => make("td", {}, errorText(errors[side][l]), " ", errors[side][l] < 1e-6 ? "✓" : "✗ wrong");
      const verdict = bet === now.wrong ? "Yes" : "No";
      return [
        make("p", {}, make("strong", {}, `${verdict}: network ${names[now.wrong]} has the bug.`), ` ${BUGS[now.name].title}. The gradient check at this epoch:`),
        make("table", {class: "x-numbers"},
          make("caption", {}, "Relative error of each layer's gradient against differences of the cost"),
          make("tr", {}, make("th", {scope: "col"}, "layer"), ...names.map(name => make("th", {scope: "col"}, `network ${name}`))),
          ...SIZES.slice(1).map((_, l) => make("tr", {}, make("th", {scope: "row"}, `${l + 1}`), row(0, l), row(1, l)))),
      ];
    };
    const choose = side => {
      bet = side;
      marked(buttons, side, now.wrong);
      again.hidden = false;
      draw();
      speech.say(answer.querySelector("p").textContent);
      again.focus();
    };
    const next = () => {
      seed += 1;
      [now, at, bet] = [puzzle(seed), EPOCHS / EVERY, null];
      epoch.set(at);
      buttons.forEach((each, side) => {
        each.removeAttribute("aria-disabled");
        each.removeAttribute("aria-pressed");
        each.textContent = `${names[side]} has the bug`;
      });
      again.hidden = true;
      answer.replaceChildren();
      draw();
      speech.say(`A new pair. ${said()}`);
      buttons[0].focus();
    };
    el.querySelector(".x-still")?.remove();
    (el.querySelector(".x-controls") ?? el).append(planes, epoch.element, make("div", {class: "x-row", role: "group", "aria-label": "Your bet"}, ...buttons, again), answer, speech.element);
    draw();
    return redrawn(planes, draw);
  },
};
