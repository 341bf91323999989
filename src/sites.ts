/** When two places in a document are one. */
import type { Site } from "./types.js";

/** Where a site begins, as text. */
export const siteKey = ({ file, cell, line, column }: Site): string => `${file}:${cell}:${line}:${column}`;

/** Whether two sites begin at one place. */
export const isSameSite = (one: Site, other: Site): boolean => siteKey(one) === siteKey(other);
