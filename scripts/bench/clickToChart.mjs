// From the click on a layer's lens in a notebook to its chart on the screen, in a real VS Code.
import { execFileSync } from "node:child_process";
import { figuresOf } from "../vscode/figures.mjs";

/** Each window has one cold click. */
const WINDOWS = 3;

export const title = "From click to chart";

export async function run() {
  // What people get: minified.
  execFileSync(process.execPath, ["esbuild.mjs", "--production"]);
  const windows = [];
  for (let count = 0; count < WINDOWS; count++) windows.push(await oneWindow());
  const cold = windows.map((one) => one.cold);
  const warm = windows.flatMap((one) => one.warm);
  const plain = windows.flatMap((one) => one.plain);
  return `The lens of the tutorial's layer of 64 × 32 in \`examples/tour.ipynb\`, in a real VS Code: milliseconds from the press of the pointer to the first picture with the histogram's bars.

| | best | median | clicks |
| --- | ---: | ---: | ---: |
| cold: nothing drawn before in this window | ${row(cold.map(whole))} |
| of these, since the output arrived in the webview | ${row(cold.map(drawing))} |
| warm | ${row(warm.map(whole))} |
| of these, since the output arrived in the webview | ${row(warm.map(drawing))} |
| VS Code alone, warm: a lens whose command inserts a cell with a text/plain output | ${row(plain.map(whole))} |

A cold click comes a second after the lens: in that time the worker that makes charts has started.`;
}

const whole = (times) => times.whole;
const drawing = (times) => times.drawing;

const row = (values) => {
  const sorted = values.toSorted((a, b) => a - b);
  return `${sorted[0].toFixed(0)} | ${sorted[Math.floor(sorted.length / 2)].toFixed(0)} | ${values.length}`;
};

async function oneWindow() {
  const { failed, figures } = await figuresOf("clickToChart.ts");
  if (failed > 0) throw new Error("no chart was drawn");
  return figures;
}
