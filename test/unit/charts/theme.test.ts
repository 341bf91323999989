import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { contrast, LIGHT, luminance, makeTheme, mix } from "../../../src/charts/theme";

const type = { font: "sans-serif", fontSize: 12 };
const colour = fc.integer({ min: 0, max: 0xffffff }).map((n) => `#${n.toString(16).padStart(6, "0")}`);
const GROUNDS = ["#ffffff", "#f3f3f3", "#fdf6e3", "#1f1f1f", "#1e1e1e", "#000000", "#002b36", "#272822"];

/**
 * What eyes without one kind of cone see, in linear light: Viénot, Brettel and Mollon 1999 (protan, deutan).
 * Rows of the matrices multiply linear red, green, blue.
 */
const SIGHTS: ReadonlyMap<string, readonly (readonly number[])[]> = new Map([
  [
    "normal",
    [
      [1, 0, 0],
      [0, 1, 0],
      [0, 0, 1],
    ],
  ],
  [
    "protan",
    [
      [0.11238, 0.88762, 0],
      [0.11238, 0.88762, 0],
      [0.00401, -0.00401, 1],
    ],
  ],
  [
    "deutan",
    [
      [0.29275, 0.70725, 0],
      [0.29275, 0.70725, 0],
      [-0.02234, 0.02234, 1],
    ],
  ],
]);

function linear(hex: string): number[] {
  return [1, 3, 5].map((at) => {
    const s = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return s <= 0.04045 ? s / 12.92 : ((s + 0.055) / 1.055) ** 2.4;
  });
}

/** Distance in CIE L*a*b* as seen with one kind of sight. */
function distance(a: string, b: string, sight: readonly (readonly number[])[]): number {
  const lab = (hex: string): number[] => {
    const light = linear(hex);
    const [r = 0, g = 0, bl = 0] = sight.map((row) => row.reduce((sum, k, i) => sum + k * light[i]!, 0));
    const f = (t: number) => (t > 0.008856 ? Math.cbrt(t) : 7.787 * t + 16 / 116);
    const x = f((0.4124 * r + 0.3576 * g + 0.1805 * bl) / 0.95047);
    const y = f(0.2126 * r + 0.7152 * g + 0.0722 * bl);
    const z = f((0.0193 * r + 0.1192 * g + 0.9505 * bl) / 1.08883);
    return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
  };
  const [p, q] = [lab(a), lab(b)];
  return Math.hypot(...p.map((value, i) => value - q[i]!));
}

describe("contrast", () => {
  // Source: the definition and examples of WCAG 2.2, success criterion 1.4.3.
  it("is that of WCAG", () => {
    assert.equal(contrast("#000000", "#ffffff"), 21);
    assert.ok(Math.abs(contrast("#777777", "#ffffff") - 4.48) < 0.005);
    assert.equal(luminance("#ffffff"), 1);
  });

  it("mixing goes from one colour to the other", () => {
    assert.equal(mix("#102030", "#ffffff", 0), "#102030");
    assert.equal(mix("#102030", "#ffffff", 1), "#ffffff");
  });
});

describe("a theme", () => {
  it("carries 4.5 : 1 for text and 3 : 1 for marks on any ground with any text colour", () => {
    fc.assert(
      fc.property(colour, colour, (background, foreground) => {
        const theme = makeTheme(background, foreground, type);
        assert.ok(contrast(theme.foreground, background) >= 4.5);
        assert.ok(contrast(theme.muted, background) >= 4.5);
        for (const hue of theme.series) assert.ok(contrast(hue, background) >= 3);
      }),
      { numRuns: 2_000 },
    );
  });

  for (const ground of GROUNDS) {
    for (const [sight, matrix] of SIGHTS) {
      it(`tells the first three marks apart on ${ground} with ${sight} sight`, () => {
        const [a = "", b = "", c = ""] = makeTheme(
          ground,
          luminance(ground) > 0.3 ? "#222222" : "#dddddd",
          type,
        ).series;
        // 10 is far above what side by side patches need (about 2.3).
        for (const [x, y] of [
          [a, b],
          [a, c],
          [b, c],
        ] as const) {
          assert.ok(distance(x, y, matrix) > 10, `${x} ${y}: ${distance(x, y, matrix).toFixed(1)}`);
        }
      });
    }
  }

  it("of static pictures is a light card", () => assert.equal(LIGHT.background, "#ffffff"));
});
