// What explorables are made of: elements, a slider with its name and value, a line that is read out, numbers as the book writes them.

// A number that is all zeros when it is written has no sign.
export const shown = (value, digits = 4) => value.toFixed(digits).replace(/^-(?=[0.]*$)/, "").replace("-", "−");

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
    timer = setTimeout(() => { element.textContent = text === element.textContent ? `${text}\u00a0` : text; }, 400);  // the same words again are a change too
  };
  return {element, say};
}

// A list to choose from. options: pairs [value, text], or [name of a group, pairs].
export function choice({label, options, value, change}) {
  const option = ([key, text]) => (Array.isArray(text) ? make("optgroup", {label: key}, ...text.map(option)) : make("option", {value: key}, text));
  const select = make("select", {class: "x-select"}, ...options.map(option));
  select.value = value;
  select.addEventListener("change", () => change(select.value));
  const offer = offered => {
    const kept = select.value;
    select.replaceChildren(...offered.map(option));
    select.value = kept;
    if (select.selectedIndex < 0) select.selectedIndex = 0;
  };
  return {element: make("label", {class: "x-choice"}, make("span", {class: "x-name"}, label), select), input: select, set: to => { select.value = to; }, offer};
}

// A field for a number within limits; what is out of range is refused beside it, and nothing changes.
export function field({label, value, min, max, change}) {
  const id = `x-field-${field.count = (field.count ?? 0) + 1}`;
  // an iPhone's keys for decimals have no minus; the name is the label alone, without the fault that stands beside the field
  const input = make("input", {type: "text", inputMode: min < 0 ? "text" : "decimal", class: "x-field", "data-lm-suppress-shortcuts": "true", "aria-label": label, "aria-describedby": id});
  const fault = make("span", {class: "x-fault", id, role: "alert"});
  input.value = String(value);
  input.addEventListener("change", () => {
    const number = Number(input.value.trim().replace("−", "-").replace(",", "."));
    const fits = input.value.trim() !== "" && Number.isFinite(number) && number >= min && number <= max;
    input.setAttribute("aria-invalid", String(!fits));
    fault.textContent = fits ? "" : `a number from ${min} to ${max}`.replaceAll("-", "−");
    if (fits) change(number);
  });
  const set = to => { input.value = String(to); input.removeAttribute("aria-invalid"); fault.textContent = ""; };
  return {element: make("label", {class: "x-choice"}, make("span", {class: "x-name"}, label), input, fault), input, set};
}

export function button(text, press) {
  const element = make("button", {type: "button", class: "x-button"}, text);
  element.addEventListener("click", () => { if (element.getAttribute("aria-disabled") !== "true") press(); });
  return element;
}

// Draw anew when the place for it changes its size, and when the page turns light or dark; what ends it is returned.
export function redrawn(place, draw) {
  const size = new ResizeObserver(draw), theme = new MutationObserver(draw);
  size.observe(place);
  theme.observe(document.documentElement, {attributes: true, attributeFilter: ["data-theme"]});
  theme.observe(document.body, {attributes: true, attributeFilter: ["data-jp-theme-light"]});
  return () => { size.disconnect(); theme.disconnect(); };
}

// The answer that was chosen, and which one is right: by what is pressed, and by a sign. The buttons can still have the
// focus, or a reader without a mouse would lose it with the answer.
export function marked(buttons, chosen, right) {
  buttons.forEach((each, place) => {
    each.setAttribute("aria-disabled", "true");
    each.setAttribute("aria-pressed", String(place === chosen));
    if (place === right) each.append(" ✓");
    else if (place === chosen) each.append(" ✗");
  });
}

// The row of a bet: its question, which is read out with the group, and buttons for the answers.
export function asking(question, ...buttons) {
  const asked = make("span", {id: `x-bet-${asking.count = (asking.count ?? 0) + 1}`}, question);
  return make("div", {class: "x-row", role: "group", "aria-label": "Your bet", "aria-describedby": asked.id}, asked, ...buttons);
}

// A question with answers to choose from before something is shown. answers: texts; right() is the place of the true one
// now, and note() says of which settings that is, where these may change afterwards.
export function bet({question, answers, right, said, reveal, note = () => ""}) {
  const result = make("p", {class: "x-words", hidden: true});
  const choose = place => {
    const truth = right();
    result.textContent = `${place === truth ? "Yes" : `No, ${answers[truth]}`}${note()}.`;
    result.hidden = false;
    for (const each of reveal) each.hidden = false;
    marked([...row.querySelectorAll("button")], place, truth);
    said(result.textContent);
  };
  const row = asking(question, ...answers.map((text, place) => button(text, () => choose(place))));
  for (const each of reveal) each.hidden = true;
  return [row, result];
}

// w₅ for w5
export const lowered = name => name.replace(/\d/g, digit => "₀₁₂₃₄₅₆₇₈₉"[digit]);

// 10⁻⁸
export const tenTo = power => `10${String(power).replace(/./g, sign => (sign === "-" ? "⁻" : "⁰¹²³⁴⁵⁶⁷⁸⁹"[sign]))}`;

// 3.2 · 10⁻⁸, and a number that one reads at a glance as it is
export function scientific(value, digits = 2) {
  const size = Math.abs(value);
  if (!Number.isFinite(value)) return shown(value);
  if (value === 0) return "0";
  if (size >= 0.01 && size < 1000) return shown(value, Math.max(digits - 1 - Math.floor(Math.log10(size)), 0));
  const [mantissa, power] = value.toExponential(digits - 1).split("e");
  return `${mantissa.replace("-", "−")} · ${tenTo(+power)}`;
}

// A tiny error as its power of ten, since its digits depend on the step and on rounding; a larger one as a number.
export function errorText(error) {
  if (error === 0) return "0";
  if (error >= 1e-6 && error < 0.01) return scientific(error);
  if (!(error < 1e-6)) return shown(error, 3);
  return tenTo(Math.floor(Math.log10(Math.max(error, 1e-16))));
}

// Two numbers with as many digits as it takes to tell them apart.
export function apart(one, other) {
  for (const write of [shown, ...Array.from({length: 12}, (_, k) => value => scientific(value, k + 2))]) {
    const both = [write(one), write(other)];
    if (both[0] !== both[1]) return both;
  }
  return [one, other].map(value => scientific(value, 13));
}
