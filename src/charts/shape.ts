/**
 * What Vega-Lite makes of a chart is the same for every theme, size and axis but for the colours and numbers
 * themselves. Its compiler takes longer than all the drawing of a first chart, so the commonest shapes are
 * compiled beforehand (`npm run docs`); any other is compiled here, to the same result.
 */
import type * as vega from "vega";
import { compiled } from "./drawing";
import { fingerprint } from "./fingerprint";
import { SHAPES } from "./generated/shapes";
import type { Json, Spec } from "./spec";

/** A chart with placeholders, and what they stand for; equal values of one key have one placeholder. */
interface Lifted {
  readonly shape: Spec;
  readonly values: ReadonlyMap<string, Json>;
}

/** In no text that anyone writes. */
const MARK = "\uE000";

/** The size that every shape is compiled with; Vega's own comes last. */
const SIZE = { width: 500, height: 200 };

/** Vega's specification of a Vega-Lite one. Throws on a broken one. */
export function vegaSpec(spec: Spec): vega.Spec {
  const { shape, values } = lift(spec);
  const known = SHAPES[keyOf(shape)];
  const made = known === undefined ? compiled(shape) : (JSON.parse(known) as vega.Spec);
  const filled = replaced(made as unknown as Spec, (_, value) =>
    isMark(value) ? values.get(value) : undefined,
  ) as Spec;
  return { ...filled, ...sizeOf(spec) } as unknown as vega.Spec;
}

/** A shape's key in the table, and Vega's specification of it as JSON. */
export function shapeEntry(spec: Spec): readonly [key: string, compiled: string] {
  const { shape } = lift(spec);
  return [keyOf(shape), JSON.stringify(compiled(shape))];
}

function keyOf(shape: Spec): string {
  const text = JSON.stringify(shape);
  return `${text.length}-${fingerprint(text)}`;
}

/** The whole picture's size, where the chart has one plotting area. */
function sizeOf({ width, height }: Spec): Partial<typeof SIZE> {
  return {
    ...(typeof width === "number" ? { width } : {}),
    ...(typeof height === "number" ? { height } : {}),
  };
}

/** Keys whose values go through the compiler as they are. */
const THROUGH: ReadonlySet<string> = new Set([
  "font",
  "fontSize",
  "gradientLength",
  "labelFontSize",
  "labelLimit",
  "subtitleFontSize",
  "titleFontSize",
]);
const COLOUR = /^#[0-9a-f]{6}$/;

function lift(spec: Spec): Lifted {
  const values = new Map<string, Json>();
  const names = new Map<string, string>();
  const mark = (key: string, value: Json): string => {
    const what = `${key} ${JSON.stringify(value)}`;
    const name = names.get(what) ?? `${MARK}${names.size}`;
    names.set(what, name);
    values.set(name, value);
    return name;
  };
  const sized = {
    ...spec,
    ...Object.fromEntries(Object.keys(sizeOf(spec)).map((key) => [key, SIZE[key as keyof typeof SIZE]])),
  };
  const shape = replaced(sized, (key, value) => {
    if (Array.isArray(value))
      return key === "domain" ? value.map((part: Json) => mark(key, part)) : undefined;
    const goesThrough = THROUGH.has(key) || (typeof value === "string" && COLOUR.test(value));
    return goesThrough ? mark(key, value) : undefined;
  }) as Spec;
  return { shape, values };
}

const isMark = (value: Json): value is string => typeof value === "string" && value.startsWith(MARK);

/** A copy with other values wherever `other` knows one; an array's parts have the array's key. */
function replaced(value: Json, other: (key: string, value: Json) => Json | undefined, key = ""): Json {
  const found = other(key, value);
  if (found !== undefined) return found;
  if (value === null || typeof value !== "object") return value;
  if (Array.isArray(value)) return value.map((part: Json) => replaced(part, other, key));
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, replaced(part, other, name)]));
}
