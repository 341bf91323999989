import seedrandom from "seedrandom";
import { type Kernel, kernel } from "./kernel.js";

/**
 * Random 32-bit words: xoshiro128** 1.1 (Blackman and Vigna, "Scrambled linear pseudorandom number
 * generators", 2021), which the authors report to pass TestU01's BigCrush and PractRand. seedrandom turns
 * the seed into its state; seedrandom's own words take twenty times as long.
 *
 * A substream begins 2⁶⁴ words after the one before it (the authors' jump), so no two share a word.
 */
export type State = readonly [number, number, number, number];

/** Coefficients of x^(2⁶⁴) modulo the generator's characteristic polynomial. */
const JUMP = [0x8764000b, 0xf542d2d3, 0x6fa035c3, 0x77f2db5b];

/** The state that a seed, any text, stands for; not all zero. */
function seedState(seed: string): State {
  // seedrandom repeats a short seed until its key is full, so that 1 and 11 would be the same: not with the length.
  const random = seedrandom(`${seed.length} ${seed}`);
  const state: State = [random.int32(), random.int32(), random.int32(), random.int32()];
  return state.some((word) => word !== 0) ? state : [1, 0, 0, 0];
}

/** The state one word on. */
export function nextState([s0, s1, s2, s3]: State): State {
  const a = s2 ^ s0;
  const b = s3 ^ s1;
  return [s0 ^ b, s1 ^ a, a ^ (s1 << 9), (b << 11) | (b >>> 21)];
}

/** The state 2⁶⁴ words on. */
export function jumpedState(start: State): State {
  const sum: [number, number, number, number] = [0, 0, 0, 0];
  let state = start;
  for (const coefficients of JUMP) {
    for (let bit = 0; bit < 32; bit++) {
      if (coefficients & (1 << bit)) for (let i = 0; i < 4; i++) sum[i]! ^= state[i]!;
      state = nextState(state);
    }
  }
  return sum;
}

/**
 * Words of one substream after another, and the values made of them; words are always taken in pairs.
 * The thread's kernel makes them for one stream at a time: another that draws puts the first one by.
 */
export class WordStream {
  static #drawing: WordStream | undefined;
  /** Where to go on: a state, and how many words after it are taken. */
  #place: Int32Array;
  #start: State;
  #substream = 0;

  /** At the beginning of substream 0. */
  constructor(seed: string) {
    this.#start = seedState(seed);
    this.#place = Int32Array.of(...this.#start, 0);
  }

  /** Moves to the beginning of substream `index`; they must be visited in rising order. */
  enter(index: number): void {
    if (index < this.#substream) throw new RangeError(`substream ${index} is behind ${this.#substream}`);
    for (; this.#substream < index; this.#substream++) this.#start = jumpedState(this.#start);
    this.#place = Int32Array.of(...this.#start, 0);
    if (WordStream.#drawing === this) WordStream.#drawing = undefined;
  }

  #kernel(): Kernel {
    const shared = kernel();
    if (WordStream.#drawing !== this) {
      const before = WordStream.#drawing;
      if (before) before.#putBy(shared);
      shared.state.set(this.#place);
      shared.enter();
      WordStream.#drawing = this;
    }
    return shared;
  }

  #putBy(shared: Kernel): void {
    shared.leave();
    this.#place = shared.state.slice();
  }

  /** The next word, as a signed 32-bit integer. */
  next(): number {
    return this.#kernel().word();
  }

  /** The next number in [0, 1): a multiple of 2⁻⁵³. */
  uniform(): number {
    return this.#kernel().uniform();
  }

  /** The next standard normal value. */
  normal(): number {
    return this.#kernel().normal();
  }

  /** `uniform`, `count` times, at most CHUNK: a view of the kernel's memory, good until the next draw. */
  uniforms(count: number): Float64Array {
    const shared = this.#kernel();
    shared.fillUniform(count);
    return shared.values.subarray(0, count);
  }

  /** `normal`, `count` times, likewise. */
  normals(count: number): Float64Array {
    const shared = this.#kernel();
    shared.fillNormal(count);
    return shared.values.subarray(0, count);
  }

  /** The next `count` normal values within [low, high], which should hold a good part of all, likewise. */
  normalsWithin(count: number, low: number, high: number): Float64Array {
    const shared = this.#kernel();
    shared.fillWithin(count, low, high);
    return shared.values.subarray(0, count);
  }
}
