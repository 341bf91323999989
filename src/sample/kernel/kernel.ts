/**
 * The inner loops of sampling, in AssemblyScript: `npm run kernel` compiles them to WebAssembly, which is the
 * same to the last bit on every machine. `../kernel.ts` loads what it makes.
 *
 * Words come from xoshiro128** 1.1 (Blackman and Vigna, 2021). Standard normal values come from the ziggurat of
 * Marsaglia and Tsang (2000), with layer and position taken from different bits as Doornik (2005) asks, and
 * Marsaglia's (1964) exact tail. The density exp(−x²/2) is covered by LAYERS layers of equal area; layer 0 has
 * the tail.
 */

/** Words made at a time. Even: words are taken in pairs. */
const BUFFER_WORDS: i32 = 1024;
/** Values made at a time: 8 kB, so that they, the words and the counters share the first cache. */
const CHUNK: i32 = 1024;
/** Most cells of a histogram; one place more, as rounding may put a value right at the end of the last. */
const MAX_CELLS: i32 = 65_536;
const LAYERS: i32 = 256;
/** Where the tail begins for 256 layers (Marsaglia and Tsang). */
const TAIL: f64 = 3.6541528853610088;
/** 2⁵¹: a position is an integer of 52 bits with sign. */
const POSITIONS: f64 = 2251799813685248;
/** 2⁻⁵³. */
const UNIT: f64 = 0.25 / POSITIONS;

/** Addresses of what the two sides share. */
export const STATE: usize = memory.data(20, 16);
export const VALUES: usize = memory.data(8 * CHUNK, 16);
export const TOTALS: usize = memory.data(32, 16);
export const CELLS: usize = memory.data(4 * (MAX_CELLS + 1), 16);
const WORDS: usize = memory.data(4 * BUFFER_WORDS, 16);
const ONE: usize = memory.data(8, 16);
/** Right ends of the layers and a 0; x of a position; positions nearer than this are under the density. */
const ENDS: usize = memory.data(8 * (LAYERS + 1), 16);
const HEIGHTS: usize = memory.data(8 * (LAYERS + 1), 16);
const WIDTHS: usize = memory.data(8 * LAYERS, 16);
const INSIDE: usize = memory.data(8 * LAYERS, 16);

/** State before the words of the buffer, and after them. */
let b0: i32, b1: i32, b2: i32, b3: i32;
let s0: i32, s1: i32, s2: i32, s3: i32;
/** Words of the buffer that are taken. */
let taken: i32 = BUFFER_WORDS;

makeLayers();

/** Goes on where the state and the number of words taken say that are written at STATE. */
export function enter(): void {
  s0 = load<i32>(STATE);
  s1 = load<i32>(STATE, 4);
  s2 = load<i32>(STATE, 8);
  s3 = load<i32>(STATE, 12);
  refill();
  taken = load<i32>(STATE, 16);
}

/** Writes to STATE where it stands. */
export function leave(): void {
  store<i32>(STATE, b0);
  store<i32>(STATE, b1, 4);
  store<i32>(STATE, b2, 8);
  store<i32>(STATE, b3, 12);
  store<i32>(STATE, taken, 16);
}

function refill(): void {
  let a = s0,
    b = s1,
    c = s2,
    d = s3;
  b0 = a;
  b1 = b;
  b2 = c;
  b3 = d;
  for (let at = WORDS; at < WORDS + 4 * BUFFER_WORDS; at += 4) {
    store<i32>(at, rotl<i32>(b * 5, 7) * 9);
    const t = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= t;
    d = rotl<i32>(d, 11);
  }
  s0 = a;
  s1 = b;
  s2 = c;
  s3 = d;
  taken = 0;
}

/** The next word. */
export function word(): i32 {
  if (taken === BUFFER_WORDS) refill();
  return load<i32>(WORDS + 4 * taken++);
}

/** The next number in [0, 1), a multiple of 2⁻⁵³: 27 bits of one word and 26 of the next, around ½. */
export function uniform(): f64 {
  const high = word() >> 5;
  const low = <u32>word() >> 6;
  return <f64>(((<i64>high) << 26) | low) * UNIT + 0.5;
}

/** The next standard normal value. */
export function normal(): f64 {
  normals(ONE, ONE + 8);
  return load<f64>(ONE);
}

/**
 * Normal values from the address `at` up to `end`. Of a pair of words the low 8 bits choose the layer, the 24
 * above them and 28 of the second word the position; nearly always it is surely under the density.
 */
function normals(at: usize, end: usize): void {
  while (at < end) {
    if (taken === BUFFER_WORDS) refill();
    const words = WORDS + 4 * taken;
    taken += 2;
    const first = load<i32>(words);
    const layer = (<usize>(first & (LAYERS - 1))) << 3;
    const position = <f64>(((<i64>(first >> 8)) << 28) | (load<u32>(words, 4) >> 4));
    let x = position * load<f64>(WIDTHS + layer);
    if (abs(position) >= load<f64>(INSIDE + layer)) {
      if (layer === 0) x = copysign(normalTail(), x);
      else if (!isUnder(layer, x)) continue;
    }
    store<f64>(at, x);
    at += 8;
  }
}

/** Whether a point at `x`, uniformly high within its layer, is under the density. */
function isUnder(layer: usize, x: f64): bool {
  const bottom = load<f64>(HEIGHTS + layer);
  return bottom + uniform() * (load<f64>(HEIGHTS + layer, 8) - bottom) < density(x);
}

/** A value beyond TAIL. */
function normalTail(): f64 {
  while (true) {
    const beyond = -Math.log1p(-uniform()) / TAIL;
    if (-2 * Math.log1p(-uniform()) >= beyond * beyond) return TAIL + beyond;
  }
}

/** `uniform`, `count` times; at most CHUNK. */
export function fillUniform(count: i32): void {
  const end = VALUES + 8 * count;
  for (let at = VALUES; at < end; ) {
    if (taken === BUFFER_WORDS) refill();
    const room = min((BUFFER_WORDS - taken) >> 1, <i32>((end - at) >> 3));
    fromWords(at, WORDS + 4 * taken, room);
    taken += 2 * room;
    at += 8 * room;
  }
}

/** The numbers of `count` pairs of words, two at a time. */
function fromWords(at: usize, words: usize, count: i32): void {
  const end = at + 8 * (count & ~1);
  for (; at < end; at += 16, words += 16) {
    const four = v128.load(words);
    const high = i32x4.shr_s(v128.shuffle<i32>(four, four, 0, 2, 0, 2), 5);
    const low = i32x4.shr_u(v128.shuffle<i32>(four, four, 1, 3, 1, 3), 6);
    const whole = f64x2.add(
      f64x2.mul(f64x2.convert_low_i32x4_s(high), f64x2.splat(67_108_864)),
      f64x2.convert_low_i32x4_s(low),
    );
    v128.store(at, f64x2.add(f64x2.mul(whole, f64x2.splat(UNIT)), f64x2.splat(0.5)));
  }
  if (count & 1) {
    const high = load<i32>(words) >> 5;
    const low = load<u32>(words, 4) >> 6;
    store<f64>(at, <f64>(((<i64>high) << 26) | low) * UNIT + 0.5);
  }
}

/** `normal`, `count` times; at most CHUNK. */
export function fillNormal(count: i32): void {
  normals(VALUES, VALUES + 8 * count);
}

/** Standard normal values within [low, high], by drawing until one is. */
export function fillWithin(count: i32, low: f64, high: f64): void {
  const end = VALUES + 8 * count;
  let kept = VALUES;
  while (kept < end) {
    const from = kept;
    normals(from, end);
    for (let at = from; at < end; at += 8) {
      const z = load<f64>(at);
      store<f64>(kept, z);
      if (z >= low && z <= high) kept += 8;
    }
  }
}

/** Forgets what was counted. `cells` is how many there are. */
export function clear(cells: i32): void {
  memory.fill(CELLS, 0, 4 * (cells + 1));
  store<f64>(TOTALS, 0);
  store<f64>(TOTALS, 0, 8);
  store<f64>(TOTALS, Infinity, 16);
  store<f64>(TOTALS, -Infinity, 24);
}

/**
 * One pass over the first `count` values z: the cell ⌊(z − low) · density⌋ of each, and Σt, Σt², smallest and
 * largest z, where t = z − centre. Two sums run side by side, those of the even and of the odd places.
 */
export function tally(count: i32, low: f64, density: f64, centre: f64): void {
  const lows = f64x2.splat(low);
  const densities = f64x2.splat(density);
  const centres = f64x2.splat(centre);
  let sums = f64x2.splat(0);
  let squares = f64x2.splat(0);
  let least = f64x2.splat(Infinity);
  let most = f64x2.splat(-Infinity);
  const pairs = VALUES + 8 * (count & ~1);
  for (let at = VALUES; at < pairs; at += 16) {
    const z = v128.load(at);
    const t = f64x2.sub(z, centres);
    sums = f64x2.add(sums, t);
    squares = f64x2.add(squares, f64x2.mul(t, t));
    least = f64x2.pmin(least, z);
    most = f64x2.pmax(most, z);
    const cells = i32x4.trunc_sat_f64x2_s_zero(f64x2.mul(f64x2.sub(z, lows), densities));
    increment(i32x4.extract_lane(cells, 0));
    increment(i32x4.extract_lane(cells, 1));
  }
  let sum = f64x2.extract_lane(sums, 0) + f64x2.extract_lane(sums, 1);
  let square = f64x2.extract_lane(squares, 0) + f64x2.extract_lane(squares, 1);
  let smallest = min(f64x2.extract_lane(least, 0), f64x2.extract_lane(least, 1));
  let largest = max(f64x2.extract_lane(most, 0), f64x2.extract_lane(most, 1));
  if (count & 1) {
    const z = load<f64>(pairs);
    const t = z - centre;
    sum += t;
    square += t * t;
    smallest = min(smallest, z);
    largest = max(largest, z);
    increment(<i32>((z - low) * density));
  }
  store<f64>(TOTALS, load<f64>(TOTALS) + sum);
  store<f64>(TOTALS, load<f64>(TOTALS, 8) + square, 8);
  store<f64>(TOTALS, min(load<f64>(TOTALS, 16), smallest), 16);
  store<f64>(TOTALS, max(load<f64>(TOTALS, 24), largest), 24);
}

function increment(cell: i32): void {
  const at = CELLS + ((<usize>cell) << 2);
  store<i32>(at, load<i32>(at) + 1);
}

function density(x: f64): f64 {
  return Math.exp(-0.5 * x * x);
}

/** Each layer ends where the one below it has the same area left. */
function makeLayers(): void {
  const area = TAIL * density(TAIL) + tailArea(TAIL);
  store<f64>(ENDS, area / density(TAIL));
  store<f64>(ENDS, TAIL, 8);
  for (let at = ENDS + 16; at < ENDS + 8 * LAYERS; at += 8) {
    const last = load<f64>(at - 8);
    store<f64>(at, sqrt(-2 * Math.log(area / last + density(last))));
  }
  store<f64>(ENDS + 8 * LAYERS, 0);
  for (let at: usize = 0; at <= 8 * LAYERS; at += 8) store<f64>(HEIGHTS + at, density(load<f64>(ENDS + at)));
  for (let at: usize = 0; at < 8 * LAYERS; at += 8) {
    const end = load<f64>(ENDS + at);
    store<f64>(WIDTHS + at, end / POSITIONS);
    store<f64>(INSIDE + at, floor((load<f64>(ENDS + at, 8) / end) * POSITIONS));
  }
}

/** ∫ exp(−x²/2) from `r` to ∞, by Laplace's continued fraction; 200 terms are exact from r = 2. */
function tailArea(r: f64): f64 {
  let fraction = r;
  for (let k: f64 = 200; k >= 1; k--) fraction = r + k / fraction;
  return density(r) / fraction;
}
