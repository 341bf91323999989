import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { mean, std } from "../../../src/init/distributions.js";
import { type Draw, isRefusal } from "../../../src/init/refusal.js";
import type { Distribution } from "../../../src/types.js";

/** A distribution as test/facts/*.json record it. */
export interface Fact {
  readonly kind: string;
  readonly low?: number;
  readonly high?: number;
  readonly mean?: number;
  readonly std?: number;
  readonly value?: number;
  readonly gain?: number;
  readonly mean_param?: number;
  readonly stddev_param?: number;
  readonly nonzero?: number;
}

/** The records of one framework; the caller says which fields it reads. */
export function readFacts<T>(name: string): T {
  return JSON.parse(readFileSync(`test/facts/${name}.json`, "utf8")) as T;
}

export const RELATIVE = 1e-12;

/** Equal to `tolerance` relative; exact zeros must be zeros up to a rounding error of the other figures. */
export function close(
  actual: number | null | undefined,
  expected: number,
  what: string,
  tolerance = RELATIVE,
) {
  assert.equal(typeof actual, "number", `${what}: ${actual} where ${expected} is recorded`);
  const error = Math.abs((actual as number) - expected);
  assert.ok(
    error <= tolerance * Math.abs(expected) || error < 1e-15,
    `${what}: ${actual}, recorded ${expected}`,
  );
}

export function drawn(draw: Draw, what: string): Distribution {
  assert.ok(!isRefusal(draw), `${what} was refused: ${isRefusal(draw) ? draw.message : ""}`);
  return draw;
}

/** Kinds of the facts that the distribution's contract words differently. */
const KINDS = new Map([
  ["dirac", "identity"],
  ["sparse", "unknown"],
  ["delta_orthogonal", "unknown"],
  ["segments", "unknown"],
  ["positive_unitball", "unknown"],
  ["bilinear", "unknown"],
]);

/** Every figure of a recorded distribution, to 1e-12 relative. */
export function assertMatches(draw: Draw, fact: Fact, what: string): void {
  const d = drawn(draw, what);
  assert.equal(d.kind, KINDS.get(fact.kind) ?? fact.kind, what);
  if (fact.std !== undefined) {
    close(std(d), fact.std, `${what} std`);
    close(d.std, fact.std, `${what} stated std`);
  }
  if (d.kind === "uniform" || d.kind === "truncated_normal") {
    close(d.low, fact.low!, `${what} low`);
    close(d.high, fact.high!, `${what} high`);
  }
  if (d.kind === "truncated_normal") {
    close(d.mean, fact.mean_param!, `${what} location`);
    close(d.scale, fact.stddev_param!, `${what} scale`);
  }
  if (d.kind === "constant") close(d.value, fact.value!, `${what} value`);
  if (d.kind === "orthogonal" || d.kind === "identity") close(d.gain, fact.gain ?? 1, `${what} gain`);
  if (fact.mean !== undefined && d.kind !== "unknown") close(mean(d), fact.mean, `${what} mean`);
}
