import assert from "node:assert/strict";
import { test } from "node:test";
import { jumpedState, nextState, type State, WordStream } from "../../../src/sample/words.js";
import { chiSquare, chiSquarePValue } from "./chiSquare.js";

const WORDS = 1_000_000;
/** Fixed seeds: a sound generator fails a test at this level once in a million seeds. */
const LEVEL = 1e-6;

/** The authors' C program, in whole numbers of any size. */
function* reference(seed: readonly bigint[]): Generator<bigint> {
  const mask = 0xffffffffn;
  const rotl = (x: bigint, k: bigint) => ((x << k) | (x >> (32n - k))) & mask;
  const s = [...seed] as [bigint, bigint, bigint, bigint];
  for (;;) {
    yield (rotl((s[1] * 5n) & mask, 7n) * 9n) & mask;
    const t = (s[1] << 9n) & mask;
    s[2] ^= s[0];
    s[3] ^= s[1];
    s[1] ^= s[2];
    s[0] ^= s[3];
    s[2] ^= t;
    s[3] = rotl(s[3], 11n);
  }
}

const unsigned = (word: number) => BigInt(word >>> 0);
const scrambled = (s1: number) => {
  const product = Math.imul(s1, 5);
  return Math.imul((product << 7) | (product >>> 25), 9);
};

function words(seed: string, count: number, substream = 0): Uint32Array {
  const stream = new WordStream(seed);
  stream.enter(substream);
  return Uint32Array.from({ length: count }, () => stream.next());
}

test("states follow the published generator", () => {
  // First words from the state 1, 2, 3, 4, as the generator's other implementations record them.
  const expected = [11520, 0, 5927040, 70819200, 2031721600];
  const source = reference([1n, 2n, 3n, 4n]);
  let state: State = [1, 2, 3, 4];
  for (let i = 0; i < 10_000; i++) {
    const word = unsigned(scrambled(state[1]));
    if (i < 4) assert.equal(word, BigInt(expected[i]!));
    assert.equal(word, source.next().value);
    state = nextState(state);
  }
});

test("a stream's words are those of its states, over many buffers", () => {
  const stream = words("a seed", 20_000);
  // The state that the first words imply is found from the words themselves: unscrambling is one to one.
  const unscramble = (word: number) => {
    const rotated = Math.imul(word, 0x38e38e39);
    return Math.imul((rotated >>> 7) | (rotated << 25), 0xcccccccd);
  };
  const [a, b, c, d] = Array.from(stream.subarray(0, 4), unscramble) as [number, number, number, number];
  const state = solveState(a, b, c, d);
  let current: State = state;
  for (const [i, word] of stream.entries()) {
    assert.equal(scrambled(current[1]) >>> 0, word, `word ${i}`);
    current = nextState(current);
  }
});

/** The state whose s1 takes these four values in turn. */
function solveState(a: number, b: number, c: number, d: number): [number, number, number, number] {
  // s1' = s1 ^ s2 ^ s0 and so on are linear: solved by eliminating over the 128 unknown bits.
  const rows: { mask: bigint; value: bigint }[] = [];
  const images = Array.from({ length: 128 }, (_, bit) => {
    let state: State = unit(bit);
    return Array.from({ length: 4 }, () => {
      const s1 = state[1];
      state = nextState(state);
      return s1;
    });
  });
  [a, b, c, d].forEach((observed, time) => {
    for (let bit = 0; bit < 32; bit++) {
      let mask = 0n;
      for (let k = 0; k < 128; k++) if ((images[k]![time]! >>> bit) & 1) mask |= 1n << BigInt(k);
      rows.push({ mask, value: BigInt((observed >>> bit) & 1) });
    }
  });
  const state: [number, number, number, number] = [0, 0, 0, 0];
  for (let k = 0; k < 128; k++) {
    const pivot = rows.findIndex(({ mask }, i) => i >= k && (mask >> BigInt(k)) & 1n);
    assert.ok(pivot >= 0, "four words determine the state");
    [rows[k], rows[pivot]] = [rows[pivot]!, rows[k]!];
    rows.forEach((row, i) => {
      if (i !== k && (row.mask >> BigInt(k)) & 1n) {
        rows[i] = { mask: row.mask ^ rows[k]!.mask, value: row.value ^ rows[k]!.value };
      }
    });
  }
  rows.forEach(({ value }, k) => {
    if (value) state[k >> 5]! |= 1 << (k & 31);
  });
  return state;
}

function unit(bit: number): [number, number, number, number] {
  const state: [number, number, number, number] = [0, 0, 0, 0];
  state[bit >> 5] = 1 << (bit & 31);
  return state;
}

test("a jump is 2⁶⁴ steps", () => {
  // A step is linear over bits: its matrix, squared 64 times, makes 2⁶⁴ steps.
  const toBits = (state: readonly number[]) =>
    state.reduce((bits, word, k) => bits | (unsigned(word) << BigInt(32 * k)), 0n);
  let columns = Array.from({ length: 128 }, (_, bit) => toBits(nextState(unit(bit))));
  const apply = (matrix: readonly bigint[], vector: bigint) => {
    let image = 0n;
    for (let bit = 0; bit < 128; bit++) if ((vector >> BigInt(bit)) & 1n) image ^= matrix[bit]!;
    return image;
  };
  for (let doubling = 0; doubling < 64; doubling++) columns = columns.map((column) => apply(columns, column));
  const start = [0x12345678, -5, 0x7fffffff, 42] as const;
  assert.equal(toBits(jumpedState(start)), apply(columns, toBits(start)));
});

test("substreams differ, and each is the same however it is reached", () => {
  const stream = new WordStream("x");
  stream.enter(1);
  stream.next();
  stream.enter(3);
  assert.deepEqual(
    Uint32Array.from({ length: 100 }, () => stream.next()),
    words("x", 100, 3),
  );
  assert.notDeepEqual(words("x", 100, 3), words("x", 100, 2));
  assert.throws(() => stream.enter(2), /behind/);
});

test("values come out the same one by one and in bulk, whatever other streams draw between", () => {
  const kinds = {
    uniforms: (stream: WordStream) => stream.uniform(),
    normals: (stream: WordStream) => stream.normal(),
  } as const;
  for (const [name, single] of Object.entries(kinds)) {
    const one = new WordStream("u");
    const bulk = new WordStream("u");
    for (const length of [1, 7, 511, 1024, 3, 1022]) {
      const values = bulk[name as keyof typeof kinds](length).slice();
      for (const value of values) assert.equal(value, single(one), name);
    }
  }
});

test("a uniform number is 53 bits of two words, and those within bounds are the normal ones there", () => {
  const [pairs, uniform] = [new WordStream("b"), new WordStream("b")];
  for (let i = 0; i < 2000; i++) {
    const [high, low] = [pairs.next(), pairs.next()];
    assert.equal(uniform.uniform(), ((high >> 5) * 2 ** 26 + (low >>> 6)) * 2 ** -53 + 0.5);
  }
  const [all, within] = [new WordStream("w"), new WordStream("w")];
  for (const value of within.normalsWithin(1000, -1, 0.5)) {
    let z = all.normal();
    while (z < -1 || z > 0.5) z = all.normal();
    assert.equal(value, z);
  }
});

for (const seed of ["0", "1", "", "a long seed with ünicode"]) {
  const made = words(seed, WORDS);

  test(`bytes of "${seed}" are uniform, each of the four and all pairs in a row`, () => {
    for (const shift of [0, 8, 16, 24]) {
      const counts = new Float64Array(256);
      const pairs = new Float64Array(65_536);
      made.forEach((word, i) => {
        const byte = (word >>> shift) & 255;
        counts[byte]! += 1;
        if (i % 2) pairs[byte * 256 + ((made[i - 1]! >>> shift) & 255)]! += 1;
      });
      assert.ok(
        chiSquarePValue(
          chiSquare(counts, () => WORDS / 256),
          255,
        ) > LEVEL,
      );
      assert.ok(
        chiSquarePValue(
          chiSquare(pairs, () => WORDS / 131_072),
          65_535,
        ) > LEVEL,
      );
    }
  });

  test(`gaps between small numbers of "${seed}" are geometric`, () => {
    const GAPS = 60;
    const share = 1 / 16;
    const counts = new Float64Array(GAPS + 1);
    let gap = 0;
    let total = 0;
    for (const word of made) {
      if (word >>> 28 === 0) {
        counts[Math.min(gap, GAPS)]! += 1;
        total++;
        gap = 0;
      } else gap++;
    }
    const expected = (g: number) => total * (g < GAPS ? share * (1 - share) ** g : (1 - share) ** GAPS);
    assert.ok(chiSquarePValue(chiSquare(counts, expected), GAPS) > LEVEL);
  });

  test(`neighbouring substreams of "${seed}" are uncorrelated, bit by bit`, () => {
    const other = words(seed, WORDS, 1);
    for (let lag = 0; lag < 3; lag++) {
      for (let bit = 0; bit < 32; bit++) {
        let equal = 0;
        for (let i = lag; i < WORDS; i++) equal += ~((made[i]! ^ other[i - lag]!) >>> bit) & 1;
        const deviations = (equal - (WORDS - lag) / 2) / Math.sqrt((WORDS - lag) / 4);
        assert.ok(Math.abs(deviations) < 5.5, `bit ${bit}, lag ${lag}: ${deviations} standard errors`);
      }
    }
  });
}
