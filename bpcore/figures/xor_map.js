// XOR from a start that the reader picks on a map of starts, with a bet before it runs. state: none needed
import {asking, button, make, redrawn, shown, voice} from "./controls.js";
import {drawLines} from "./lines.js";
import {backward, cost, fromRows, generator, network, normal} from "./numerics.js";

const NET = network({sizes: [2, 2, 1], hidden: "sigmoid", output: "sigmoid", loss: "half_squared"});
const X = fromRows([[0, 0], [0, 1], [1, 0], [1, 1]]), Y = fromRows([[0], [1], [1], [0]]);
const SIDE = 9, EPOCHS = 6000, RATE = 4, REACH = 4;

// A plane through the space of all nine parameters: one start and two directions, the same for every reader.
const [ORIGIN, ACROSS, DOWN] = (() => {
  const random = generator(11), draw = size => Float64Array.from({length: NET.count}, () => size * normal(random));
  return [draw(0.3), draw(0.6), draw(0.6)];
})();
export const startAt = (row, column) => ORIGIN.map((value, i) =>
  value + (REACH * (2 * column / (SIDE - 1) - 1)) * ACROSS[i] / 2 + (REACH * (2 * row / (SIDE - 1) - 1)) * DOWN[i] / 2);

// Full-batch descent on the mean half squared error; how many of the four rows are right at the end, and the costs.
export function learn(from) {
  const theta = from.slice(), costs = [cost(NET, theta, X, Y)];
  for (let epoch = 1; epoch <= EPOCHS; epoch++) {
    const {gradient, a} = backward(NET, theta, X, Y);
    for (let i = 0; i < theta.length; i++) theta[i] -= RATE * gradient[i];
    if (epoch % 20 === 0) costs.push(cost(NET, theta, X, Y));
    if (epoch === EPOCHS) return {costs, right: Y.v.reduce((count, y, i) => count + (+(a[2].v[i] > 0.5) === y), 0), left: costs.findIndex(value => value < 0.02)};
  }
}

export default {
  render({model, el}) {
    const speech = voice(), done = new Map(), curve = make("canvas", {role: "img", class: "x-strip"}), line = make("p", {class: "x-words"});
    let bet = null, costs = [0.125];
    const draw = () => drawLines(curve, costs);
    const name = (row, column) => `start ${row + 1}, ${column + 1}`;
    const bets = [["It will", true], ["It will not", false]].map(([text, value]) => {
      const each = button(text, () => { bet = value; bets.forEach(other => other.setAttribute("aria-pressed", String(other === each))); speech.say(`Your bet: ${text}. Now pick a start on the map.`); });
      each.setAttribute("aria-pressed", "false");
      return each;
    });
    const run = (row, column) => {
      if (bet === null) { line.textContent = "Bet first: will the start that you pick solve it?"; draw(); speech.say(line.textContent); return; }
      const own = bet;
      line.textContent = `It runs from ${name(row, column)} …`;
      draw();
      setTimeout(() => finish(row, column, own), 30);  // first these words are seen: the run may take a phone a second
    };
    const finish = (row, column, own) => {
      const result = learn(startAt(row, column)), solved = result.left >= 0;
      const cell = cells[row][column];
      cell.textContent = solved ? "✓" : "✗";
      cell.dataset.solved = String(solved);
      cell.setAttribute("aria-label", `${name(row, column)}: ${solved ? "solved" : "not solved"}`);
      done.set(`${row} ${column}`, solved);
      const count = [...done.values()].filter(Boolean).length;
      line.textContent = `${solved === own ? "Your bet was right" : "Your bet was wrong"}: ${name(row, column)} ${solved ? `is below a cost of 0.02 after ${result.left * 20} epochs` : `has ${result.right} of 4 rows right after ${EPOCHS} epochs, and a cost of ${shown(result.costs.at(-1), 3)}`}. So far ${count} of ${done.size} starts have solved it.`;
      costs = result.costs;
      draw();  // after the words, which may leave it another height
      curve.setAttribute("aria-label", `The cost over ${EPOCHS} epochs. ${line.textContent}`);
      speech.say(line.textContent);
    };
    const cells = Array.from({length: SIDE}, (_, row) => Array.from({length: SIDE}, (_, column) => {
      const cell = make("button", {type: "button", class: "x-cell", tabIndex: row || column ? -1 : 0}, "·");
      cell.setAttribute("aria-label", name(row, column));
      cell.addEventListener("click", () => run(row, column));
      cell.addEventListener("keydown", event => {
        const step = {ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1]}[event.key], next = step && cells[row + step[0]]?.[column + step[1]];
        if (!step) return;
        event.preventDefault();
        event.stopPropagation();
        next?.focus();
      });
      cell.addEventListener("focus", () => { for (const each of cells.flat()) each.tabIndex = each === cell ? 0 : -1; });
      return cell;
    }));
    el.querySelector(".x-still")?.remove();
    (el.querySelector(".x-controls") ?? el).append(asking("First bet, then pick a start: will it solve XOR?", ...bets),
      make("div", {class: "x-play"}, make("div", {class: "x-map", role: "group", "aria-label": "Map of starts; arrow keys move, Enter runs"}, ...cells.flat()), make("div", {class: "x-watch"}, line, curve)), speech.element);
    draw();
    curve.setAttribute("aria-label", "No start has run yet");
    return redrawn(curve.parentElement, draw);
  },
};
