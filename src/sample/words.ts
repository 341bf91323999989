import seedrandom from "seedrandom";

/**
 * Random 32-bit words: xoshiro128** 1.1 (Blackman and Vigna, "Scrambled linear pseudorandom number
 * generators", 2021), which the authors report to pass TestU01's BigCrush and PractRand. seedrandom turns
 * the seed into its state; seedrandom's own words take twenty times as long.
 *
 * A substream begins 2⁶⁴ words after the one before it (the authors' jump), so no two share a word.
 */
export type State = readonly [number, number, number, number];

/** Words made at a time: 4 kB. Even: words are taken in pairs. */
const BUFFER_WORDS = 1024;
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

/** Words of one substream after another; words are always taken in pairs. */
export class WordStream {
  readonly #words = new Int32Array(BUFFER_WORDS);
  #position = BUFFER_WORDS;
  /** Where the words not yet made begin. */
  #state: State;
  #start: State;
  #substream = 0;

  /** At the beginning of substream 0. */
  constructor(seed: string) {
    this.#start = seedState(seed);
    this.#state = this.#start;
  }

  /** Moves to the beginning of substream `index`; they must be visited in rising order. */
  enter(index: number): void {
    if (index < this.#substream) throw new RangeError(`substream ${index} is behind ${this.#substream}`);
    for (; this.#substream < index; this.#substream++) this.#start = jumpedState(this.#start);
    this.#state = this.#start;
    this.#position = BUFFER_WORDS;
  }

  #refill(): void {
    const words = this.#words;
    let [s0, s1, s2, s3] = this.#state;
    for (let i = 0; i < BUFFER_WORDS; i++) {
      const product = Math.imul(s1, 5);
      words[i] = Math.imul((product << 7) | (product >>> 25), 9);
      const t = s1 << 9;
      s2 ^= s0;
      s3 ^= s1;
      s1 ^= s2;
      s0 ^= s3;
      s2 ^= t;
      s3 = (s3 << 11) | (s3 >>> 21);
    }
    this.#state = [s0, s1, s2, s3];
    this.#position = 0;
  }

  /** The next word, as a signed 32-bit integer. */
  next(): number {
    if (this.#position === BUFFER_WORDS) this.#refill();
    return this.#words[this.#position++]!;
  }

  /** The next number in [0, 1): a multiple of 2⁻⁵³. */
  uniform(): number {
    return toUniform(this.next(), this.next());
  }

  /** Fills the first `length` places of `out` as `uniform` would, one by one. */
  fillUniform(out: Float64Array, length: number): void {
    const waiting = Math.min(length, (BUFFER_WORDS - this.#position) / 2);
    for (let i = 0; i < waiting; i++) out[i] = this.uniform();
    this.#state = fillFrom(this.#state, out, waiting, length);
  }
}

/** Numbers in [0, 1) straight from the words that follow `state`, which saves a way through the memory. */
function fillFrom(state: State, out: Float64Array, from: number, to: number): State {
  // To the compiler a tuple's element may be any number: `| 0` says that it is an integer.
  let s0 = state[0] | 0;
  let s1 = state[1] | 0;
  let s2 = state[2] | 0;
  let s3 = state[3] | 0;
  for (let i = from; i < to; i++) {
    let product = Math.imul(s1, 5);
    const high = Math.imul((product << 7) | (product >>> 25), 9);
    let t = s1 << 9;
    s2 ^= s0;
    s3 ^= s1;
    s1 ^= s2;
    s0 ^= s3;
    s2 ^= t;
    s3 = (s3 << 11) | (s3 >>> 21);
    product = Math.imul(s1, 5);
    const low = Math.imul((product << 7) | (product >>> 25), 9);
    t = s1 << 9;
    s2 ^= s0;
    s3 ^= s1;
    s1 ^= s2;
    s0 ^= s3;
    s2 ^= t;
    s3 = (s3 << 11) | (s3 >>> 21);
    out[i] = toUniform(high, low);
  }
  return [s0, s1, s2, s3];
}

/** A multiple of 2⁻⁵³ in [0, 1): 27 bits of one word and 26 of another, around ½ since words are signed. */
function toUniform(high: number, low: number): number {
  return ((high >> 5) * 0x4000000 + (low >>> 6)) * 2 ** -53 + 0.5;
}
