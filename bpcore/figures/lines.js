// Curves on a canvas: a cost over the epochs on a logarithmic axis, and a network's function beside its points.
import {tenTo} from "./controls.js";
import {forward, matrix} from "./numerics.js";

const style = (canvas, name, fallback) => getComputedStyle(canvas).getPropertyValue(name) || fallback;

function fresh(canvas, height) {
  const box = canvas.getBoundingClientRect(), density = globalThis.devicePixelRatio || 1;
  const width = Math.max(Math.round((box.width || 240) * density), 120), tall = Math.round(width * height);
  if (canvas.width !== width || canvas.height !== tall) Object.assign(canvas, {width, height: tall});
  const pen = canvas.getContext("2d");
  pen.fillStyle = style(canvas, "--x-ground", "#fff");
  pen.fillRect(0, 0, width, tall);
  return {pen, width, tall, ink: style(canvas, "--x-ink", "#111"), unit: density};
}

// The costs of the last epochs, as high as the page makes it; each power of ten has a line, and its number where there is room.
export function drawLines(canvas, costs, from, to) {
  const {pen, width, tall, ink, unit} = fresh(canvas, canvas.clientHeight / canvas.clientWidth || 0.4), left = 54 * unit, rest = 8 * unit, top = 18 * unit, below = 20 * unit;
  const logs = costs.map(value => Math.log10(Math.max(value, 1e-12)));
  const low = Math.min(Math.floor(Math.min(...logs)), -1), high = Math.max(Math.ceil(Math.max(...logs)), 0);
  const x = k => left + ((width - left - rest) * k) / Math.max(logs.length - 1, 1);
  const y = value => top + ((tall - top - below) * (high - value)) / (high - low);
  pen.font = `${12 * unit}px system-ui, sans-serif`;
  pen.fillStyle = pen.strokeStyle = ink;
  pen.textBaseline = "middle";
  pen.textAlign = "right";
  const every = Math.max(Math.ceil((15 * unit * (high - low)) / (tall - top - below)), 1);  // labels that do not touch
  for (let power = low; power <= high; power++) {
    pen.globalAlpha = 0.25;
    pen.lineWidth = unit;
    pen.beginPath();
    pen.moveTo(left, y(power));
    pen.lineTo(width - rest, y(power));
    pen.stroke();
    pen.globalAlpha = 1;
    if ((power - low) % every === 0) pen.fillText(power < -4 ? tenTo(power) : power < 0 ? (10 ** power).toFixed(-power) : `${10 ** power}`, left - 6 * unit, y(power));
  }
  pen.textAlign = "left";
  pen.textBaseline = "bottom";
  pen.fillText("cost", left, y(high) - 2 * unit);
  pen.textAlign = "right";
  pen.fillText(to ? `epoch ${to}` : "epoch", width - rest, tall - 2 * unit);
  if (to) {
    pen.textAlign = "left";
    pen.fillText(`${from}`, left, tall - 2 * unit);
  }
  pen.strokeStyle = style(canvas, "--x-blue", "#0072b2");
  pen.lineWidth = 2 * unit;
  pen.beginPath();
  logs.forEach((value, k) => (k ? pen.lineTo(x(k), y(value)) : pen.moveTo(x(k), y(value))));
  pen.stroke();
}

// A function of one variable with the points that it learns from.
export function drawCurves(canvas, net, theta, {X, Y}) {
  const {pen, width, tall, ink, unit} = fresh(canvas, 1), steps = 120, grid = matrix(steps, 1);
  for (let k = 0; k < steps; k++) grid.v[k] = -2.2 + (4.4 * k) / (steps - 1);
  const said = forward(net, theta, grid).a[net.L].v;
  const x = value => ((value + 2.2) * width) / 4.4, y = value => ((1.6 - value) * tall) / 3.2;
  pen.strokeStyle = ink;
  pen.globalAlpha = 0.25;
  pen.lineWidth = unit;
  pen.beginPath();
  pen.moveTo(0, y(0));
  pen.lineTo(width, y(0));
  pen.stroke();
  pen.globalAlpha = 1;
  pen.fillStyle = style(canvas, "--x-orange", "#d55e00");
  X.v.forEach((value, i) => {
    pen.beginPath();
    pen.arc(x(value), y(Y.v[i]), 3.5 * unit, 0, 7);
    pen.fill();
  });
  pen.strokeStyle = style(canvas, "--x-blue", "#0072b2");
  pen.lineWidth = 2.5 * unit;
  pen.beginPath();
  said.forEach((value, k) => (k ? pen.lineTo(x(grid.v[k]), y(value)) : pen.moveTo(x(grid.v[k]), y(value))));
  pen.stroke();
}

// Points over a horizontal axis, both in powers of ten, with one of them marked by a vertical line.
export function drawScatter(canvas, powers, values, marked, across, up) {
  const {pen, width, tall, ink, unit} = fresh(canvas, 0.6), left = 44 * unit, below = 34 * unit, rest = 22 * unit;
  const low = Math.floor(Math.min(...values)), high = Math.max(Math.ceil(Math.max(...values)), low + 1);
  const [first, last] = [powers[0], powers.at(-1)];
  const x = power => left + ((width - left - rest) * (power - first)) / (last - first);
  const y = value => rest + ((tall - below - rest) * (high - value)) / (high - low);
  pen.font = `${12 * unit}px system-ui, sans-serif`;
  pen.fillStyle = pen.strokeStyle = ink;
  pen.textBaseline = "middle";
  for (let value = low; value <= high; value += Math.max(Math.ceil((high - low) / 8), 1)) {
    pen.globalAlpha = 0.2;
    pen.fillRect(left, y(value), width - left - rest, unit);
    pen.globalAlpha = 1;
    pen.textAlign = "right";
    pen.fillText(tenTo(value), left - 6 * unit, y(value));
  }
  pen.textAlign = "center";
  for (let power = Math.ceil(first); power <= last; power += 3) pen.fillText(tenTo(power), x(power), tall - below + 10 * unit);
  pen.fillText(across, (left + width) / 2, tall - 9 * unit);
  pen.textAlign = "left";
  pen.fillText(up, 4 * unit, 8 * unit);
  pen.fillStyle = style(canvas, "--x-blue", "#0072b2");
  powers.forEach((power, k) => {
    pen.beginPath();
    pen.arc(x(power), y(values[k]), 2.6 * unit, 0, 7);
    pen.fill();
  });
  pen.strokeStyle = style(canvas, "--x-orange", "#d55e00");
  pen.lineWidth = 2 * unit;
  pen.beginPath();
  pen.moveTo(x(marked), rest);
  pen.lineTo(x(marked), tall - below);
  pen.stroke();
}
