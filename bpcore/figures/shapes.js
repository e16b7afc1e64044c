// A puzzle: put arrays into the three slots of BP2; NumPy's answer about the shapes, and the check's about the numbers. state: none needed
import {bet, choice, errorText, make, voice} from "./controls.js";
import {backward, generator, map, matrix, network, normal, product, relativeError, start, transposed, weights, zip, blocks} from "./numerics.js";

const UNEVEN = [3, 5, 4, 2], EVEN = [4, 4, 4, 4];
const PIECES = {"W³": s => s.W[3], "(W³)ᵀ": s => transposed(s.W[3]), "W²": s => s.W[2], "(W²)ᵀ": s => transposed(s.W[2]), "δ³": s => transposed(s.delta[3]), "a²": s => transposed(s.a[2]), "σ′(z²)": s => transposed(map(a => a * (1 - a), s.a[2])), "σ′(z³)": s => transposed(map(a => a * (1 - a), s.a[3]))};

// One sample as columns, as in the formula; the right δ² is the one of the backward pass.
export function place(sizes) {
  const net = network({sizes, hidden: "sigmoid", output: "sigmoid", loss: "half_squared"}), random = generator(5);
  const theta = start(net, random, 1), X = matrix(1, sizes[0]), Y = matrix(1, sizes[3]);
  for (const values of [X.v, Y.v]) for (let i = 0; i < values.length; i++) values[i] = normal(random);
  const {z, a, delta} = backward(net, theta, X, Y);
  return {z, a, delta, W: blocks(net, theta).map(Theta => Theta && weights(Theta))};
}
const placed = {};  // one for each list of sizes: a count over all ways asks for it 512 times
const shape = A => `(${A.rows}, ${A.cols})`;
export function answer(sizes, [first, second, third]) {
  const s = (placed[sizes] ??= place(sizes)), [A, B, C] = [first, second, third].map(name => PIECES[name](s));
  if (A.cols !== B.rows) return {fits: false, text: `${shape(A)} @ ${shape(B)}: refused, ${A.cols} columns meet ${B.rows} rows.`};
  const made = product(A, B);
  if (made.rows !== C.rows || made.cols !== C.cols) {
    const stretched = [[made.rows, C.rows], [made.cols, C.cols]].every(([p, q]) => p === q || p === 1 || q === 1);
    return {fits: false, text: `${shape(A)} @ ${shape(B)} is ${shape(made)}, and ⊙ needs equal shapes: ${shape(C)} is refused.${stretched ? " (NumPy’s * would stretch the 1.)" : ""}`};
  }
  const error = relativeError(zip((x, y) => x * y, made, C).v, s.delta[2].v);
  return {fits: true, right: error < 1e-12, text: `All shapes fit. ${error < 1e-12 ? "And it is δ²." : `But it is not δ²: relative error ${errorText(error)}.`}`};
}

// How many of all ways to fill the slots are let through by the shapes.
export function letThrough(sizes) {
  const names = Object.keys(PIECES);
  let fits = 0, right = 0;
  for (const a of names) for (const b of names) for (const c of names) {
    const result = answer(sizes, [a, b, c]);
    fits += result.fits;
    right += Boolean(result.right);
  }
  return {fits, right, all: names.length ** 3};
}

export default {
  render({model, el}) {
    let even = false;
    const slots = ["W³", "δ³", "σ′(z²)"], speech = voice(), line = make("p", {class: "x-words"}), count = make("p", {class: "x-words"});
    const show = () => {
      const sizes = even ? EVEN : UNEVEN, result = answer(sizes, slots), {fits, right, all} = letThrough(sizes);
      line.textContent = `${result.fits && result.right ? "✓" : "✗"} ${result.text}`;
      count.textContent = `In a network ${sizes.join("-")} the shapes let ${fits} of ${all} ways through; ${right} of them ${right === 1 ? "is" : "are"} right.`;
    };
    const say = () => { show(); speech.say(`${line.textContent} ${count.hidden ? "" : count.textContent}`); };
    const lists = slots.map((name, place) => choice({label: ["first factor", "second factor", "entry by entry"][place], options: Object.keys(PIECES).map(piece => [piece, piece]), value: name, change: value => { slots[place] = value; say(); }}));
    const box = make("input", {type: "checkbox"});
    box.addEventListener("change", () => { even = box.checked; say(); });
    el.style.setProperty("--x-names", "7.5rem");
    el.querySelector(".x-still")?.remove();
    (el.querySelector(".x-controls") ?? el).append(...bet({
      question: "Of 512 ways to fill three slots, how many do the shapes of a 3-5-4-2 network let through?", answers: ["8", "64", "256"], right: () => 0, said: text => speech.say(`${text} ${count.textContent}`), reveal: [count],
    }), make("p", {class: "x-words"}, "δ² = first factor · second factor ⊙ third: which?"), ...lists.map(each => each.element),
      make("label", {class: "x-choice"}, box, " make all layers equal (4-4-4-4 instead of 3-5-4-2)"), line, count, speech.element);
    show();
  },
};
