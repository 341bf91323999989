/** A thousand outputs that want to run a script, load something, or freeze the editor. */
import { PAYLOAD_MIME } from "../../src/charts/payload";
import { PAYLOADS } from "../charts/payloads";

const VEGA_LITE = ["application/vnd.vegalite.v6.json", "application/vnd.vegalite.v6+json"];
const ELSEWHERE = "https://attacker.example/pixel.png";

/** Text that would run, or load, if it ever became markup, an address or code. */
const TEXTS = [
  "<script>pwned()</script>",
  "<img src=x onerror=pwned()>",
  `<img src="${ELSEWHERE}">`,
  "<svg onload=pwned()>",
  "javascript:pwned()",
  "data:text/html,<script>pwned()</script>",
  ELSEWHERE,
  "]]><script>pwned()</script>",
  '"><script>pwned()</script>',
  "' onmouseover='pwned()",
  "{{constructor.constructor('pwned()')()}}",
  "$" + "{pwned()}",
  "constructor",
  "__proto__",
  "\u202e\u0000\ud800",
  "a".repeat(250),
  "url(https://attacker.example/x)",
  "expression(pwned())",
  "</title><script>pwned()</script>",
  "&lt;script&gt;pwned()&lt;/script&gt;",
];

/** Expressions that climb to a function, loop, or grow. */
const EXPRESSIONS = [
  "pwned()",
  "window.pwned()",
  "datum.constructor.constructor('pwned()')()",
  "datum['__proto__']['polluted'] = 1",
  "event.view.pwned()",
  "event.target.ownerDocument.defaultView.pwned()",
  "item.mark.group.context.dataflow._el.ownerDocument.defaultView.pwned()",
  "{toString: datum.constructor}.toString('pwned()')",
  "[].map.constructor('pwned()')()",
  "sequence(1e9)",
  "length(sequence(0, 1e12, 1))",
  "pad('', 1e9, 'x')",
  "format(1, '99999999d')",
  "test(/(a+)+$/, 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!')",
  "test(regexp('(a+)+$'), 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!')",
  "replace('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!', regexp('(a|a)*$'), 'pwned')",
  "split('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!', regexp('(a|a)*$'))",
  "join(sequence(9999), join(sequence(9999), 'x'))",
  "warn(pwned)",
  "'<img src=x onerror=pwned()>'",
];

type Json = unknown;
interface Output {
  readonly mime: string;
  readonly text: string;
}

/** Every output, by a name that says what it tries. */
export function hostileOutputs(): [string, Output][] {
  return [...payloads(), ...specs(), ...broken()];
}

/** Each kind of chart with each text in every string it has, and with figures out of range. */
function* payloads(): Generator<[string, Output]> {
  for (const [name, payload] of PAYLOADS) {
    for (const text of TEXTS) {
      const filled = JSON.parse(JSON.stringify(payload), (key, value) =>
        typeof value === "string" && !["chart", "kind", "role"].includes(key) ? text : value,
      );
      yield [
        `${name} filled with ${text.slice(0, 30)}`,
        { mime: PAYLOAD_MIME, text: JSON.stringify(filled) },
      ];
    }
    for (const value of [1e308, -1e308, 5e-324, "NaN", null, [], {}, -1, 0]) {
      const wrong = JSON.parse(JSON.stringify(payload), (key, old) =>
        typeof old === "number" && key !== "version" ? value : old,
      );
      yield [
        `${name} with all figures ${JSON.stringify(value)}`,
        { mime: PAYLOAD_MIME, text: JSON.stringify(wrong) },
      ];
    }
    const raw = JSON.stringify(payload);
    yield [`${name} cut off`, { mime: PAYLOAD_MIME, text: raw.slice(0, raw.length / 2) }];
    yield [`${name} with NaN`, { mime: PAYLOAD_MIME, text: raw.replace(/\d+\.\d+/, "NaN") }];
    yield [
      `${name} with a polluting key`,
      {
        mime: PAYLOAD_MIME,
        text: raw.replace("{", '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},'),
      },
    ];
  }
}

const VALUES = [
  { a: 1, b: 2, c: "x", d: "2020-01-01" },
  { a: 3, b: 5, c: "y", d: "2300-01-01" },
];

function chart(extra: Readonly<Record<string, Json>>): Record<string, Json> {
  return {
    data: { values: VALUES },
    mark: "bar",
    encoding: { x: { field: "a", type: "quantitative" }, y: { field: "b", type: "quantitative" } },
    ...extra,
  };
}

/** Specifications of another's making: scripts, addresses, expressions, things without end. */
function* specs(): Generator<[string, Output]> {
  const shapes: Record<string, (text: string) => Record<string, Json>> = {
    title: (text) => chart({ title: text, description: text, name: text }),
    href: (href) =>
      chart({ mark: { type: "bar", href }, encoding: { x: { field: "a" }, href: { value: href } } }),
    "href by field": (url) =>
      chart({
        data: { values: [{ a: 1, url }] },
        encoding: { x: { field: "a" }, href: { field: "url" }, url: { field: "url" } },
      }),
    image: (url) => chart({ mark: { type: "image", url, width: 50, height: 50 } }),
    "image channel": (url) => chart({ mark: "image", encoding: { url: { value: url } } }),
    "data address": (url) => chart({ data: { url } }),
    "data format": (url) => chart({ data: { url, format: { type: "topojson", feature: url } } }),
    "lookup address": (url) =>
      chart({ transform: [{ lookup: "a", from: { data: { url }, key: "a", fields: ["b"] } }] }),
    tooltip: (text) => chart({ encoding: { x: { field: "a" }, tooltip: { value: text } } }),
    "text mark": (text) => chart({ mark: "text", encoding: { text: { value: text } } }),
    font: (font) =>
      chart({ config: { font, style: { cell: { fill: font, stroke: font } } }, background: font }),
    colour: (colour) => chart({ mark: { type: "bar", color: colour, cursor: colour, fill: colour } }),
    shape: (shape) => chart({ mark: { type: "point", shape } }),
    input: (text) =>
      chart({
        params: [
          { name: "p", value: 1, bind: { input: "select", options: [text, 1], name: text, element: text } },
        ],
      }),
    "input type": (input) =>
      chart({ params: [{ name: "p", value: input, bind: { input, element: "body" } }] }),
    usermeta: (url) => chart({ usermeta: { embedOptions: { loader: url, patch: url, sourceHeader: url } } }),
    "field name": (field) => chart({ encoding: { x: { field }, y: { field: `datum.${field}` } } }),
    "data name": (name) => chart({ data: { name }, datasets: { [name]: VALUES } }),
  };
  for (const [shape, make] of Object.entries(shapes)) {
    for (const [i, text] of TEXTS.entries()) {
      yield [`${shape}: ${text.slice(0, 30)}`, vegaLite(make(text), i)];
    }
  }
  const places: Record<string, (expression: string) => Record<string, Json>> = {
    calculate: (e) => chart({ transform: [{ calculate: e, as: "b" }] }),
    filter: (e) => chart({ transform: [{ filter: e }] }),
    "parameter expression": (expr) =>
      chart({ params: [{ name: "p", expr }], title: { text: { expr: "p" } } }),
    "mark property": (expr) => chart({ mark: { type: "bar", opacity: { expr } } }),
    "axis label": (labelExpr) =>
      chart({
        encoding: { x: { field: "a", type: "quantitative", axis: { labelExpr } }, y: { field: "b" } },
      }),
    "signal width": (signal) => chart({ width: { signal } }),
    condition: (test) =>
      chart({ encoding: { x: { field: "a" }, color: { condition: { test, value: "red" }, value: "blue" } } }),
    "update on event": (update) =>
      chart({ params: [{ name: "p", value: 0, on: [{ events: "timer{1}", update }] }] }),
  };
  for (const [place, make] of Object.entries(places)) {
    for (const [i, expression] of EXPRESSIONS.entries()) {
      yield [`${place}: ${expression.slice(0, 40)}`, vegaLite(make(expression), i)];
    }
  }
  for (const [name, spec] of endless()) yield [name, vegaLite(spec, 0)];
}

/** What would take forever, or all memory. */
function endless(): [string, Record<string, Json>][] {
  const x = (axis: Record<string, Json>) =>
    chart({ encoding: { x: { field: "a", ...axis }, y: { field: "b" } } });
  const quantitative = (extra: Record<string, Json>) => x({ type: "quantitative", ...extra });
  const many = Array.from({ length: 1_000 }, (_, i) => `f${i}`);
  const nested = (depth: number): Json => (depth === 0 ? chart({}) : { hconcat: [nested(depth - 1)] });
  let grown = "datum.c";
  for (let i = 0; i < 12; i++) grown = `(${grown}+${grown})`;
  const doubling = Array.from({ length: 40 }, () => ({ calculate: "[datum.c, datum.c]", as: "c" }));
  return [
    ["sequence", chart({ data: { sequence: { start: 0, stop: 1e9 } } })],
    ["sequence of tiny steps", chart({ data: { sequence: { start: 0, stop: 1, step: 1e-12 } } })],
    ["endless sequence", chart({ data: { sequence: { start: 0, stop: 1, step: 0 } } })],
    ["many ticks", quantitative({ axis: { tickCount: 1e9 } })],
    ["ticks of a millisecond", x({ field: "d", type: "temporal", axis: { tickCount: "millisecond" } })],
    [
      "ticks by interval",
      x({ field: "d", type: "temporal", axis: { tickCount: { interval: "second", step: 1 } } }),
    ],
    [
      "nice by interval",
      x({ field: "d", type: "temporal", scale: { nice: { interval: "millisecond", step: 1 } } }),
    ],
    ["many bins", quantitative({ bin: { maxbins: 1e9 } })],
    ["narrow bins", quantitative({ bin: { step: 1e-9 } })],
    [
      "narrow bins of large data",
      chart({ data: { values: [{ a: 0 }, { a: 1e12 }] }, encoding: { x: { field: "a", bin: { step: 1 } } } }),
    ],
    [
      "bins of computed data",
      chart({
        transform: [{ calculate: "datum.a * 1e9", as: "a" }],
        encoding: { x: { field: "a", bin: { step: 1 } } },
      }),
    ],
    ["scale bins", quantitative({ scale: { bins: { start: 0, stop: 1e9, step: 1 } } })],
    [
      "large scheme",
      chart({
        encoding: {
          x: { field: "a" },
          color: { field: "b", scale: { scheme: { name: "viridis", count: 1e9 } } },
        },
      }),
    ],
    ["density", chart({ transform: [{ density: "a", steps: 1e9 }] })],
    [
      "impute",
      chart({ transform: [{ impute: "b", key: "a", keyvals: { start: 0, stop: 1e9, step: 1 }, value: 0 }] }),
    ],
    ["quantiles", chart({ transform: [{ quantile: "a", step: 1e-12 }] })],
    ["regression", chart({ transform: [{ regression: "a", on: "b", method: "poly", order: 1e6 }] })],
    ["graticule", chart({ data: { graticule: { step: [1e-4, 1e-4] } }, mark: "geoshape", encoding: {} })],
    ["repeat", { repeat: { row: many, column: many }, spec: chart({}) }],
    ["repeat in repeat", { repeat: many.slice(0, 60), spec: { repeat: many.slice(0, 60), spec: chart({}) } }],
    [
      "many facets",
      chart({
        data: { values: many.map((c, a) => ({ a, b: 1, c })) },
        encoding: { x: { field: "a" }, row: { field: "c" } },
      }),
    ],
    ["wide", chart({ width: 1e9, height: 1e9 })],
    ["infinite width", chart({ width: "Infinity" })],
    ["deep concat", nested(400) as Record<string, Json>],
    ["many rows", chart({ data: { values: Array.from({ length: 50_000 }, (_, a) => ({ a, b: a })) } })],
    [
      "text that doubles",
      chart({ transform: [{ calculate: grown, as: "c" }], mark: "text", encoding: { text: { field: "c" } } }),
    ],
    ["lists that double", chart({ transform: doubling, mark: "text", encoding: { text: { field: "c" } } })],
    [
      "many computed columns",
      chart({
        data: { values: Array.from({ length: 15_000 }, (_, a) => ({ a, b: a })) },
        transform: Array.from({ length: 60 }, (_, i) => ({ calculate: `sqrt(datum.a)+${i}`, as: `k${i}` })),
      }),
    ],
    [
      "wide window",
      chart({
        data: { values: Array.from({ length: 15_000 }, (_, a) => ({ a, b: a })) },
        transform: [{ window: [{ op: "median", field: "a", as: "m" }], frame: [null, null] }],
      }),
    ],
    [
      "polluting",
      {
        ...chart({}),
        config: JSON.parse('{"__proto__":{"polluted":1},"axis":{"__proto__":{"polluted":1}}}') as Json,
      },
    ],
    ["wide number format", quantitative({ axis: { format: "999999999d" } })],
  ];
}

function vegaLite(spec: Record<string, Json>, i: number): Output {
  return { mime: VEGA_LITE[i % VEGA_LITE.length]!, text: JSON.stringify(spec) };
}

/** Not even the right kind of data. */
function* broken(): Generator<[string, Output]> {
  const texts: Record<string, string> = {
    nothing: "",
    null: "null",
    number: "1",
    list: "[1,2,3]",
    text: '"<script>pwned()</script>"',
    "no JSON": "<script>pwned()</script>",
    "empty object": "{}",
    "another version": '{"version":2,"chart":"histogram"}',
    "version of text": '{"version":"<img src=x onerror=pwned()>"}',
    "unknown chart": '{"version":1,"chart":"<img src=x onerror=pwned()>"}',
    "deep lists": "[".repeat(100_000) + "]".repeat(100_000),
    "deep objects": `${'{"a":'.repeat(50_000)}1${"}".repeat(50_000)}`,
    "deep layers": `${'{"layer":['.repeat(5_000)}{"mark":"bar"}${"]}".repeat(5_000)}`,
    "proto only": '{"__proto__":{"version":1,"polluted":1}}',
  };
  for (const [name, text] of Object.entries(texts)) {
    for (const mime of [PAYLOAD_MIME, ...VEGA_LITE]) yield [`${name} as ${mime}`, { mime, text }];
  }
}
