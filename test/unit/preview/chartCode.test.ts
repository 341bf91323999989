import assert from "node:assert/strict";
import { test } from "node:test";
import type { Payload } from "../../../src/charts/payload.js";
import { uniform } from "../../../src/init/make.js";
import { isRefusal } from "../../../src/init/refusal.js";
import { chartCode, codeForLayer } from "../../../src/preview/chartCode.js";
import { CHOICES, redrawing } from "../../../src/preview/redrawing.js";
import type { Layer } from "../../../src/types.js";
import { PAYLOADS } from "../../charts/payloads.js";

type Drawn = Extract<Payload, { draws: unknown }>;

/** The chart of a `torch.nn.Linear(784, 256)`, with a reader's choices. */
function chart(choices: Partial<NonNullable<Payload["request"]>> = {}, own: Partial<Drawn> = {}): Drawn {
  const base = PAYLOADS.get("histogram-uniform") as Drawn;
  const request = { scheme: null, framework: "torch", mode: null, activation: null, gain: null };
  return {
    ...base,
    layer: {
      class: "torch.nn.Linear",
      name: "fc",
      framework: "torch",
      parameter: "weight",
      shape: [256, 784],
      fanIn: 784,
      fanOut: 256,
      activation: null,
      site: { file: "model.py", line: 3, column: 6, cell: null },
      why: null,
    },
    ...own,
    request: { ...request, shape: [256, 784], seed: "0", bins: 50, ...choices },
  } as Drawn;
}

const linear: Layer = {
  class: "torch.nn.Linear",
  framework: "torch",
  name: "fc",
  site: { file: "model.py", line: 3, column: 6 },
  parameters: [
    {
      name: "weight",
      layer: "Linear",
      shape: [256, 784],
      fanIn: 784,
      fanOut: 256,
      effectiveFanIn: 784,
      effectiveFanOut: 256,
      default: uniform(-0.1, 0.1),
      current: uniform(-0.1, 0.1),
      steps: [],
    },
  ],
  shapes: 1,
  activation: null,
  recommended: null,
  schemes: [],
  findings: [],
};

test("a chosen scheme is copied as the chosen framework writes it", () => {
  assert.match(chartCode(chart({ scheme: "he_normal" })), /nn\.init\.kaiming_normal_\(fc\.weight, /);
  assert.match(chartCode(chart({ scheme: "he_normal", framework: "keras" })), /he_normal|HeNormal/);
  assert.match(chartCode(chart({ scheme: "glorot_uniform", framework: "numpy" })), /np\.random\.uniform/);
});

test("without a chosen scheme the drawing itself is copied", () => {
  const distribution = uniform(-0.05, 0.05);
  const [draw] = chart().draws;
  const code = chartCode(chart({ framework: "numpy" }, { draws: [{ ...draw!, distribution }] }));
  assert.match(code, /np\.random\.uniform\(-0\.05, 0\.05, size=\(256, 784\)\)/);
});

test("what is applied fills the layer's weight; nothing chosen is nothing to apply", () => {
  const owner = { owner: "model.fc", aliases: new Map([["torch.nn", "nn"]]) };
  const apply = (payload: Payload) => {
    const made = codeForLayer(payload, linear, owner);
    return isRefusal(made) ? made.message : made.code;
  };
  assert.match(apply(chart({ scheme: "he_normal" })), /^nn\.init\.kaiming_normal_\(model\.fc\.weight/);
  assert.match(apply(chart()), /Choose a scheme/);
  assert.match(apply(chart({ scheme: "he_normal", framework: "keras" })), /draws as keras does/);
});

test("every choice offered can be drawn, or its refusal says why", () => {
  for (const { id: scheme } of CHOICES.schemes) {
    for (const { id: framework } of CHOICES.frameworks) {
      try {
        const { draws } = redrawing(chart({ scheme, framework }).request!, chart());
        assert.notEqual(draws[0]!.distribution.kind, "unknown", `${scheme} in ${framework}`);
      } catch (error) {
        assert.ok(error instanceof Error && error.message.length > 10, `${scheme} in ${framework}`);
      }
    }
  }
});

test("the fans are the layer's in whatever framework it is drawn", () => {
  for (const framework of ["torch", "keras", "jax", "caffe", null]) {
    const payload = chart({ scheme: "he_normal", framework });
    for (const layer of [payload.layer!, { ...payload.layer!, fanIn: null, fanOut: null }]) {
      const { draws } = redrawing(payload.request!, { ...payload, layer });
      const { std } = draws[0]!.distribution;
      assert.ok(Math.abs(std! - Math.sqrt(2 / 784)) < 1e-3, `${framework}: ${std}`);
    }
  }
});

test("a mode, a gain and an activation count", () => {
  const std = (choices: Partial<NonNullable<Payload["request"]>>) =>
    redrawing(chart(choices).request!, chart()).draws[0]!.distribution.std!;
  assert.ok(Math.abs(std({ scheme: "he_normal", mode: "fan_out" }) - Math.sqrt(2 / 256)) < 1e-9);
  assert.ok(Math.abs(std({ scheme: "lecun_normal", framework: null, gain: 3 }) - 3 / 28) < 1e-9);
  assert.ok(std({ scheme: "glorot_normal", activation: "tanh" }) > std({ scheme: "glorot_normal" }));
});
