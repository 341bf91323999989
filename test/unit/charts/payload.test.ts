import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { describe, it } from "node:test";
import Ajv from "ajv";
import fc from "fast-check";
import { MAX_PAYLOAD_BYTES, makePayload, parsePayload, parsePayloadText } from "../../../src/charts/payload";
import { parseToExtension, parseToRenderer } from "../../../src/renderer/protocol";
import { draw, PAYLOADS, uniform } from "../../charts/payloads";

const uniformDraw = draw("drawn", "uniform", uniform(1));
const validates = new Ajv({ strict: false }).compile(
  JSON.parse(readFileSync("docs/payload.schema.json", "utf8")),
);

/** A copy of the uniform histogram's payload with the value at `path` changed. */
function changed(path: string, value: unknown): unknown {
  const copy: object = JSON.parse(JSON.stringify(PAYLOADS.get("histogram-uniform")));
  const keys = path.split(".");
  const owner = keys.slice(0, -1).reduce<object>((inner, key) => Reflect.get(inner, key), copy);
  Reflect.set(owner, keys.at(-1)!, value);
  return copy;
}

describe("parsePayload", () => {
  for (const [name, payload] of PAYLOADS) {
    it(`takes ${name} as it comes from a file, and so does the published schema`, () => {
      const parsed = parsePayloadText(JSON.stringify(payload));
      assert.deepEqual(parsed, { ok: true, value: payload });
      assert.ok(validates(JSON.parse(JSON.stringify(payload))), JSON.stringify(validates.errors));
    });
  }

  const refused: readonly (readonly [string, unknown, RegExp])[] = [
    ["nothing", null, /no data/],
    ["text", "chart", /no data/],
    ["no version", {}, /which version/],
    ["another version", { version: 7 }, /version 7, and this Init Lens reads version 1/],
    ["an unknown chart", { version: 1, chart: "pie" }, /chart should be/],
    ["a missing drawing", changed("draws", []), /draws should be/],
    [
      "a count of text",
      changed("draws.0.result.count", "5"),
      /draws\.0\.result\.count should be number, not "5"/,
    ],
    ["a negative count", changed("draws.0.result.count", -5), /count/],
    ["a fractional count", changed("draws.0.result.count", 0.5), /count/],
    ["too many bins", changed("draws.0.result.histogram.counts", new Array(5000).fill(1)), /counts/],
    ["a long text", changed("layer.name", "x".repeat(1000)), /layer\.name/],
    ["an unknown distribution", changed("draws.0.distribution.kind", "cauchy"), /distribution\.kind/],
  ];
  for (const [name, value, reason] of refused) {
    it(`refuses ${name} with a readable reason, and so does the published schema`, () => {
      const parsed = parsePayload(value);
      assert.equal(parsed.ok, false);
      assert.match(parsed.ok ? "" : parsed.reason, reason);
      assert.match(parsed.ok ? "" : parsed.reason, /^This chart cannot be shown: .*\.$/);
      assert.equal(validates(value), false);
    });
  }

  it("answers anything at all without throwing", () => {
    fc.assert(fc.property(fc.jsonValue(), (value) => typeof parsePayload(value).ok === "boolean"));
    fc.assert(fc.property(fc.string(), (text) => typeof parsePayloadText(text).ok === "boolean"));
  });

  it("drops what the format does not know, also from prototypes", () => {
    const text = JSON.stringify(PAYLOADS.get("histogram-uniform")).replace(
      "{",
      '{"__proto__":{"evil":1},"extra":1,',
    );
    const parsed = parsePayloadText(text);
    assert.deepEqual(parsed, { ok: true, value: PAYLOADS.get("histogram-uniform") });
    assert.equal(Reflect.get({}, "evil"), undefined);
  });

  it("does not read what is too large", () => {
    const parsed = parsePayloadText(" ".repeat(MAX_PAYLOAD_BYTES + 1));
    assert.match(parsed.ok ? "" : parsed.reason, /too large: 2\.0 MB/);
  });
});

describe("makePayload", () => {
  it("writes infinite bounds as the largest numbers", () => {
    const distribution = {
      kind: "truncated_normal",
      mean: 0,
      scale: 1,
      low: 0,
      high: Number.POSITIVE_INFINITY,
    } as const;
    const payload = makePayload({
      version: 1,
      chart: "histogram",
      draws: [{ ...uniformDraw, distribution }],
    });
    assert.ok(payload.chart === "histogram");
    assert.deepEqual(payload.draws[0]!.distribution, { ...distribution, high: Number.MAX_VALUE });
  });

  it("throws on figures that are none", () => {
    const distribution = { kind: "uniform", low: Number.NaN, high: 1 } as const;
    assert.throws(
      () => makePayload({ version: 1, chart: "histogram", draws: [{ ...uniformDraw, distribution }] }),
      /low/,
    );
  });
});

describe("messages", () => {
  it("of any shape are read or ignored, never thrown at", () => {
    fc.assert(
      fc.property(
        fc.jsonValue(),
        (value) => parseToExtension(value) === null && parseToRenderer(value) === null,
      ),
    );
    assert.equal(parseToRenderer({ type: "progress", output: "a", ticket: 1, fraction: 2 }), null);
    assert.deepEqual(parseToExtension({ type: "hello", output: "a", extra: 1 }), {
      type: "hello",
      output: "a",
    });
  });
});

it("docs/payload.schema.json is fresh", () => {
  const { status, stderr } = spawnSync(process.execPath, ["scripts/payloadSchema.mjs", "--check"], {
    encoding: "utf8",
  });
  assert.equal(status, 0, stderr);
});
