// The cell that reads live weights, run by a real Python with a stand-in for IPython that prints what is shown.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";
import { PAYLOAD_MIME, parsePayload } from "../../../src/charts/payload.js";
import { constant, normal, truncatedNormal, uniform, unknown } from "../../../src/init/make.js";
import { actualWeightsCode } from "../../../src/snippets/actualWeights.js";
import type { Distribution, Framework } from "../../../src/types.js";

const layer = {
  class: "torch.nn.Linear",
  name: "fc",
  framework: "torch",
  parameter: "weight",
  shape: [2, 50],
  fanIn: 50,
  fanOut: 2,
  activation: null,
  site: null,
  why: 'He\'s "gain" — ok',
};

const code = (framework: Framework, expression: string, expected: Distribution, parameter = "weight") =>
  actualWeightsCode({ expression, framework, expected, layer: { ...layer, framework, parameter } });

const FAKES = `import sys, types, json
class Array(list):
    def ravel(self): return self
    def __getitem__(self, at):
        return self if at is ... else Array(list.__getitem__(self, at)) if isinstance(at, slice) else list.__getitem__(self, at)
    def tolist(self): return list(self)
display = types.ModuleType("IPython.display")
display.display = lambda data, raw: print(json.dumps(data, allow_nan=False))
sys.modules["IPython"] = types.ModuleType("IPython")
sys.modules["IPython.display"] = display
`;

/** A person's machine may have no Python; CI's must. */
const isPythonThere = spawnSync("python3", ["--version"]).error === undefined || process.env.CI === "true";
const skip = isPythonThere ? false : "no python3 on PATH";

/** Runs the cell on NumPy weights; `values` is a Python expression. */
function run(values: string, expected: Distribution, after = "") {
  const program = `${FAKES}W = Array(${values})\n${code("numpy", "W", expected)}\n${after}\n`;
  return spawnSync("python3", ["-"], { input: program, encoding: "utf8" });
}

/** What the cell shows. */
function shown(values: string, expected: Distribution): Record<string, unknown> {
  const { status, stdout, stderr } = run(values, expected);
  assert.equal(status, 0, stderr);
  return JSON.parse(stdout);
}

const EVEN = "[(i + 0.5) / 100 - 0.5 for i in range(100)]";

test("each framework's layers are read as they hold their weights", () => {
  const first = (...args: Parameters<typeof code>) =>
    /weights=(.*)\.tolist\(\),/.exec(code(...args) ?? "")?.[1];
  assert.equal(first("torch", "model.fc", unknown()), "model.fc.weight.detach().flatten()");
  assert.equal(first("keras", "dense", unknown(), "dense/kernel"), "dense.kernel.numpy().ravel()");
  assert.equal(first("flax", "fc", unknown(), "kernel"), "fc.kernel[...].ravel()");
  assert.equal(first("numpy", "W", unknown()), "W.ravel()");
  assert.equal(code("caffe", "net", unknown()), null);
});

test("of very many weights every so many are read", () => {
  const big = { ...layer, shape: [4000, 1000] };
  const cell = actualWeightsCode({ expression: "W", framework: "numpy", expected: unknown(), layer: big });
  assert.match(cell!, /weights=W\.ravel\(\)\[::4\]\.tolist\(\),/);
});

test("the cell leaves no names behind but its function's", { skip }, () => {
  const { stdout } = run(
    `${EVEN})\nbefore = set(globals()); _ = (0`,
    uniform(-0.5, 0.5),
    "print(sorted(set(globals()) - before))",
  );
  assert.match(stdout, /\n\['_', 'before', 'show_weights'\]\n$/);
});

test("the cell shows the same representations as every other chart, and our renderer takes them", {
  skip,
}, () => {
  for (const expected of [
    uniform(-0.5, 0.5),
    normal(0, 0.3),
    truncatedNormal(0, 0.3, -0.6, 0.6),
    constant(0),
    unknown(),
    truncatedNormal(0, 1, Number.NEGATIVE_INFINITY, 2),
  ]) {
    const bundle = shown(EVEN, expected);
    const others = ["application/vnd.vegalite.v5+json", "image/svg+xml", "text/plain"];
    assert.deepEqual(Object.keys(bundle), [PAYLOAD_MIME, ...others]);
    const parsed = parsePayload(bundle[PAYLOAD_MIME]);
    assert.ok(parsed.ok && parsed.value.chart === "histogram", JSON.stringify(parsed));
    const { result } = parsed.value.draws[0]!;
    assert.equal(result.count, 100);
    assert.ok(Math.abs(result.std! - 0.2886607) < 1e-6);
    assert.deepEqual(result.histogram.counts, Array(50).fill(2));
    assert.match(String(bundle["text/plain"]), /What values does W hold now\? 100 values/);
  }
});

test("the theory's curve has the area of what was drawn", { skip }, () => {
  for (const expected of [uniform(-0.5, 0.5), truncatedNormal(0, 0.3, -0.495, 0.495)]) {
    const spec = shown(EVEN, expected)["application/vnd.vegalite.v5+json"] as {
      layer: { data: { values: { x: number; y: number }[] } }[];
    };
    const curve = spec.layer[1]!.data.values;
    const area = curve.slice(1).reduce((sum, { x, y }, i) => sum + (x - curve[i]!.x) * y, 0);
    assert.ok(Math.abs(area - 0.99) < 0.01, `${expected.kind}: ${area}`);
  }
});

test("equal, empty and non-finite weights are shown as what they are", { skip }, () => {
  assert.match(String(shown("[0.0] * 8", constant(0))["text/plain"]), /8 values from 0 to 0, mean 0, std 0/);
  const broken = shown("[0.1, float('nan'), float('inf')]", unknown());
  assert.match(String(broken["text/plain"]), /1 values .* 2 more are not finite/);
  for (const nothing of ["[]", "[float('nan')]"]) {
    assert.match(run(nothing, unknown()).stderr, /W holds no finite number to show/);
  }
});
