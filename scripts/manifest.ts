import { readFileSync } from "node:fs";
import { RULES } from "../src/init/rules.js";

const SEVERITY = "initLens.diagnostics.severity";
const TEXTS = "package.nls.json";

/** package.json with a setting for each rule, as the table has them. */
export function manifest(): string {
  const read = JSON.parse(readFileSync("package.json", "utf8"));
  read.contributes.configuration.properties[SEVERITY].properties = Object.fromEntries(
    RULES.map(({ code, severity }) => [
      code,
      {
        enum: ["error", "warning", "information", "off"],
        default: severity,
        description: `%${ruleKey(code)}%`,
      },
    ]),
  );
  return `${JSON.stringify(read, null, 2)}\n`;
}

/** package.nls.json, the texts of package.json for translators, with the title of each rule. */
export function manifestTexts(): string {
  const others = Object.entries(texts()).filter(([key]) => !key.startsWith(ruleKey("")));
  const titles = RULES.map(({ code, title }) => [ruleKey(code), title] as const);
  return `${JSON.stringify(Object.fromEntries([...others, ...titles]), null, 2)}\n`;
}

/** package.json as people see it, each `%key%` replaced by its text. Throws where a key has none. */
export function shownManifest(): string {
  const known = texts();
  return readFileSync("package.json", "utf8").replace(/"%([\w.-]+)%"/g, (_, key: string) => {
    const text = known[key];
    if (text === undefined) throw new Error(`${TEXTS} has no text for ${key}`);
    return JSON.stringify(text);
  });
}

const texts = (): Record<string, string> => JSON.parse(readFileSync(TEXTS, "utf8"));

const ruleKey = (code: string): string => `rule.${code}`;
