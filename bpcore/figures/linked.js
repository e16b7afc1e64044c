// The four equations, a drawing and the lines of code, linked: what one touches lights up in all three. state: none needed
import {bet, make, voice} from "./controls.js";

const PARTS = {
  a0: "a^(l−1), what came into layer l", W: "W^l, the weights of layer l", z: "z^l, the pre-activation", a: "a^l, the activation",
  up: "W^(l+1), the weights above", above: "δ^(l+1), the delta above", slope: "f′(z^l), the slope", delta: "δ^l, the delta of layer l",
  gradW: "∂ℓ/∂W^l, the gradient of the weights, in the code its mean over the samples", gradb: "∂ℓ/∂b^l, the gradient of the biases, in the code its mean",
};
const FORMULAS = [
  ["forward", ["z", "z^l"], " = ", ["W", "W^l"], " ", ["a0", "a^(l−1)"], " + b^l,  ", ["a", "a^l"], " = f(", ["z", "z^l"], ")"],
  ["BP2", ["delta", "δ^l"], " = (", ["up", "W^(l+1)"], ")ᵀ ", ["above", "δ^(l+1)"], " ⊙ ", ["slope", "f′(z^l)"]],
  ["BP3", ["gradb", "∂ℓ/∂b^l"], " = ", ["delta", "δ^l"]],
  ["BP4", ["gradW", "∂ℓ/∂W^l"], " = ", ["delta", "δ^l"], " (", ["a0", "a^(l−1)"], ")ᵀ"],
];
const CODE = [
  [["z", "z[l]"], " = ", ["a0", "a[l-1]"], " @ ", ["W", "W[l]"], ".T + b[l]"],
  [["a", "a[l]"], " = sigmoid(", ["z", "z[l]"], ")"],
  [["delta", "delta[l]"], " = ", ["above", "delta[l+1]"], " @ ", ["up", "W[l+1]"], " * ", ["slope", "sigmoid_prime(z[l])"]],
  [["gradb", "grad_b[l]"], " = ", ["delta", "delta[l]"], ".sum(axis=0) / m"],
  [["gradW", "grad_W[l]"], " = ", ["delta", "delta[l]"], ".T @ ", ["a0", "a[l-1]"], " / m"],
];
const SVG = "http://www.w3.org/2000/svg";

export default {
  render({model, el}) {
    const speech = voice(), line = make("p", {class: "x-words"}, "Touch a part of a formula, of the drawing or of the code."), touched = {};
    const register = (part, element) => { (touched[part] ??= []).push(element); return element; };
    const light = (part, aloud) => {
      for (const [name, elements] of Object.entries(touched)) for (const each of elements) each.classList.toggle("x-lit", name === part);
      line.textContent = part ? PARTS[part] : "Touch a part of a formula, of the drawing or of the code.";
      if (part && aloud) speech.say(line.textContent);
    };
    const piece = (part, text) => {
      const each = register(part, make("button", {type: "button", class: "x-part", "aria-label": `${text}: ${PARTS[part]}`}, ...raised(text)));
      each.addEventListener("pointerenter", () => light(part));
      each.addEventListener("focus", () => light(part));  // which reads its name out
      each.addEventListener("click", () => light(part, true));
      return each;
    };
    // a^(l−1) with its index raised
    const raised = text => text.split(/(\^\([^)]+\)|\^\w)/).map(bit => (bit.startsWith("^") ? make("sup", {}, bit.slice(1).replace(/^\(|\)$/g, "")) : bit));
    const written = (name, parts, kind) => make("div", {class: kind}, ...parts.flatMap(part => (Array.isArray(part) ? [piece(...part)] : kind === "x-code" ? [part] : raised(part))));
    const svg = document.createElementNS(SVG, "svg");
    const put = (tag, attributes, part, text = "") => {
      const element = document.createElementNS(SVG, tag);
      for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
      element.textContent = text;
      svg.append(element);
      if (part) { register(part, element); element.addEventListener("pointerenter", () => light(part)); element.addEventListener("click", () => light(part, true)); }
    };
    Object.entries({viewBox: "0 0 480 200", class: "x-drawing", role: "img", "aria-label": "Three layers: activations go up to the right, deltas come back to the left"}).forEach(([name, value]) => svg.setAttribute(name, value));
    const columns = [70, 240, 410], rows = [50, 110, 160];
    for (const [from, part] of [[0, "W"], [1, "up"]]) for (const y1 of rows) for (const y2 of rows) put("line", {x1: columns[from], y1, x2: columns[from + 1], y2, class: "x-line"}, part);
    for (const [column, part] of [[0, "a0"], [1, "a"], [2, "above"]]) for (const y of rows) put("circle", {cx: columns[column], cy: y, r: 15, class: "x-node"}, part);
    for (const y of rows) put("circle", {cx: columns[1], cy: y, r: 8, class: "x-node"}, "z");
    [["a0", 70, "aˡ⁻¹"], ["delta", 240, "δˡ, zˡ, aˡ"], ["above", 410, "δˡ⁺¹"]].forEach(([part, x, text]) => put("text", {x, y: 22, class: "x-tag"}, part, text));
    put("text", {x: 155, y: 195, class: "x-tag"}, "gradW", "∂ℓ/∂Wˡ"); put("text", {x: 325, y: 195, class: "x-tag"}, "up", "Wˡ⁺¹"); put("text", {x: 240, y: 195, class: "x-tag"}, "gradb", "∂ℓ/∂bˡ");
    const formulas = make("div", {class: "x-formulas"}, ...FORMULAS.map(([name, ...parts]) => written(name, [`${name}:  `, ...parts], "x-formula")));
    const code = make("div", {class: "x-formulas"}, ...CODE.map(parts => written("", parts, "x-code")));
    el.querySelector(".x-still")?.remove();
    (el.querySelector(".x-controls") ?? el).append(...bet({
      question: "Samples are rows in the code. How does it write (Wˡ⁺¹)ᵀδˡ⁺¹?", answers: ["W[l+1].T @ delta[l+1]", "delta[l+1] @ W[l+1]", "delta[l+1] @ W[l+1].T"], right: () => 1, said: text => { light("up"); speech.say(text); }, reveal: [code],
    }), formulas, svg, code, line, speech.element);
  },
};
