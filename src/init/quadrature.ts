/** Gauss–Legendre quadrature: exact for polynomials up to degree 2·ORDER − 1 on every panel. */

const ORDER = 20;
const RULE = legendreRule(ORDER);

/** ∫ f over [low, high], cut into equal panels no wider than `panel`. */
export function integrate(f: (x: number) => number, low: number, high: number, panel = 0.5): number {
  const panels = Math.max(1, Math.ceil((high - low) / panel));
  const half = (high - low) / (2 * panels);
  let total = 0;
  for (let k = 0; k < panels; k++) {
    const centre = low + (2 * k + 1) * half;
    for (const [node, weight] of RULE) total += weight * f(centre + half * node);
  }
  return total * half;
}

/** Nodes and weights on [-1, 1]: roots of the Legendre polynomial, by Newton's method from Tricomi's guess. */
function legendreRule(order: number): readonly (readonly [node: number, weight: number])[] {
  return Array.from({ length: order }, (_, k) => {
    let x = Math.cos((Math.PI * (k + 0.75)) / (order + 0.5));
    let slope = 0;
    for (let step = 0; step < 10; step++) {
      const [value, before] = legendre(order, x);
      slope = (order * (before - x * value)) / (1 - x * x);
      x -= value / slope;
    }
    return [x, 2 / ((1 - x * x) * slope * slope)] as const;
  });
}

/** P_n(x) and P_{n-1}(x). */
function legendre(n: number, x: number): readonly [number, number] {
  let before = 1;
  let value = x;
  for (let k = 2; k <= n; k++) [before, value] = [value, ((2 * k - 1) * x * value - (k - 1) * before) / k];
  return [value, before];
}
