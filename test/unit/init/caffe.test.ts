import assert from "node:assert/strict";
import { test } from "node:test";
import { caffeFans } from "../../../src/init/fans.js";
import { bilinearRow, drawCaffe, unitballStd } from "../../../src/init/frameworks/caffe.js";
import type { Arguments } from "../../../src/init/frameworks/table.js";
import { isRefusal } from "../../../src/init/refusal.js";
import { assertMatches, close, type Fact, readFacts } from "./facts.js";

interface CaffeFacts {
  readonly fillers: readonly {
    readonly filler: string;
    readonly type: string;
    readonly params: Arguments;
    readonly blob_shape: readonly number[];
    readonly fan: readonly number[];
    readonly distribution: Fact & { readonly row?: readonly number[]; readonly std_approx?: number };
  }[];
}

test("every recorded Caffe filler", () => {
  for (const { filler, type, params, blob_shape, fan, distribution } of readFacts<CaffeFacts>("caffe")
    .fillers) {
    const what = `${filler} on [${blob_shape}]`;
    assertMatches(drawCaffe(type, blob_shape, params), distribution, what);
    const { fanIn, fanOut } = caffeFans(blob_shape);
    assert.deepEqual([fanIn, fanOut], fan, what);
    const { row, std_approx } = distribution;
    for (const [k, value] of (row ? bilinearRow(row.length) : []).entries()) close(value, row![k]!, what);
    // The recorded figure leaves out the spread of the sum, of order 1/n.
    if (std_approx) close(unitballStd(fan[0]!), std_approx, what, 3 / fan[0]!);
  }
});

test("the std of a positive unitball is exact where it is known", () => {
  // U₁ / (U₁ + U₂) has second moment 1 - ln 2 for n = 2.
  close(unitballStd(2), Math.sqrt(1 - Math.LN2 - 1 / 4), "n = 2", 1e-10);
  assert.equal(unitballStd(1), 0);
});

test("what Caffe refuses is refused", () => {
  assert.ok(isRefusal(drawCaffe("xavier", [8, 8], { variance_norm: "FAN_SUM" })));
  assert.ok(isRefusal(drawCaffe("bilinear", [8, 8])));
  assert.ok(isRefusal(drawCaffe("bilinear", [1, 1, 4, 5])));
  assert.ok(isRefusal(drawCaffe("he_normal", [8, 8])));
});
