import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

/** The first argument of `l10n.t(…)`: one literal, which is its own key. */
const TEXT = /\bl10n\s*\.t\(\s*("(?:[^"\\]|\\.)*")/g;
const CALL = /\bl10n\s*\.t\(/g;

/** l10n/bundle.l10n.json: every text that the extension shows through `vscode.l10n.t`, for translators. */
export function localizationBundle(): string {
  const texts = readdirSync("src", { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts"))
    .flatMap((file) => textsOf(path.join("src", file)));
  const sorted = [...new Set(texts)].sort();
  return `${JSON.stringify(Object.fromEntries(sorted.map((text) => [text, text])), null, 2)}\n`;
}

/** Throws where a text is no literal: no translator could find it. */
function textsOf(file: string): string[] {
  const source = readFileSync(file, "utf8");
  const found = [...source.matchAll(TEXT)].map(([, literal]) => JSON.parse(literal!) as string);
  if (found.length !== [...source.matchAll(CALL)].length) {
    throw new Error(`${file}: a text of l10n.t is no literal`);
  }
  return found;
}
