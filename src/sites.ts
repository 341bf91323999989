/** Where something is: places in documents, and names of files. */
import type { Site } from "./types.js";

/** Where a site begins, as text. */
export const siteKey = ({ file, cell, line, column }: Site): string => `${file}:${cell}:${line}:${column}`;

/** Whether two sites begin at one place. */
export const isSameSite = (one: Site, other: Site): boolean => siteKey(one) === siteKey(other);

/** The last part of a path or an address. */
export const fileName = (path: string): string => path.slice(path.lastIndexOf("/") + 1);
