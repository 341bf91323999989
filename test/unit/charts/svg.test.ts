import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { chartBundle } from "../../../src/charts/bundle";
import { chartAnswer, STATIC } from "../../../src/charts/chart";
import { makePayload, PAYLOAD_MIME, type Payload, parsePayload } from "../../../src/charts/payload";
import { chartSvg } from "../../../src/charts/svg";
import { draw, normal, PAYLOADS, truncated, uniform } from "../../charts/payloads";

const ELEMENTS = new Set([
  "svg",
  "title",
  "desc",
  "g",
  "path",
  "rect",
  "line",
  "text",
  "tspan",
  "defs",
  "clipPath",
  "linearGradient",
  "stop",
]);
const ATTRIBUTES = new Set(
  "xmlns width height viewBox role font-family font-size font-weight font-style fill fill-opacity stroke stroke-width stroke-dasharray stroke-opacity stroke-miterlimit stroke-linejoin stroke-linecap opacity transform d x y x1 x2 y1 y2 dy id clip-path text-anchor offset stop-color".split(
    " ",
  ),
);

/** Every tag of an XML text, with its attributes; throws where tags do not nest. */
function tags(xml: string): { name: string; attributes: Map<string, string> }[] {
  const open: string[] = [];
  const found: { name: string; attributes: Map<string, string> }[] = [];
  for (const [, slash, name = "", rest = "", self] of xml.matchAll(
    /<(\/?)([a-zA-Z]+)((?: [a-zA-Z0-9:-]+="[^"<]*")*)(\/?)>/g,
  )) {
    if (slash) assert.equal(open.pop(), name);
    else {
      const pairs = [...rest.matchAll(/ ([a-zA-Z0-9:-]+)="([^"]*)"/g)].map(
        ([, key = "", value = ""]) => [key, value] as const,
      );
      found.push({ name, attributes: new Map(pairs) });
      if (!self) open.push(name);
    }
  }
  assert.deepEqual(open, []);
  assert.equal(
    xml.match(/</g)?.length,
    [...xml.matchAll(/<\/?[a-zA-Z]+(?: [a-zA-Z0-9:-]+="[^"<]*")*\/?>/g)].length,
  );
  return found;
}

/** As large as the format lets a chart be. */
const LARGEST: readonly (readonly [string, Payload])[] = [
  [
    "4,096 bins",
    makePayload({ version: 1, chart: "histogram", draws: [draw("drawn", "fine", normal(1), 20_000, 4096)] }),
  ],
  [
    "8 schemes",
    makePayload({
      version: 1,
      chart: "schemes",
      draws: Array.from({ length: 8 }, (_, i) =>
        draw("drawn", `a scheme with quite a long name ${i}`, truncated(i + 1), 5_000, 400),
      ),
    }),
  ],
  [
    "2,000 parameters",
    makePayload({
      version: 1,
      chart: "model",
      rows: Array.from({ length: 2_000 }, (_, i) => ({
        name: `model.decoder.layers.${i}.self_attn.in_proj_weight`,
        default: 0.01 * (i + 1),
        current: 0.02 * (i + 1),
        recommended: 0.03 * (i + 1),
        histogram: draw("drawn", "", normal(1), 300, 60).result.histogram,
      })),
    }),
  ],
  [
    "4,096 cells",
    makePayload({
      version: 1,
      chart: "matrix",
      shape: [64, 64],
      columns: 64,
      values: Array.from({ length: 4096 }, (_, i) => Math.sin(i * i)),
    }),
  ],
  [
    "4,096 biases",
    makePayload({
      version: 1,
      chart: "bias",
      groups: [],
      values: Array.from({ length: 4096 }, (_, i) => Math.sin(i * i)),
    }),
  ],
  [
    "2,000 layers",
    makePayload({
      version: 1,
      chart: "signal",
      layers: Array.from({ length: 2_000 }, (_, i) => ({
        name: `l${i}`,
        forwardStd: 1 + Math.sin(i) ** 2,
        backwardStd: 0.999 ** i,
      })),
    }),
  ],
  [
    "1,024 singular values",
    makePayload({
      version: 1,
      chart: "singular",
      shape: [1024, 4096],
      std: 0.02,
      values: Array.from({ length: 1024 }, (_, i) => 1 + i / 1024),
    }),
  ],
];

for (const [name, payload] of [...PAYLOADS, ...LARGEST]) {
  it(`${name} is small and stands alone`, async () => {
    const svg = await chartSvg(payload);
    assert.ok(Buffer.byteLength(svg) < 30_000, `${Buffer.byteLength(svg)} bytes`);
    const [root, title, description, ground] = tags(svg);
    for (const { name: element, attributes } of tags(svg)) {
      assert.ok(ELEMENTS.has(element), `<${element}>`);
      for (const [key, value] of attributes) {
        assert.ok(ATTRIBUTES.has(key), `${element} ${key}="${value}"`);
        if (key !== "xmlns") assert.doesNotMatch(value, /https?:|javascript:|data:/);
      }
    }
    assert.equal(root?.attributes.get("role"), "img");
    assert.equal(root?.attributes.get("xmlns"), "http://www.w3.org/2000/svg");
    assert.deepEqual([title?.name, description?.name, ground?.name], ["title", "desc", "rect"]);
    assert.equal(ground?.attributes.get("width"), root?.attributes.get("width"));
    assert.equal(ground?.attributes.get("height"), root?.attributes.get("height"));
    assert.match(ground?.attributes.get("fill") ?? "", /^#[0-9a-f]{6}$/);
    const said = /<desc>(.*?)<\/desc>/
      .exec(svg)?.[1]
      ?.replace(/&quot;/g, '"')
      .replace(/&lt;/g, "<")
      .replace(/&gt;/g, ">")
      .replace(/&amp;/g, "&");
    assert.equal(said, chartAnswer(payload));
  });
}

describe("text in a picture", () => {
  const label = `</desc><script>x()</script> "q" & 0.123456 style="x" class="y"`;
  const payload = makePayload({
    version: 1,
    chart: "histogram",
    draws: [draw("drawn", label, uniform(0.123456))],
  });

  it("is neither markup nor shortened by the tidying of attributes", async () => {
    const svg = await chartSvg(payload);
    assert.ok(!svg.includes("<script"));
    const text = svg.slice(svg.indexOf("</desc>")).replace(/<[^>]*>/g, " ");
    for (const part of ["0.123456", 'style="x"', 'class="y"', "&lt;script&gt;", "U(±0.1235)"]) {
      assert.ok(text.includes(part), `${part} is not in ${text}`);
    }
  });
});

it("small histograms of an overview stand in their rows, as high as their counts", async () => {
  const histogram = { low: -1, high: 1, counts: [1, 2, 4, 2] };
  const row = { default: 0.02, current: 0.02, recommended: 0.05, histogram };
  const rows = [
    { ...row, name: "first" },
    { ...row, name: "second" },
  ];
  const svg = await chartSvg(makePayload({ version: 1, chart: "model", rows }));
  const bars = [...svg.matchAll(/M([\d.]+),([\d.]+)h[\d.]+v([\d.]+)h-/g)].map((found) =>
    found.slice(1).map(Number),
  );
  const own = bars.filter(([x]) => x! > 0);
  const height = 0.84 * 20;
  for (const [i, [, top, tall]] of own.entries()) {
    const wanted = (height * histogram.counts[i % 4]!) / 4;
    assert.ok(Math.abs(tall! - wanted) < 0.2, `${tall} instead of ${wanted}`);
    assert.ok(
      Math.abs(top! + tall! - 20 * (Math.floor(i / 4) + 0.92)) < 0.2,
      `a bar ends at ${top! + tall!}`,
    );
  }
  assert.equal(own.length, 8);
});

describe("the output bundle", () => {
  it("has the four types, richest first, and no text/html", async () => {
    const payload = PAYLOADS.get("histogram-uniform")!;
    const bundle = await chartBundle(payload);
    assert.deepEqual(Object.keys(bundle), [
      PAYLOAD_MIME,
      "application/vnd.vegalite.v5+json",
      "image/svg+xml",
      "text/plain",
    ]);
    assert.deepEqual(parsePayload(JSON.parse(JSON.stringify(bundle[PAYLOAD_MIME]))), {
      ok: true,
      value: payload,
    });
    assert.equal(
      bundle["application/vnd.vegalite.v5+json"].$schema,
      "https://vega.github.io/schema/vega-lite/v5.json",
    );
    assert.match(
      bundle["text/plain"],
      /^What values will fc1\.weight start with\? PyTorch default, U\(±0\.125\): 2,048 values, std 0\.07\d+ \(exact 0\.0722\)\.$/,
    );
  });
});

describe("a picture is no wider than it was asked for", () => {
  for (const [name, payload] of PAYLOADS) {
    for (const width of [340, 380, 480, 640]) {
      it(`${name}, ${width} pixels`, async () => {
        const drawn = await chartSvg(payload, { ...STATIC, width });
        const [, own] = /<svg[^>]* width="([\d.]+)"/.exec(drawn)!;
        assert.ok(Number(own) <= width, `${own} pixels`);
      });
    }
  }
});
