// Sampling against NumPy and JavaScript libraries: values, histogram of 50 bars, mean, std, min, max.
import { execFileSync, spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import os from "node:os";
import path from "node:path";
import readline from "node:readline";
import { pathToFileURL } from "node:url";
import { randomNormal, randomUniform } from "d3-random";
import * as esbuild from "esbuild";
import { findTruthPython } from "../accuracy/python.mjs";

export const title = "Sampling";

const COUNT = 10_000_000;
const ROUNDS = 8;
/** In a row: a worker, or NumPy, that waited for the others of a round for seconds is slow once. */
const TIMES = 3;
/** Between two measurements: the workers of the one before are still winding down on a processor. */
const PAUSE_MS = 30;
/** Libraries to compare with: not needed by anybody else, so kept out of package.json. */
const COMPARED = ["@stdlib/random-base-normal@0.2.2", "@stdlib/random-base-uniform@0.2.3"];

const DISTRIBUTIONS = {
  normal: { kind: "normal", mean: 0, std: 1 },
  uniform: { kind: "uniform", low: 0, high: 1 },
};

const GENERATOR = [
  "The words come from xoshiro128** 1.1, of which Blackman and Vigna (2021) report that it passes BigCrush and PractRand; seedrandom turns the seed into its state, because its own words take twenty times as long. A block of 65,536 values has a substream of its own, 2⁶⁴ words after the one before it, so that any number of workers draws the same values. Uniform values have 53 random bits; normal ones come from a ziggurat of 256 layers with Marsaglia's exact tail. These loops and the counting are 10 kB of WebAssembly, compiled from `src/sample/kernel/kernel.ts`: the same bits on every machine.",
];

export async function run() {
  const folder = mkdtempSync(path.join(os.tmpdir(), "init-lens-bench-"));
  try {
    const { SamplerPool, workerHost } = await bundle(folder);
    const host = workerHost({ path: path.join(folder, "worker.mjs") });
    const numpy = await startNumpy();
    const pools = {
      one: new SamplerPool(host, { workers: 1 }),
      other: new SamplerPool(host, { workers: 1 }),
      two: new SamplerPool(host, { workers: 2 }),
    };
    try {
      return [
        ...(await compare(numpy, pools)),
        "",
        ...(await single(pools.two)),
        "",
        `NumPy ${numpy.version} on one thread: \`standard_normal\` or \`random\`, \`histogram\`, \`mean\`, \`std\`, \`min\`, \`max\`. All measured in turn in the same run, the best of ${ROUNDS * TIMES}: other work on the machine only adds time.`,
      ].join("\n");
    } finally {
      for (const pool of Object.values(pools)) pool.close();
      numpy.close();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The pool and the worker, bundled as the product is. */
async function bundle(folder) {
  await esbuild.build({
    stdin: {
      contents: 'export * from "./src/sample/client.js"; export * from "./src/sample/startWorker.js";',
      resolveDir: process.cwd(),
    },
    outfile: path.join(folder, "pool.mjs"),
    bundle: true,
    platform: "node",
    format: "esm",
    banner: {
      js: "import { createRequire as nodeRequire } from 'node:module'; const require = nodeRequire(import.meta.url);",
    },
    logLevel: "warning",
  });
  await esbuild.build({
    entryPoints: ["src/sample/worker.ts"],
    outdir: folder,
    outExtension: { ".js": ".mjs" },
    bundle: true,
    platform: "node",
    format: "esm",
    target: "es2022",
    loader: { ".py": "text" },
    banner: {
      js: "import { createRequire as nodeRequire } from 'node:module'; const require = nodeRequire(import.meta.url);",
    },
    logLevel: "warning",
  });
  return import(pathToFileURL(path.join(folder, "pool.mjs")));
}

async function startNumpy() {
  const python = findTruthPython(["numpy"]);
  if (!python) throw new Error("needs a Python with NumPy: `npm run truth-env`, or set INIT_LENS_PYTHON");
  const env = { ...process.env, OMP_NUM_THREADS: "1", OPENBLAS_NUM_THREADS: "1" };
  const child = spawn(python, ["scripts/bench/sample.py"], { stdio: ["pipe", "pipe", "inherit"], env });
  const lines = readline.createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const { value: version } = await lines.next();
  return {
    version,
    async measure(name) {
      child.stdin.write(`${name} ${COUNT}\n`);
      return Number((await lines.next()).value);
    },
    close: () => child.stdin.end(),
  };
}

/** One table: each way to draw, for each distribution. */
async function compare(numpy, pools) {
  const stdlib = loadStdlib();
  const makers = {
    normal: { stdlib: stdlib.normal.factory(0, 1, { seed: 1 }), d3: randomNormal(), plain: boxMuller },
    uniform: { stdlib: stdlib.uniform.factory(0, 1, { seed: 1 }), d3: randomUniform(), plain: Math.random },
  };
  const rows = [
    ["Init Lens, one worker", (name) => timed(() => inPool(pools.one, name))],
    ["Init Lens, two workers", (name) => timed(() => inPool(pools.two, name))],
    ["NumPy", (name) => numpy.measure(name)],
  ];
  // What the machine allows: two requests that share nothing, each in a worker of its own.
  const apart = [
    "",
    (name) => timed(() => Promise.all([inPool(pools.one, name), inPool(pools.other, name)])),
  ];
  // Afterwards: what they leave to the garbage collector takes a processor from the second worker.
  const libraries = [
    ["@stdlib/random", (name) => timed(() => plainHistogram(makers[name].stdlib))],
    ["d3-random", (name) => timed(() => plainHistogram(makers[name].d3))],
    ["Math.random, Box–Muller", (name) => timed(() => plainHistogram(makers[name].plain))],
  ];
  const bests = {};
  const both = {};
  for (const name of ["normal", "uniform"]) {
    [both[name], ...bests[name]] = await interleaved([apart, ...rows], name);
  }
  for (const name of ["normal", "uniform"]) bests[name].push(...(await interleaved(libraries, name)));
  rows.push(...libraries);
  const cell = (name, i) => {
    const ratio = bests[name][2] / bests[name][i];
    return `${bests[name][i].toFixed(0)} ms | ${ratio.toFixed(2)}×`;
  };
  const scaling = ["normal", "uniform"].map(
    (name) => `${name} ${(bests[name][0] / bests[name][1]).toFixed(2)}×`,
  );
  const ceiling = ["normal", "uniform"].map(
    (name) => `${name} ${((2 * bests[name][0]) / both[name]).toFixed(2)}×`,
  );
  return [
    `${COUNT.toLocaleString("en")} values with histogram, mean, std, minimum and maximum; speed relative to NumPy.`,
    "",
    "| | normal | | uniform | |",
    "| --- | ---: | ---: | ---: | ---: |",
    ...rows.map(([label], i) => `| ${label} | ${cell("normal", i)} | ${cell("uniform", i)} |`),
    "",
    `Two workers that share a request against one: ${scaling.join(", ")}. Two workers that each draw a whole request, which is what this machine allows: ${ceiling.join(", ")}.`,
    "",
    ...GENERATOR,
  ];
}

/** The best time of each row, each measured in every round, so that a busy moment hits all alike. */
async function interleaved(rows, name) {
  const times = rows.map(() => []);
  for (let round = 0; round < ROUNDS; round++) {
    for (const [i, [, measure]] of rows.entries()) {
      for (let time = 0; time < TIMES; time++) times[i].push(await measure(name));
    }
  }
  return times.map((row) => Math.min(...row));
}

function inPool(pool, name) {
  return pool.sample({ distribution: DISTRIBUTIONS[name], shape: [COUNT], method: "draws" });
}

/** Figures of single cases, through the worker as a preview gets them. */
async function single(pool) {
  const layer = { distribution: DISTRIBUTIONS.normal, shape: [64, 32] };
  const huge = { distribution: DISTRIBUTIONS.normal, shape: [1_000_000, 1_000] };
  const embedding = { distribution: DISTRIBUTIONS.normal, shape: [50_257, 768] };
  const orthogonal = { distribution: { kind: "orthogonal", gain: 1 }, shape: [1024, 1024] };
  const times = async (request, rounds = ROUNDS * TIMES) => {
    const all = [];
    for (let i = 0; i < rounds; i++) all.push(await timed(() => pool.sample({ ...request, seed: i })));
    return `${Math.min(...all).toFixed(1)} ms`;
  };
  const { cancelled, next, gap, memory } = await whileLong(pool);
  return [
    "| through a worker that runs | |",
    "| --- | ---: |",
    `| a layer of 64 × 32, every value drawn | ${await times(layer)} |`,
    `| GPT-2's embedding, 50257 × 768, as a multinomial | ${await times(embedding)} |`,
    `| the same, every value drawn, two workers | ${await times({ ...embedding, method: "draws" })} |`,
    `| 10⁹ values as a multinomial | ${await times(huge)} |`,
    `| an orthogonal matrix of 1024 × 1024 | ${await times(orthogonal, 3)} |`,
    `| longest wait for a report of progress, four long requests at once | ${gap.toFixed(0)} ms |`,
    `| a cancelled request is answered after | ${cancelled.toFixed(1)} ms |`,
    `| a short request among the long ones is answered after | ${next.toFixed(1)} ms |`,
    `| memory above that of idle workers, 10⁹ values drawn one by one | ${memory.toFixed(0)} MB |`,
  ];
}

/** What happens beside long requests: progress, cancelling, fairness, memory. */
async function whileLong(pool) {
  const long = { distribution: DISTRIBUTIONS.normal, shape: [1_000_000_000], method: "draws" };
  await pool.sample({ ...long, shape: [COUNT] });
  const before = process.memoryUsage().rss;
  const controller = new AbortController();
  let [last, gap, peak] = [performance.now(), 0, before];
  const onProgress = () => {
    gap = Math.max(gap, performance.now() - last);
    last = performance.now();
    peak = Math.max(peak, process.memoryUsage().rss);
  };
  const calls = Array.from({ length: 4 }, (_, i) =>
    pool.sample(long, { signal: controller.signal, ...(i === 0 && { onProgress }) }).catch((error) => error),
  );
  await new Promise((resolve) => setTimeout(resolve, 1500));
  const next = await timed(() => pool.sample({ distribution: DISTRIBUTIONS.normal, shape: [64, 32] }));
  const cancelled = await timed(() => {
    controller.abort();
    return Promise.all(calls);
  });
  return { cancelled, next, gap, memory: (peak - before) / 2 ** 20 };
}

/** The same figures as one would write them by hand over an array of values. */
function plainHistogram(draw) {
  const values = Float64Array.from({ length: COUNT }, draw);
  let [sum, low, high] = [0, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values) {
    sum += value;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  const mean = sum / COUNT;
  const counts = new Array(50).fill(0);
  let squares = 0;
  for (const value of values) {
    squares += (value - mean) ** 2;
    counts[Math.min(49, Math.floor(((value - low) / (high - low)) * 50))]++;
  }
  return { mean, std: Math.sqrt(squares / COUNT), low, high, counts };
}

function boxMuller() {
  return Math.sqrt(-2 * Math.log(1 - Math.random())) * Math.cos(2 * Math.PI * Math.random());
}

/** Installed once, outside the project's own packages. */
function loadStdlib() {
  const folder = path.resolve("node_modules/.cache/init-lens-bench");
  if (!existsSync(path.join(folder, "node_modules"))) {
    mkdirSync(folder, { recursive: true });
    execFileSync("npm", ["install", "--prefix", folder, "--no-audit", "--no-fund", ...COMPARED], {
      stdio: "ignore",
    });
  }
  const require = createRequire(path.join(folder, "package.json"));
  return { normal: require("@stdlib/random-base-normal"), uniform: require("@stdlib/random-base-uniform") };
}

async function timed(action) {
  await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  const began = performance.now();
  await action();
  return performance.now() - began;
}
