/** What places in sources are to each other. */
import type { Span } from "../python/values.js";

/** Whether a place lies in another, or is the same. */
export const isWithin = (one: Span, outer: Span): boolean =>
  one.file === outer.file && one.start >= outer.start && one.end <= outer.end;

/** A place as text, the same for the same place. */
export const spanKey = ({ file, start, end }: Span): string => `${file}:${start}:${end}`;

/** The first, innermost call in a file. */
export const innermost = (made: readonly Span[], file: string): Span | undefined =>
  made.find((span) => span.file === file);
