import { readFileSync } from "node:fs";
import { RULES } from "../src/init/rules.js";

const SEVERITY = "initLens.diagnostics.severity";

/** package.json with a setting for each rule, as the table has them. */
export function manifest(): string {
  const read = JSON.parse(readFileSync("package.json", "utf8"));
  read.contributes.configuration.properties[SEVERITY].properties = Object.fromEntries(
    RULES.map(({ code, title, severity }) => [
      code,
      { enum: ["error", "warning", "information", "off"], default: severity, description: title },
    ]),
  );
  return `${JSON.stringify(read, null, 2)}\n`;
}
