import seedrandom from "seedrandom";

/**
 * Random 32-bit words: xoshiro128** 1.1 (Blackman and Vigna, "Scrambled linear pseudorandom number
 * generators", 2021), four generators side by side so that a processor can advance them at once.
 *
 * seedrandom turns the seed into the state. Every generator starts 2⁶⁴ words after the one before it
 * (the authors' jump), so no two of the substreams below ever share a word.
 */
const LANES = 4;
/** Words made at a time: 16 kB, half of a processor's first cache. */
const BUFFER_WORDS = 4096;
/** Coefficients of the jump polynomial x^(2⁶⁴) modulo the generator's characteristic polynomial. */
const JUMP = [0x8764000b, 0xf542d2d3, 0x6fa035c3, 0x77f2db5b];

/** State of one generator: four 32-bit words, not all zero. */
type State = readonly [number, number, number, number];

/** The state that a seed, any text, stands for. */
function seedState(seed: string): State {
  const random = seedrandom(seed);
  const state: State = [random.int32(), random.int32(), random.int32(), random.int32()];
  return state.some((word) => word !== 0) ? state : [1, 0, 0, 0];
}

/** The state one step on, without the word it yields. */
function step([s0, s1, s2, s3]: State): State {
  const t = s1 << 9;
  const a = s2 ^ s0;
  const b = s3 ^ s1;
  return [s0 ^ b, s1 ^ a, a ^ t, (b << 11) | (b >>> 21)];
}

/** The state 2⁶⁴ steps on. */
function jump(start: State): State {
  const sum: [number, number, number, number] = [0, 0, 0, 0];
  let state = start;
  for (const coefficients of JUMP) {
    for (let bit = 0; bit < 32; bit++) {
      if (coefficients & (1 << bit)) for (let i = 0; i < 4; i++) sum[i]! ^= state[i]!;
      state = step(state);
    }
  }
  return sum;
}

/** Advances four generators in `state` (word k of lane l at 4k + l) and fills `words`, lanes in turn. */
export type FillWords = (state: Int32Array, words: Int32Array) => void;

const fillWords: FillWords = (state, words) => {
  for (let lane = 0; lane < LANES; lane++) {
    let s0 = state[lane]!;
    let s1 = state[4 + lane]!;
    let s2 = state[8 + lane]!;
    let s3 = state[12 + lane]!;
    for (let i = lane; i < words.length; i += LANES) {
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
    state.set([s0], lane);
    state.set([s1], 4 + lane);
    state.set([s2], 8 + lane);
    state.set([s3], 12 + lane);
  }
};

/** The words of one substream after another. */
export class WordStream {
  readonly #words = new Int32Array(BUFFER_WORDS);
  readonly #state = new Int32Array(4 * LANES);
  #next: State;
  #substream = 0;
  #position = BUFFER_WORDS;

  constructor(seed: string) {
    this.#next = seedState(seed);
  }

  /** Moves to the beginning of substream `index`; they must be visited in rising order. */
  enter(index: number): void {
    if (index < this.#substream) throw new RangeError(`substream ${index} is behind ${this.#substream}`);
    for (; this.#substream < index; this.#substream++) this.#skip();
    for (let lane = 0; lane < LANES; lane++) {
      this.#next.forEach((word, k) => {
        this.#state[4 * k + lane] = word;
      });
      this.#next = jump(this.#next);
    }
    this.#substream++;
    this.#position = BUFFER_WORDS;
  }

  #skip(): void {
    for (let lane = 0; lane < LANES; lane++) this.#next = jump(this.#next);
  }

  #refill(): void {
    fillWords(this.#state, this.#words);
    this.#position = 0;
  }

  /** The next word, as a signed 32-bit integer. */
  next(): number {
    if (this.#position === BUFFER_WORDS) this.#refill();
    return this.#words[this.#position++]!;
  }

  /** The next number in [0, 1): a multiple of 2⁻⁵³. */
  uniform(): number {
    return ((this.next() >>> 5) * 0x4000000 + (this.next() >>> 6)) * 2 ** -53;
  }
}
