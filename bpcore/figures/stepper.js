// Mazur's network with two inputs, two hidden units and two outputs, one step of its forward and backward pass at a time.
import {asking, button, field, lowered, make, marked, shown, voice} from "./controls.js";

const sigmoid = z => 1 / (1 + Math.exp(-z));
export const START = {i1: 0.05, i2: 0.1, w1: 0.15, w2: 0.2, w3: 0.25, w4: 0.3, b1: 0.35, w5: 0.4, w6: 0.45, w7: 0.5, w8: 0.55, b2: 0.6, t1: 0.01, t2: 0.99, rate: 0.5};

// Every number of the passes, from the inputs, weights, targets and rate.
export function passes(n) {
  const zh1 = n.w1 * n.i1 + n.w2 * n.i2 + n.b1, zh2 = n.w3 * n.i1 + n.w4 * n.i2 + n.b1, h1 = sigmoid(zh1), h2 = sigmoid(zh2);
  const zo1 = n.w5 * h1 + n.w6 * h2 + n.b2, zo2 = n.w7 * h1 + n.w8 * h2 + n.b2, o1 = sigmoid(zo1), o2 = sigmoid(zo2);
  const loss = ((o1 - n.t1) ** 2 + (o2 - n.t2) ** 2) / 2;
  const do1 = (o1 - n.t1) * o1 * (1 - o1), do2 = (o2 - n.t2) * o2 * (1 - o2);
  const dh1 = (n.w5 * do1 + n.w7 * do2) * h1 * (1 - h1), dh2 = (n.w6 * do1 + n.w8 * do2) * h2 * (1 - h2);
  const gradient = {w1: dh1 * n.i1, w2: dh1 * n.i2, w3: dh2 * n.i1, w4: dh2 * n.i2, b1: dh1 + dh2, w5: do1 * h1, w6: do1 * h2, w7: do2 * h1, w8: do2 * h2, b2: do1 + do2};
  return {zh1, zh2, h1, h2, zo1, zo2, o1, o2, loss, do1, do2, dh1, dh2, gradient};
}

const f = value => shown(value, 4);
const b = value => f(value).replace(/^−.*/, "($&)");
// Each step: its name, the numbers that light up, and its lines, a formula with the numbers put in.
const STEPS = [
  ["Forward: the hidden units", ["h1", "h2"], (n, p) => [
    `h₁ = σ(w₁i₁ + w₂i₂ + b₁) = σ(${b(n.w1)}·${b(n.i1)} + ${b(n.w2)}·${b(n.i2)} + ${b(n.b1)}) = σ(${f(p.zh1)}) = ${f(p.h1)}`,
    `h₂ = σ(w₃i₁ + w₄i₂ + b₁) = σ(${b(n.w3)}·${b(n.i1)} + ${b(n.w4)}·${b(n.i2)} + ${b(n.b1)}) = σ(${f(p.zh2)}) = ${f(p.h2)}`]],
  ["Forward: the outputs", ["o1", "o2"], (n, p) => [
    `o₁ = σ(w₅h₁ + w₆h₂ + b₂) = σ(${b(n.w5)}·${b(p.h1)} + ${b(n.w6)}·${b(p.h2)} + ${b(n.b2)}) = ${f(p.o1)}`,
    `o₂ = σ(w₇h₁ + w₈h₂ + b₂) = σ(${b(n.w7)}·${b(p.h1)} + ${b(n.w8)}·${b(p.h2)} + ${b(n.b2)}) = ${f(p.o2)}`]],
  ["The loss", ["loss"], (n, p) => [`ℓ = ½(o₁ − t₁)² + ½(o₂ − t₂)² = ½·${b(p.o1 - n.t1)}² + ½·${b(p.o2 - n.t2)}² = ${shown(p.loss, 6)}`]],
  ["Backward: the outputs' deltas", ["o1", "o2"], (n, p) => [
    `δ(o₁) = (o₁ − t₁) o₁(1 − o₁) = ${b(p.o1 - n.t1)}·${b(p.o1 * (1 - p.o1))} = ${f(p.do1)}`,
    `δ(o₂) = (o₂ − t₂) o₂(1 − o₂) = ${b(p.o2 - n.t2)}·${b(p.o2 * (1 - p.o2))} = ${f(p.do2)}`]],
  ["Backward: the hidden deltas", ["h1", "h2"], (n, p) => [
    `δ(h₁) = (w₅δ(o₁) + w₇δ(o₂)) h₁(1 − h₁) = (${b(n.w5)}·${b(p.do1)} + ${b(n.w7)}·${b(p.do2)})·${b(p.h1 * (1 - p.h1))} = ${f(p.dh1)}`,
    `δ(h₂) = (w₆δ(o₁) + w₈δ(o₂)) h₂(1 − h₂) = (${b(n.w6)}·${b(p.do1)} + ${b(n.w8)}·${b(p.do2)})·${b(p.h2 * (1 - p.h2))} = ${f(p.dh2)}`]],
  ["The gradient: a delta times what came in", ["w1", "w2", "w3", "w4", "w5", "w6", "w7", "w8"], (n, p) => [
    `∂ℓ/∂w₅ = δ(o₁)h₁ = ${b(p.do1)}·${b(p.h1)} = ${f(p.gradient.w5)}`,
    `∂ℓ/∂w₁ = δ(h₁)i₁ = ${b(p.dh1)}·${b(n.i1)} = ${shown(p.gradient.w1, 6)}`,
    `all of them: ${Object.entries(p.gradient).map(([name, value]) => `${lowered(name)} ${shown(value, 5)}`).join(", ")}`]],
  ["The update: every parameter at once", ["w1", "w2", "w3", "w4", "w5", "w6", "w7", "w8", "b1", "b2"], (n, p) => {
    const moved = updated(n, p), after = passes(moved).loss;
    const promised = -n.rate * Object.values(p.gradient).reduce((sum, value) => sum + value * value, 0);
    return [`w₅ ← w₅ − η ∂ℓ/∂w₅ = ${b(n.w5)} − ${b(n.rate)}·${b(p.gradient.w5)} = ${f(moved.w5)}`,
      `The loss goes from ${shown(p.loss, 6)} to ${shown(after, 6)}. Promised: ${shown(promised, 6)}. Found: ${shown(after - p.loss, 6)}.`];
  }],
];
export const updated = (n, p) => ({...n, ...Object.fromEntries(Object.entries(p.gradient).map(([name, value]) => [name, n[name] - n.rate * value]))});

const PLACES = {i1: [36, 60], i2: [36, 190], h1: [194, 60], h2: [194, 190], o1: [352, 60], o2: [352, 190], loss: [444, 125]};
const LINES = {w1: ["i1", "h1", 0.5, -9], w2: ["i2", "h1", 0.27, -8], w3: ["i1", "h2", 0.27, 14], w4: ["i2", "h2", 0.5, 17], w5: ["h1", "o1", 0.5, -9], w6: ["h2", "o1", 0.27, -8], w7: ["h1", "o2", 0.27, 14], w8: ["h2", "o2", 0.5, 17]};
const SVG = "http://www.w3.org/2000/svg";
const draw = (tag, attributes, text = "") => {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.textContent = text;
  return element;
};

export default {
  render({model, el}) {
    let numbers = {...START, ...(model.get("numbers") ?? {})}, at = 0;
    const speech = voice(), svg = draw("svg", {viewBox: "0 0 480 250", class: "x-drawing", role: "img"});
    const title = make("p", {class: "x-title"}), lines = make("div", {class: "x-lines"});
    const show = () => {
      const p = passes(numbers), [name, lit, text] = STEPS[at], known = {i1: numbers.i1, i2: numbers.i2};
      if (at >= 0) Object.assign(known, {h1: p.h1, h2: p.h2});
      if (at >= 1) Object.assign(known, {o1: p.o1, o2: p.o2});
      if (at >= 2) known.loss = p.loss;
      const deltas = {...(at >= 3 ? {o1: p.do1, o2: p.do2} : {}), ...(at >= 4 ? {h1: p.dh1, h2: p.dh2} : {})};
      svg.replaceChildren();
      for (const [weight, [from, to, share, lower]] of Object.entries(LINES)) {
        const [[x1, y1], [x2, y2]] = [PLACES[from], PLACES[to]];
        svg.append(draw("line", {x1, y1, x2, y2, class: lit.includes(weight) ? "x-line x-lit" : "x-line"}),
          draw("text", {x: x1 + share * (x2 - x1), y: y1 + share * (y2 - y1) + lower, class: "x-tag"}, `${lowered(weight)} ${shown(numbers[weight], 3)}`));
      }
      for (const target of ["o1", "o2"]) svg.append(draw("line", {x1: PLACES[target][0], y1: PLACES[target][1], x2: PLACES.loss[0], y2: PLACES.loss[1], class: "x-line"}));
      for (const [node, [x, y]] of Object.entries(PLACES)) {
        svg.append(draw("circle", {cx: x, cy: y, r: 33, class: lit.includes(node) ? "x-node x-lit" : "x-node"}),
          draw("text", {x, y: y - 5, class: "x-tag"}, node === "loss" ? "ℓ" : lowered(node)),
          draw("text", {x, y: y + 14, class: "x-tag"}, node in known ? shown(known[node], 3) : "?"));
        if (node in deltas) svg.append(draw("text", {x, y: y < 100 ? y - 40 : y + 51, class: "x-tag x-delta"}, `δ ${f(deltas[node])}`));
      }
      svg.setAttribute("aria-label", `${name}. ${Object.entries(known).map(([node, value]) => `${lowered(node)} ${f(value)}`).join(", ")}. ${Object.entries(deltas).map(([node, value]) => `delta of ${lowered(node)} ${f(value)}`).join(", ")}`);
      title.textContent = `Step ${at + 1} of ${STEPS.length}. ${name}`;
      lines.replaceChildren(...text(numbers, p).map(line => make("p", {}, line)));
      if (at === 0 && document.activeElement === back) next.focus();  // or the focus would be lost with it
      back.disabled = at === 0;
      next.textContent = at === STEPS.length - 1 ? "Take the step, and begin again" : "Next";
    };
    const change = others => { numbers = others; result.textContent = ""; };  // the bet was on the numbers as they were
    const take = others => { change(others); for (const [name, each] of Object.entries(fields)) each.set(+others[name].toFixed(6)); };
    const move = to => { at = to; show(); speech.say(`${title.textContent}. ${[...lines.children].map(line => line.textContent).join(". ")}`); };
    const back = button("Back", () => move(at - 1));
    const next = button("Next", () => {
      if (at < STEPS.length - 1) { move(at + 1); return; }
      take(updated(numbers, passes(numbers)));
      move(0);
    });
    const reset = button("Mazur’s numbers", () => { take({...START}); move(0); });
    const fields = Object.fromEntries(Object.keys(START).map(name => [name, field({
      label: name === "rate" ? "rate η" : lowered(name), value: numbers[name], min: name === "rate" ? 0 : -20, max: 20,
      change: value => { change({...numbers, [name]: value}); show(); speech.say(`${lowered(name)} is ${f(value)}; the loss is ${shown(passes(numbers).loss, 6)}`); },
    })]));
    const offered = ["h₁ and h₂", "o₁ alone", "o₁ and o₂"].map((text, place) => button(text, () => {
      const p = passes(numbers), moved = passes({...numbers, w5: numbers.w5 + 0.1});
      marked(offered, place, 1);
      result.textContent = `${place === 1 ? "Yes" : "No"}: w₅ leads from h₁ to o₁ and to nothing else. o₁ moves by ${f(moved.o1 - p.o1)}, o₂ by ${f(moved.o2 - p.o2)}. Promised for the loss: 0.1 · ∂ℓ/∂w₅ = ${shown(0.1 * p.gradient.w5, 5)}; found: ${shown(moved.loss - p.loss, 5)}.`;
      speech.say(result.textContent);
    }));
    const bet = asking("If w₅ grows by 0.1, which of these change?", ...offered), result = make("p", {class: "x-words"});
    el.querySelector(".x-still")?.remove();
    (el.querySelector(".x-controls") ?? el).append(bet, result, svg, make("div", {class: "x-row", role: "group", "aria-label": "Steps"}, back, next, reset), title, lines,
      make("details", {class: "x-group"}, make("summary", {}, "Change the numbers"), make("div", {class: "x-fields"}, ...Object.values(fields).map(each => each.element))), speech.element);
    show();
  },
};
