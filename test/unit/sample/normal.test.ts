import assert from "node:assert/strict";
import { test } from "node:test";
import { kolmogorovSmirnov } from "../../../src/init/fit.js";
import { normalBetween, normalCdf, normalSf } from "../../../src/init/normal.js";
import { CHUNK } from "../../../src/sample/kernel.js";
import { WordStream } from "../../../src/sample/words.js";
import { chiSquare, chiSquarePValue } from "./chiSquare.js";

const LEVEL = 1e-6;
/** Where the kernel's tail begins. */
const TAIL = 3.6541528853610088;

/** Calls `use` with `count` normal values, in chunks. */
function draw(seed: string, count: number, use: (z: number) => void): void {
  const stream = new WordStream(seed);
  for (let done = 0; done < count; done += CHUNK) stream.normals(CHUNK).forEach(use);
}

test("layers of equal area from the published tail end at the top of the density", () => {
  const density = (x: number) => Math.exp((-x * x) / 2);
  const area = TAIL * density(TAIL) + normalSf(TAIL) * Math.sqrt(2 * Math.PI);
  let end = TAIL;
  for (let layer = 2; layer < 256; layer++) end = Math.sqrt(-2 * Math.log(area / end + density(end)));
  assert.ok(Math.abs(area / end + density(end) - 1) < 1e-12);
});

test("values in cells as wide as a layer is thin follow the normal distribution", () => {
  const WIDTH = 1 / 64;
  const CELLS = 512;
  const COUNT = 4096 * 1000;
  const counts = new Float64Array(CELLS);
  draw("cells", COUNT, (z) => {
    const cell = Math.floor(z / WIDTH) + CELLS / 2;
    if (cell >= 0 && cell < CELLS) counts[cell]! += 1;
  });
  const share = (cell: number) => {
    const low = (cell - CELLS / 2) * WIDTH;
    return normalBetween(low, low + WIDTH);
  };
  assert.ok(
    chiSquarePValue(
      chiSquare(counts, (cell) => COUNT * share(cell)),
      CELLS,
    ) > LEVEL,
  );
});

test("the tail is exact, on either side and far out", () => {
  const COUNT = 4096 * 8000;
  const tails: [number[], number[]] = [[], []];
  draw("tails", COUNT, (z) => {
    if (z > TAIL) tails[0].push(z);
    if (z < -TAIL) tails[1].push(-z);
  });
  const share = normalSf(TAIL);
  for (const tail of tails) {
    const deviation = (tail.length - COUNT * share) / Math.sqrt(COUNT * share);
    assert.ok(Math.abs(deviation) < 5, `${deviation} standard errors`);
    const sorted = Float64Array.from(tail).sort();
    assert.ok(kolmogorovSmirnov(sorted, (z) => 1 - normalSf(z) / share).pValue > LEVEL);
    const beyond = sorted.filter((z) => z > 5).length;
    // 9.4 are expected beyond 5; fewer than 1 or more than 25 come once in 10⁴ seeds.
    assert.ok(beyond >= 1 && beyond <= 25, `${beyond} values beyond 5`);
  }
});

test("values in a row are independent", () => {
  const COUNT = CHUNK * 250;
  const LAGS = [1, 2, 3, 7];
  const all: number[] = [];
  draw("row", COUNT, (z) => all.push(normalCdf(z) - 0.5));
  for (const lag of LAGS) {
    let sum = 0;
    for (let i = lag; i < COUNT; i++) sum += all[i]! * all[i - lag]! * 12;
    assert.ok(Math.abs(sum / Math.sqrt(COUNT - lag)) < 5, `lag ${lag}`);
  }
});
