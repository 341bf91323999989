import assert from "node:assert/strict";
import { test } from "node:test";
import { assertMatches, type Fact, readFacts } from "../../init/facts.js";
import { parametersIn } from "../programs.js";

interface NumpyFacts {
  readonly snippets: readonly {
    readonly source: string;
    readonly variable: string;
    readonly shape: readonly number[];
    readonly distribution: Fact;
  }[];
}

test("every recorded snippet, from its source", () => {
  for (const { source, variable, shape, distribution } of readFacts<NumpyFacts>("numpy").snippets) {
    const { parameters } = parametersIn(`import numpy as np\n${source}\n`, `{"w": ${variable}}`);
    assert.deepEqual(parameters[0]?.shape, shape, source);
    assertMatches(parameters[0]!.current, distribution, source);
  }
});
