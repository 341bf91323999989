import assert from "node:assert/strict";
import { test } from "node:test";
import * as make from "../../../src/init/make.js";
import { nearestScheme } from "../../../src/init/nearest.js";
import type { Distribution } from "../../../src/types.js";
import { close, type Fact, readFacts } from "./facts.js";

interface NumpyFacts {
  readonly snippets: readonly {
    readonly source: string;
    readonly fan: readonly [number, number] | null;
    readonly distribution: Fact;
    readonly closest_scheme: string | null;
  }[];
}

function fromFact(fact: Fact): Distribution {
  switch (fact.kind) {
    case "uniform":
      return make.uniform(fact.low!, fact.high!);
    case "normal":
      return make.normal(fact.mean!, fact.std!);
    case "constant":
      return make.constant(fact.value!);
    case "orthogonal":
      return { kind: "orthogonal", gain: fact.gain!, std: fact.std! };
    default:
      return make.identity(fact.gain!, null, null);
  }
}

test("every recorded NumPy line is recognised as the scheme it is", () => {
  for (const { source, fan, distribution, closest_scheme } of readFacts<NumpyFacts>("numpy").snippets) {
    const nearest = nearestScheme(fromFact(distribution), {
      fanIn: fan?.[0] ?? null,
      fanOut: fan?.[1] ?? null,
    });
    // Chosen numbers and laws without a name are no scheme of those fans.
    if (closest_scheme === null || closest_scheme.startsWith("random_")) {
      assert.ok(nearest === null || nearest.factor !== 1, source);
    } else {
      assert.equal(nearest?.scheme, closest_scheme, source);
      assert.equal(nearest.factor, 1, source);
    }
  }
});

test("a corrected truncated normal is the scheme its std says", () => {
  const fans = { fanIn: 64, fanOut: 32 };
  assert.equal(
    nearestScheme(make.correctedTruncatedNormal(Math.sqrt(2 / 64)), fans)?.text,
    "He normal for fan-in 64",
  );
  assert.equal(nearestScheme(make.symmetricUniform(1 / 8), fans)?.scheme, "torch_default");
});

test("what is no scheme is told with its factor, what cannot be named is null", () => {
  const fans = { fanIn: 64, fanOut: 32 };
  const nearest = nearestScheme(make.normal(0, Math.sqrt(8 / 64)), fans);
  assert.equal(nearest?.scheme, "he_normal");
  close(nearest.factor, 4, "factor");
  assert.equal(nearest.text, "4 times the variance of He normal for fan-in 64");
  assert.equal(nearestScheme(make.uniform(0, 1), fans), null);
  assert.equal(nearestScheme(make.normal(0, 1), { fanIn: null, fanOut: "n" }), null);
  assert.equal(nearestScheme(make.unknown("copy_"), fans), null);
});
