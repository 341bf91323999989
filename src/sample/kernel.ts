import { KERNEL } from "./generated/kernel.js";

/**
 * The inner loops of sampling as WebAssembly (`kernel/kernel.ts`): of a thread there is one, so what it draws
 * is used, or copied, before anything else is drawn.
 */
export interface Kernel {
  /** Goes on where `state` says: four words of state, and how many words after them are taken. */
  enter(): void;
  /** Writes to `state` where it stands. */
  leave(): void;
  /** The next word, as a signed 32-bit integer. */
  word(): number;
  /** The next number in [0, 1): a multiple of 2⁻⁵³. */
  uniform(): number;
  /** The next standard normal value. */
  normal(): number;
  /** The same into `values`, `count` of them, at most CHUNK. */
  fillUniform(count: number): void;
  fillNormal(count: number): void;
  /** Standard normal values within [low, high], which should hold a good part of all. */
  fillWithin(count: number, low: number, high: number): void;
  /** Forgets what was counted, in this many cells. */
  clear(cells: number): void;
  /** Counts the first `count` of `values` z in the cells ⌊(z − low) · density⌋ and adds them to `totals`. */
  tally(count: number, low: number, density: number, centre: number): void;
  readonly state: Int32Array;
  readonly values: Float64Array;
  /** Σt and Σt², where t = z − centre, the smallest and the largest z. */
  readonly totals: Float64Array;
  readonly cells: Int32Array;
}

type Functions = Omit<Kernel, "state" | "values" | "totals" | "cells">;
type Addresses = Readonly<Record<"STATE" | "VALUES" | "TOTALS" | "CELLS", { readonly value: number }>>;
type Exports = Functions & Addresses & { readonly memory: { readonly buffer: ArrayBuffer } };

/** Every engine has these; the core's types name no engine. */
declare const WebAssembly: {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object) => { readonly exports: unknown };
};
declare function atob(base64: string): string;

/** Values made at a time: 8 kB, so that they, the words and the counters share the first cache. */
export const CHUNK = 1024;
/** One place more than a histogram's cells: rounding may put a value right at the end of the last. */
const MAX_CELLS = 65_537;

let loaded: Kernel | undefined;

/** This thread's kernel. */
export function kernel(): Kernel {
  loaded ??= load();
  return loaded;
}

function load(): Kernel {
  const bytes = Uint8Array.from(atob(KERNEL), (byte) => byte.charCodeAt(0));
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(bytes));
  const { memory, STATE, VALUES, TOTALS, CELLS, ...functions } = exports as Exports;
  return {
    ...functions,
    state: new Int32Array(memory.buffer, STATE.value, 5),
    values: new Float64Array(memory.buffer, VALUES.value, CHUNK),
    totals: new Float64Array(memory.buffer, TOTALS.value, 4),
    cells: new Int32Array(memory.buffer, CELLS.value, MAX_CELLS),
  };
}
