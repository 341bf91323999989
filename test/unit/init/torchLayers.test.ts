import assert from "node:assert/strict";
import { test } from "node:test";
import { defaultOf } from "../../../src/init/defaults.js";
import { torchFans } from "../../../src/init/fans.js";
import { drawTorch } from "../../../src/init/frameworks/torch.js";
import type { Draw } from "../../../src/init/refusal.js";
import { roleOf } from "../../../src/init/roles.js";
import { scaledByFan } from "../../../src/init/symbolic.js";
import { assertMatches, type Fact, readFacts } from "./facts.js";

interface Parameter {
  readonly name: string;
  readonly shape: readonly number[];
  readonly init: Fact & { readonly distribution: string; readonly source: string };
}

interface LayerFacts {
  readonly layers: readonly {
    readonly expr: string;
    readonly class: string;
    readonly parameters: readonly Parameter[];
  }[];
}

const { layers } = readFacts<LayerFacts>("torch");

/** What torch's reset_parameters calls, by the words of the record. */
const CALLS: readonly [RegExp, (own: Parameter, all: readonly Parameter[], expr: string) => Draw][] = [
  [
    /^kaiming_uniform_\(a=sqrt\(5\)\)/,
    ({ shape }) => drawTorch("kaiming_uniform_", shape, { a: Math.sqrt(5) }),
  ],
  [/fan_in of weight/, (own, all) => scaledByFan("uniform", 1 / 3, fanInBeside(own, all), "")],
  [
    /in1_features/,
    (_, all) => scaledByFan("uniform", 1 / 3, all.find(({ shape }) => shape.length === 3)!.shape[1]!, ""),
  ],
  [/hidden_size/, (_, __, expr) => scaledByFan("uniform", 1 / 3, hiddenSize(expr), "")],
  [/^normal_\(0, 1\)/, ({ shape }) => drawTorch("normal_", shape)],
  [/^xavier_uniform_/, ({ shape }) => drawTorch("xavier_uniform_", shape)],
  [/^xavier_normal_/, ({ shape }) => drawTorch("xavier_normal_", shape)],
  [/^ones_/, ({ shape }) => drawTorch("ones_", shape)],
  [/^zeros_/, ({ shape }) => drawTorch("zeros_", shape)],
  [/^constant_\(0\)/, ({ shape }) => drawTorch("constant_", shape, { val: 0 })],
  [/^constant_\(init\)/, ({ shape, init }) => drawTorch("constant_", shape, { val: init.value! })],
];

/** A bias takes the fan-in of the weight of the same module. */
function fanInBeside({ name }: Parameter, all: readonly Parameter[]): number {
  const weight = all.find((other) => other.name === name.replace(/bias$/, "weight"))!;
  return torchFans(weight.shape)!.fanIn as number;
}

/** The second number of nn.LSTM(10, 20, …), or its keyword. */
function hiddenSize(expr: string): number {
  return Number(/hidden_size=(\d+)/.exec(expr)?.[1] ?? /\(\s*\d+,\s*(\d+)/.exec(expr)![1]);
}

test("every parameter of every recorded torch layer, from what its reset_parameters calls", () => {
  for (const { expr, parameters } of layers) {
    for (const parameter of parameters) {
      const { distribution, source, ...figures } = parameter.init;
      const what = `${expr} ${parameter.name}`;
      const call = CALLS.find(([words]) => words.test(source));
      assert.ok(call, `${what}: no call for "${source}"`);
      assertMatches(call[1](parameter, parameters, expr), { ...figures, kind: distribution }, what);
    }
  }
});

test("the table of defaults agrees, for every layer that is one module", () => {
  let compared = 0;
  for (const { expr, class: path, parameters } of layers) {
    const layer = path.split(".").at(-1)!;
    if (/Sequential|Module|Transformer|Attention|Adaptive|Bilinear/.test(layer)) continue;
    for (const { name, shape, init } of parameters) {
      const role = roleOf({ layer, parameter: name });
      // Biases follow the fan of another weight; recurrent ones the hidden size, as their weights.
      if (role === null || role === "bias") continue;
      const hidden = /^recurrent/.test(role) ? hiddenSize(expr) : null;
      const { distribution, source: _, ...figures } = init;
      const draw = defaultOf("torch", role, { shape, hidden });
      assert.ok(draw, `${expr} ${name} ${role}`);
      if (layer === "PReLU" && init.value !== 0.25) continue;
      assertMatches(draw, { ...figures, kind: distribution }, `${expr} ${name}`);
      compared++;
    }
  }
  assert.ok(compared > 100, `${compared} weights`);
});
