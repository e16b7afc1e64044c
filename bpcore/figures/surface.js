// What a network says over the plane, with the points it learns from: sign by tint and by the shape of the points.
import {forward, matrix} from "./numerics.js";

const REACH = 2.6;  // of the plane that is drawn, either way
const CELLS = 48;

const GRID = (() => {
  const grid = matrix(CELLS * CELLS, 2);
  for (let i = 0; i < CELLS; i++) {
    for (let j = 0; j < CELLS; j++) {
      grid.v[2 * (i * CELLS + j)] = -REACH + (2 * REACH * (j + 0.5)) / CELLS;
      grid.v[2 * (i * CELLS + j) + 1] = REACH - (2 * REACH * (i + 0.5)) / CELLS;
    }
  }
  return grid;
})();

// Okabe and Ito's blue and vermillion, told apart by colour-blind readers, on any ground.
const ONE = [0, 114, 178], ZERO = [213, 94, 0];

const STILL = typeof document === "undefined" ? null : Object.assign(document.createElement("canvas"), {width: CELLS, height: CELLS});

// Draw into a square canvas: outputs from 0 to 1 as tints, the line where they are ½, and the points.
export function drawSurface(canvas, net, theta, {X, Y}) {
  const box = canvas.getBoundingClientRect(), density = globalThis.devicePixelRatio || 1;
  const side = Math.max(Math.round((box.width || 240) * density), 120);
  if (canvas.width !== side) canvas.width = canvas.height = side;
  const pen = canvas.getContext("2d"), said = forward(net, theta, GRID).a[net.L].v;
  tints(said);
  pen.fillStyle = getComputedStyle(canvas).getPropertyValue("--x-ground") || "#fff";
  pen.fillRect(0, 0, side, side);
  pen.drawImage(STILL, 0, 0, side, side);
  boundary(pen, said, side / CELLS);
  points(pen, X, Y, side);
}

// One pixel a cell, enlarged by the browser.
function tints(said) {
  const pen = STILL.getContext("2d"), picture = pen.createImageData(CELLS, CELLS);
  said.forEach((output, place) => {
    const p = Math.min(Math.max(output, 0), 1);
    picture.data.set([...(p > 0.5 ? ONE : ZERO), 255 * (0.05 + 0.5 * Math.abs(2 * p - 1))], 4 * place);
  });
  pen.putImageData(picture, 0, 0);
}

// The line where the output is ½: in each square between four cells, from edge to edge.
function boundary(pen, said, cell) {
  pen.strokeStyle = getComputedStyle(pen.canvas).getPropertyValue("--x-ink") || "#111";
  pen.lineWidth = Math.max(cell / 3, 1.2);
  pen.beginPath();
  for (let i = 0; i + 1 < CELLS; i++) {
    for (let j = 0; j + 1 < CELLS; j++) {
      const corners = [[i, j], [i, j + 1], [i + 1, j + 1], [i + 1, j]], crossings = [];
      corners.forEach(([row, column], k) => {
        const [below, right] = corners[(k + 1) % 4], from = said[row * CELLS + column] - 0.5, to = said[below * CELLS + right] - 0.5;
        if (from > 0 === to > 0) return;
        const t = from / (from - to);
        crossings.push([(column + t * (right - column) + 0.5) * cell, (row + t * (below - row) + 0.5) * cell]);
      });
      for (let k = 0; k + 1 < crossings.length; k += 2) {
        pen.moveTo(...crossings[k]);
        pen.lineTo(...crossings[k + 1]);
      }
    }
  }
  pen.stroke();
}

function points(pen, X, Y, side) {
  const size = Math.max(side / 90, 2), place = value => (value * side) / (2 * REACH);
  pen.lineWidth = Math.max(side / 400, 0.8);
  pen.strokeStyle = "#fff";
  for (let i = 0; i < X.rows; i++) {
    const x = place(X.v[2 * i] + REACH), y = place(REACH - X.v[2 * i + 1]);
    pen.beginPath();
    if (Y.v[i]) pen.rect(x - size, y - size, 2 * size, 2 * size);
    else pen.arc(x, y, 1.1 * size, 0, 7);
    pen.fillStyle = `rgb(${(Y.v[i] ? ONE : ZERO).join(",")})`;
    pen.fill();
    pen.stroke();
  }
}

// How many of the points the network puts on their side of ½.
export function rightOnes(net, theta, {X, Y}) {
  const said = forward(net, theta, X).a[net.L].v;
  return said.reduce((count, p, i) => count + (+(p > 0.5) === Y.v[i]), 0);
}
