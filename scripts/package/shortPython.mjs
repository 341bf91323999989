import { readFile } from "node:fs/promises";

/**
 * Python source that means the same in fewer characters: without lines that are empty or a comment, and indented by
 * one space a level. Strings over several lines stay as they are.
 */
export function shortened(source) {
  const lines = [];
  let quotes = null;
  for (const line of source.split("\n")) {
    const isInside = quotes !== null;
    const text = isInside ? line : line.trimEnd();
    for (const [found] of text.matchAll(/"""|'''/g)) {
      if (quotes === null) quotes = found;
      else if (quotes === found) quotes = null;
    }
    if (isInside) lines.push(text);
    else if (!/^\s*(#|$)/.test(text))
      lines.push(text.replace(/^ +/, ({ length }) => " ".repeat(Math.ceil(length / 4))));
  }
  return `${lines.join("\n")}\n`;
}

/** Bundles Python files as short texts. */
export const shortPython = {
  name: "short-python",
  setup(build) {
    build.onLoad({ filter: /\.py$/ }, async ({ path }) => ({
      contents: shortened(await readFile(path, "utf8")),
      loader: "text",
    }));
  },
};
