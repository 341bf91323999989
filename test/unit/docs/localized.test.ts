import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";

/** Where VS Code shows a text to people: a literal there reaches no translator. */
const SHOWN: readonly RegExp[] = [
  /\bshow(?:Information|Warning|Error)Message\(\s*(["'`])/g,
  /\b(?:title|prompt|placeHolder|tooltip|invocationMessage)\s*[:=]\s*(["'`])/g,
  /\bnew Error\(\s*(["'`])/g,
];

/** Code and names, which are the same in every language. */
const SAME_EVERYWHERE: ReadonlySet<string> = new Set(['placeHolder: "', "placeHolder: `"]);

/** Errors of a broken caller, which no person sees. */
const BROKEN_CALLER = /the worker answered|cannot happen/;

test("texts that people see go through vscode.l10n.t", () => {
  const files = ["src/editor", "src/notebook", "src/extension.ts"].flatMap((place) =>
    place.endsWith(".ts")
      ? [place]
      : readdirSync(place, { recursive: true, encoding: "utf8" }).flatMap((name) =>
          name.endsWith(".ts") ? path.join(place, name) : [],
        ),
  );
  const found = files.flatMap((file) => {
    const source = readFileSync(file, "utf8");
    return SHOWN.flatMap((pattern) => [...source.matchAll(pattern)])
      .map((match) => ({ match, line: lineAt(source, match.index) }))
      .filter(({ match, line }) => !isLanguageFree(match[0], line))
      .map(({ line }) => `${file}: ${line}`);
  });
  assert.deepEqual(found, []);
});

/** What VS Code shows of the manifest; what language models and searches read stays as it is. */
const MANIFEST_TEXTS = new Set([
  "title",
  "category",
  "description",
  "markdownDescription",
  "enumDescriptions",
  "name",
  "contextualTitle",
  "contents",
  "userDescription",
  "altText",
]);

test("texts of the manifest come from package.nls.json, and all of these are used", () => {
  const { contributes } = JSON.parse(readFileSync("package.json", "utf8"));
  const { languages: _, languageModelTools, ...shown } = contributes;
  const tools = languageModelTools.map(
    ({ inputSchema: _schema, name: _name, ...rest }: object & Named) => rest,
  );
  const used = textsIn([shown, tools]);
  assert.deepEqual(
    used.filter((text) => !/^%[\w.-]+%$/.test(text)),
    [],
  );
  const known = Object.keys(JSON.parse(readFileSync("package.nls.json", "utf8")));
  assert.deepEqual([...new Set(used)].map((text) => text.slice(1, -1)).sort(), known.sort());
});

interface Named {
  readonly inputSchema: unknown;
  readonly name: string;
}

function textsIn(value: unknown, key = ""): string[] {
  if (typeof value === "string") return MANIFEST_TEXTS.has(key) || value.startsWith("%") ? [value] : [];
  if (Array.isArray(value)) return value.flatMap((one) => textsIn(one, key));
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, one]) => textsIn(one, name));
}

/** A template that only joins parts, such as `Init Lens: ${reason}`, is no text of its own. */
function isLanguageFree(start: string, line: string): boolean {
  if (SAME_EVERYWHERE.has(start) || BROKEN_CALLER.test(line)) return true;
  const literal = line.slice(line.indexOf(start) + start.length - 1);
  const words = literal
    .slice(1, literal.indexOf(literal[0]!, 1))
    .replaceAll(/\$\{[^}]*\}/g, "")
    .replace("Init Lens", "");
  return !/[a-z]{2}/i.test(words);
}

function lineAt(source: string, index: number): string {
  const start = source.lastIndexOf("\n", index) + 1;
  const end = source.indexOf("\n", index + 30);
  return source.slice(start, end < 0 ? undefined : end).trim();
}
