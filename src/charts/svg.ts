/**
 * Static SVG that stands alone on any page: nbconvert puts it into an `<img>`, GitHub and nbviewer sanitise it.
 * So: an opaque ground, presentation attributes only, a title and a description, no style, script or link.
 */
import * as vega from "vega";
import { chartAnswer, chartSpec, STATIC } from "./chart";
import { fingerprint } from "./fingerprint";
import { chartView } from "./form";
import type { Payload } from "./payload";
import type { ChartOptions, Spec } from "./spec";
import { textWidth } from "./textWidth";

/** Vega's own hook for measuring text, which its types leave out. Its guess without a canvas is far too wide. */
const metrics = (vega as unknown as { textMetrics: Record<string, unknown> }).textMetrics;
if (metrics.width === metrics.estimateWidth) {
  // Text beyond a limit is cut off there.
  metrics.width = ({ fontSize = 11, limit = 0 }: { fontSize?: number; limit?: number }, text: unknown) =>
    Math.min(textWidth(String(text), fontSize), limit > 0 ? limit : Number.POSITIVE_INFINITY);
}

/** The picture of a payload as SVG text. */
export async function chartSvg(payload: Payload, options: ChartOptions = STATIC): Promise<string> {
  const spec = chartSpec(payload, options);
  const view = chartView(spec, { renderer: "none" });
  try {
    return standalone(await view.toSVG(), {
      title: questionOf(spec),
      description: chartAnswer(payload),
      font: options.theme.font,
    });
  } finally {
    view.finalize();
  }
}

/** The name and description that a picture carries for screen readers, and its one font. */
export interface PictureTexts {
  readonly title: string;
  readonly description: string;
  readonly font: string;
}

/** Vega's SVG text with everything removed that a sanitiser might trip over, and equal paths merged. */
export function standalone(svg: string, { title, description, font }: PictureTexts): string {
  const family = ` font-family="${escapeXml(font)}"`;
  const tidy = svg
    .replace(/<[a-z][^>]*>/gi, (tag) => tidyTag(tag).replace(family, ""))
    .replace(/><\/(?:path|line)>/g, "/>")
    .replace(/<path[^>]* display="none"[^>]*\/>|<path d="M0,0h0v0h0Z"\/>/g, "");
  // Pictures inlined into one page share its ids.
  const own = tidy.replace(/(id="|url\(#)(clip|gradient)/g, `$1${fingerprint(tidy)}-$2`);
  const end = own.indexOf(">") + 1;
  const names = `<title>${escapeXml(title)}</title><desc>${escapeXml(description)}</desc>`;
  const opening = `${own.slice(0, end - 1)} role="img"${family}>`;
  return opening + names + withoutEmptyGroups(shareAttributes(mergePaths(own.slice(end))));
}

/** One tag with presentation attributes only, its coordinates to a tenth of a pixel. Text is never touched. */
function tidyTag(tag: string): string {
  return tag
    .replace(/ (?:class|style|role|aria-[a-z]+|pointer-events|cursor|version|xmlns:xlink)="[^"]*"/g, "")
    .replace(/ (?:fill-opacity|stroke-opacity|opacity|stroke-width)="1"| font-weight="normal"/g, "")
    .replace(/ d="[^"]*"/, (d) => rounded(d, 1))
    .replace(/ transform="[^"]*"/, (transform) => rounded(transform, 2));
}

function rounded(attribute: string, decimals: number): string {
  return attribute.replace(/-?\d+\.\d+(?:e-\d+)?/g, (number) =>
    String(Number(Number(number).toFixed(decimals))),
  );
}

/** Neighbouring paths that differ only in their outline become one; so a histogram's bars are one path. */
function mergePaths(svg: string): string {
  return svg.replace(/(?:<path[^>]*\/>){2,}/g, (run) => {
    const outlines = new Map<string, string[]>();
    for (const [tag] of run.matchAll(/<path[^>]*\/>/g)) {
      const outline = / d="([^"]*)"/.exec(tag)?.[1] ?? "";
      const rest = tag.replace(/ d="[^"]*"/, "");
      outlines.set(rest, [...(outlines.get(rest) ?? []), outline]);
    }
    return [...outlines].map(([rest, d]) => mergedPath(rest, d)).join("");
  });
}

/** Many cells of one size and colour are shorter written as strokes as thick as the cells are high. */
function mergedPath(rest: string, outlines: readonly string[]): string {
  const cells = outlines.map((d) => /^M([\d.]+),([\d.]+)h([\d.]+)v([\d.]+)h-\3Z$/.exec(d));
  const [, , , width, height] = cells[0] ?? [];
  const alike = outlines.length > 16 && cells.every((cell) => cell?.[3] === width && cell?.[4] === height);
  if (!alike || !rest.includes(' fill="') || rest.includes(" stroke")) {
    return rest.replace("<path", `<path d="${outlines.join("")}"`);
  }
  const strokes = cells
    .map((cell) => `M${cell![1]},${Number(cell![2]) + Number(height) / 2}h${width}`)
    .join("");
  return rest
    .replace(' fill="', ' stroke="')
    .replace("<path", `<path d="${strokes}" stroke-width="${height}"`);
}

/** What children inherit from their group with the same effect. */
const INHERITED = / (?:fill|stroke|stroke-width|stroke-dasharray|text-anchor|font-size|font-weight)="[^"]*"/g;

/** Attributes that all the marks of a group have are said once, by the group. */
function shareAttributes(svg: string): string {
  const leaves = /<g([^>]*)>((?:<(?:path|line|rect)[^>]*\/>|<text[^>]*>[^<]*<\/text>)+)<\/g>/g;
  return svg.replace(leaves, (group, own: string, marks: string) => {
    const tags = marks.match(/<[a-z][^>]*>/g) ?? [];
    const [first = [], ...others] = tags.map((tag): readonly string[] => tag.match(INHERITED) ?? []);
    const shared = first.filter((attribute) => others.every((each) => each.includes(attribute)));
    if (others.length === 0 || shared.length === 0) return group;
    const bare = marks.replace(/<[a-z][^>]*>/g, (tag) =>
      shared.reduce((text, attribute) => text.replace(attribute, ""), tag),
    );
    return `<g${own}${shared.join("")}>${bare}</g>`;
  });
}

function withoutEmptyGroups(svg: string): string {
  const fewer = svg
    .replace(/<g[^>]*><\/g>|<g[^>]*\/>/g, "")
    .replace(/<g>((?:<(?:path|line|rect)[^>]*\/>)+)<\/g>/g, "$1");
  return fewer === svg ? svg : withoutEmptyGroups(fewer);
}

function questionOf(spec: Spec): string {
  const { text } = spec.title as unknown as { readonly text: readonly string[] };
  return text.join(" ");
}

function escapeXml(text: string): string {
  return text.replace(/[&<>"]/g, (c) => `&${{ "&": "amp", "<": "lt", ">": "gt", '"': "quot" }[c]};`);
}
