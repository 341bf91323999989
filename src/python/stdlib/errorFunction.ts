/** The error function and its complement, to a few units in the last place: what CPython's `math` gives. */

/** Where the series would cancel too many digits and the continued fraction converges fast. */
const SERIES_END = 2;
/** Terms of the continued fraction: enough for full accuracy from `SERIES_END` on. */
const FRACTION_TERMS = 120;

/** erf(x) = 2/√π ∫₀ˣ e^(−t²) dt. */
export function erf(x: number): number {
  const size = Math.abs(x);
  if (Number.isNaN(x)) return x;
  return size < SERIES_END ? series(x) : Math.sign(x) * (1 - upper(size));
}

/** erfc(x) = 1 − erf(x), without losing its digits where it is small. */
export function erfc(x: number): number {
  if (Number.isNaN(x)) return x;
  return x < SERIES_END ? 1 - erf(x) : upper(x);
}

/** 2x/√π · e^(−x²) · Σ (2x²)ⁿ / (1·3·5…(2n+1)): all terms are positive, so nothing cancels. */
function series(x: number): number {
  let term = x;
  let sum = x;
  for (let n = 1; Math.abs(term) > 1e-17 * Math.abs(sum); n++) {
    term *= (2 * x * x) / (2 * n + 1);
    sum += term;
  }
  return (2 / Math.sqrt(Math.PI)) * Math.exp(-x * x) * sum;
}

/** Laplace's continued fraction of erfc, from its end inwards. */
function upper(x: number): number {
  let fraction = x;
  for (let n = FRACTION_TERMS; n > 0; n--) fraction = x + n / 2 / fraction;
  return Math.exp(-x * x) / (Math.sqrt(Math.PI) * fraction);
}
