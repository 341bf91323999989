import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { chartAnswer, chartFacts } from "../../../src/charts/chart";
import { figure, plural, shapeText, whole } from "../../../src/charts/figures";
import { makePayload } from "../../../src/charts/payload";
import { textWidth, wrap } from "../../../src/charts/textWidth";
import { subject } from "../../../src/charts/words";
import { draw, normal, PAYLOADS, uniform } from "../../charts/payloads";

describe("figures", () => {
  for (const [value, text] of [
    [0, "0"],
    [-0.125, "−0.125"],
    [0.072168, "0.0722"],
    [2048, "2,048"],
    [-1234567, "−1.23×10⁶"],
    [1e-7, "1×10⁻⁷"],
    [5e-324, "4.94×10⁻³²⁴"],
    [1.5, "1.5"],
    [null, "unknown"],
  ] as const) {
    it(`${value} is ${text}`, () => assert.equal(figure(value), text));
  }

  it("counts, shapes and plurals", () => {
    assert.equal(whole(1234567), "1,234,567");
    assert.equal(shapeText([64, null, "n"]), "64 × ? × n");
    assert.equal(shapeText([]), "one value");
    assert.equal(plural(1, "layer"), "1 layer");
    assert.equal(plural(2, "layer"), "2 layers");
  });
});

describe("a chart's subject", () => {
  const layer = PAYLOADS.get("histogram-uniform")!.layer!;
  for (const [name, parameter, text] of [
    ["fc1", "fc1.weight", "fc1.weight"],
    ["dense", "model/dense/kernel", "model/dense/kernel"],
    ["conv1", "weight", "conv1"],
    ["conv1", "bias", "conv1.bias"],
    ["W", null, "W"],
    ["", "weight", "weight"],
    ["", null, "Linear"],
  ] as const) {
    it(`${name || "no name"} and ${parameter} is ${text}`, () =>
      assert.equal(subject({ ...layer, name, parameter }), text));
  }
  it("nothing known is this weight", () => assert.equal(subject(null), "this weight"));
});

describe("answers", () => {
  it("roles are told as factors of the recommended std: the laws', not the draws'", () => {
    const draws = [draw("default", "d", normal(0.5)), draw("recommended", "r", normal(0.25))];
    const payload = makePayload({ version: 1, chart: "roles", draws });
    assert.equal(chartAnswer(payload), "Default std is 2 times the recommended 0.25.");
  });

  it("what was drawn stands in where the law is not known", () => {
    const unknown = { ...draw("default", "d", normal(1)), distribution: { kind: "unknown" } as const };
    unknown.result = { ...unknown.result, std: 0.75 };
    const payload = makePayload({
      version: 1,
      chart: "roles",
      draws: [unknown, draw("recommended", "r", normal(0.25))],
    });
    assert.equal(chartAnswer(payload), "Default std is 3 times the recommended 0.25.");
  });

  it("roles without a recommendation claim nothing", () => {
    const payload = makePayload({ version: 1, chart: "roles", draws: [draw("default", "d", uniform(1))] });
    assert.equal(chartAnswer(payload), "1 drawing.");
  });

  it("a bias is told in values, not in factors of nothing", () => {
    const answer = chartAnswer(PAYLOADS.get("roles-bias")!);
    assert.match(
      answer,
      /^Default has std 0\.0\d+ where every value should be 0, current is 0, as recommended\.$/,
    );
    assert.equal(
      chartAnswer(PAYLOADS.get("schemes-constant")!),
      "None of 2 drawings spreads: all values of each are equal.",
    );
  });

  it("a matrix of equal rows is called what it is", () => {
    assert.match(chartAnswer(PAYLOADS.get("matrix-symmetric")!), /only 1 of 20 units is different/);
    assert.match(chartAnswer(PAYLOADS.get("matrix")!), /all 32 units differ/);
  });

  it("a signal grows, shrinks, keeps its size, or vanishes", () => {
    const answer = (...stds: readonly [number | null, number | null][]) => {
      const layers = stds.map(([forwardStd, backwardStd], i) => ({ name: `${i}`, forwardStd, backwardStd }));
      return chartAnswer(makePayload({ version: 1, chart: "signal", layers }));
    };
    assert.equal(
      answer([1, 0.1], [0.5, 0.2], [0.25, 1]),
      "Activations shrink 4 times from the first layer to the last. " +
        "Gradients shrink 10 times from the last layer to the first.",
    );
    assert.equal(answer([1, null], [3, null]), "Activations grow 3 times from the first layer to the last.");
    assert.match(answer([1, 0], [1, 1]), /^Activations keep their std .*\. Gradients vanish /);
    assert.equal(
      answer([null, null], [1, null]),
      "Activations keep their std from the first layer to the last.",
    );
    assert.equal(answer([null, null]), "No std is known.");
  });

  it("a model counts only rows with both figures", () => {
    const payload = makePayload({
      version: 1,
      chart: "model",
      rows: [
        { name: "a", default: 1, current: 1, recommended: 1 },
        { name: "b", default: 1, current: 2.5, recommended: 1 },
        { name: "c", default: 1, current: null, recommended: 1 },
      ],
    });
    assert.match(
      chartAnswer(payload),
      /^1 of 2 parameters starts more than 2 times .* 1 row without both figures\.$/,
    );
  });
});

describe("facts", () => {
  it("give every figure of a drawing as text", () => {
    const [drawn, layer] = chartFacts(PAYLOADS.get("histogram-uniform")!);
    assert.ok(drawn?.rows.some(([name, value]) => name === "distribution" && value === "U(±0.125)"));
    assert.ok(layer?.rows.some(([name, value]) => name === "fan-in" && value === "64"));
  });

  it("say unknown for what is not known", () => {
    const [rows] = chartFacts(PAYLOADS.get("model")!);
    assert.ok(rows?.rows.some((row) => row[3] === "unknown"));
  });

  it("exist for every chart that shows figures", () => {
    for (const [name, payload] of PAYLOADS) {
      const tables = chartFacts(payload);
      assert.ok(tables.length > 0, name);
      for (const { columns, rows } of tables)
        for (const row of rows) assert.equal(row.length, columns.length, name);
    }
  });
});

describe("text width", () => {
  it("wrapped lines fit, and lose no word", () => {
    const sentence = "ReLU halves the second moment, so He (2015) asks for a variance of 2/fan-in.";
    const lines = wrap(sentence, 200, 12);
    assert.equal(lines.join(" "), sentence);
    assert.ok(lines.length > 1 && lines.every((line) => textWidth(line, 12) <= 200));
  });
});
