// What explorables are made of: elements, a slider with its name and value, a line that is read out, numbers as the book writes them.

export const shown = (value, digits = 4) => (Object.is(value, -0) ? 0 : value).toFixed(digits).replace("-", "−");

export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name in element && typeof value !== "string") element[name] = value;
    else element.setAttribute(name, value);
  }
  element.append(...children);
  return element;
}

export function slider({label, min, max, step, value, text, change}) {
  // JupyterLab would take the arrow keys for itself
  const input = make("input", {type: "range", min: `${min}`, max: `${max}`, step: `${step}`, "data-lm-suppress-shortcuts": "true"});
  const output = make("span", {class: "x-value", "aria-hidden": "true"});
  const tell = () => {
    output.textContent = text(+input.value);
    input.setAttribute("aria-valuetext", text(+input.value));
  };
  const set = to => { input.value = to; tell(); };
  input.addEventListener("input", () => { tell(); change(+input.value); });
  set(value);
  const name = make("span", {class: "x-name"}, label);
  return {element: make("label", {class: "x-slider"}, name, input, output), input, set};
}

// A live region that waits until the reader has let go: it says the last state once, not each one on the way.
export function voice() {
  let timer;
  const element = make("p", {role: "status", class: "x-voice"});
  const say = text => {
    clearTimeout(timer);
    timer = setTimeout(() => { element.textContent = text; }, 400);
  };
  return {element, say};
}
