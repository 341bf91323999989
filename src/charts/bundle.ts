/** The output bundle: one chart as MIME type → data, from richest to plainest. No `text/html`: it would win. */
import { chartAnswer, chartSpec, STATIC } from "./chart";
import { PAYLOAD_MIME, type Payload } from "./payload";
import type { Spec } from "./spec";
import { chartSvg } from "./svg";

export interface Bundle {
  readonly [PAYLOAD_MIME]: Payload;
  readonly "application/vnd.vegalite.v5+json": Spec;
  readonly "image/svg+xml": string;
  readonly "text/plain": string;
}

/** All four representations of a payload. */
export async function chartBundle(payload: Payload): Promise<Bundle> {
  return {
    [PAYLOAD_MIME]: payload,
    "application/vnd.vegalite.v5+json": chartSpec(payload, STATIC),
    "image/svg+xml": await chartSvg(payload),
    "text/plain": chartText(payload),
  };
}

/** One line: the question and its answer in figures. */
export function chartText(payload: Payload): string {
  const { title } = chartSpec(payload, STATIC) as { title: { text: readonly string[] } };
  return `${title.text.join(" ")} ${chartAnswer(payload)}`.replace(/\s+/g, " ");
}
